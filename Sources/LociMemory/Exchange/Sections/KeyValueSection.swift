import Foundation
import LociCore

/// Values by key: those of apps, and whom bots trust.
struct KeyValueSection: ExchangeSection {
  static let kinds = [key]
  private static let key = "key"
  private static let pageSize = 64

  private var values: [KeyValue] = []

  init() {}

  static func write(
    _ memory: Memory, _ options: ExportOptions, to writer: inout ExportWriter
  ) async throws {
    var cursor: KeyName?
    while true {
      let page = try await memory.records.allKeyValues(after: cursor, limit: pageSize)
      guard let last = page.last else { return }
      cursor = last.name
      for value in page where options.namespaces?.contains(value.name.namespace) ?? true {
        try await writer.write(key, KeyValueBody(value))
      }
    }
  }

  mutating func add(_ line: ExchangeLine) throws {
    let body = try line.decode(KeyValueBody.self)
    guard let value = try? body.keyValue() else { throw line.malformed("it is no value of a key") }
    values.append(value)
  }

  mutating func take(
    into memory: Memory, _ rule: ConflictRule, _ report: inout ImportReport
  ) async throws {
    defer { values = [] }
    var page = RecordTransfer()
    var disputed: [KeyName] = []
    for value in values {
      if let old = try await memory.records.keyValue(value.name) {
        guard old != value else { continue }
        if value.name.shelf == .files { disputed.append(value.name) }
        guard rule.replaces(old.updatedAt, by: value.updatedAt) else { continue }
      }
      page.keyValues.append(value)
    }
    if !page.keyValues.isEmpty {
      report.keyValueCount += page.keyValues.count
      try await memory.records.takeOver(page)
    }
    // Both memories' texts of such a file are here by now, and one note names its own.
    for name in disputed {
      let shelf = FileShelf(
        records: memory.records, namespace: name.namespace, surroundings: memory.surroundings)
      try await shelf.removeUnnamedTexts(of: RecordID(name.key))
    }
  }
}

/// A value as a line holds it.
private struct KeyValueBody: Codable {
  let namespace: Namespace
  let shelf: KeyShelf
  let key: String
  /// JSON.
  let value: String
  let updatedAt: Date

  private enum CodingKeys: String, CodingKey {
    case namespace, shelf, key, value
    case updatedAt = "updated_at"
  }

  init(_ value: KeyValue) {
    (namespace, shelf, key) = (value.name.namespace, value.name.shelf, value.name.key)
    (self.value, updatedAt) = (value.value, value.updatedAt)
  }

  /// - Throws: ``LociError/Code/invalidArgument`` for what is no key or no value.
  func keyValue() throws -> KeyValue {
    try KeyValue(
      KeyName(key, on: shelf, in: namespace), value: value, updatedAt: updatedAt)
  }
}
