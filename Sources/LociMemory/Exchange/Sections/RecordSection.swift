import Foundation
import LociCore

/// Records, each followed by its earlier texts.
struct RecordSection: ExchangeSection {
  static let kinds = [record, version]
  private static let record = "record"
  private static let version = "version"
  private static let pageSize = 256

  private var records: [Record] = []
  private var versions: [RecordVersion] = []

  init() {}

  static func write(
    _ memory: Memory, _ options: ExportOptions, to writer: inout ExportWriter
  ) async throws {
    for namespace in try await memory.namespaces(options) {
      var cursor: RecordID?
      while true {
        let page = try await memory.records.list(
          in: namespace, where: Filter(statuses: nil), after: cursor, limit: pageSize)
        guard let last = page.last else { break }
        cursor = last.id
        let versions = try await memory.records.versions(of: page.map(\.id), in: namespace)
        let earlier = Dictionary(grouping: versions, by: \.id)
        for record in page {
          try await writer.write(Self.record, record)
          for version in earlier[record.id] ?? [] {
            try await writer.write(Self.version, VersionBody(version))
          }
        }
      }
    }
  }

  /// A record's earlier texts are taken over with it.
  func mayEnd(before kind: String) -> Bool { kind == Self.record }

  mutating func add(_ line: ExchangeLine) throws {
    if line.kind == Self.record { return records.append(try line.decode(Record.self)) }
    let body = try line.decode(VersionBody.self)
    guard let record = records.last, record.id == body.id, record.namespace == body.namespace,
      body.number == (versions.last.map { $0.isOf(record) ? $0.number : 0 } ?? 0) + 1
    else { throw line.malformed("it is not the next version of the record before it") }
    versions.append(body.value)
  }

  mutating func take(
    into memory: Memory, _ rule: ConflictRule, _ report: inout ImportReport
  ) async throws {
    defer { (records, versions) = ([], []) }
    for (namespace, batch) in Dictionary(grouping: records, by: \.namespace) {
      // Of two of one name the last counts.
      let coming = batch.keyed(by: \.id)
      let ids = coming.keys.sorted()
      let here = try await memory.records.get(ids, namespace: namespace).keyed(by: \.id)
      let versionsHere = Dictionary(
        grouping: try await memory.records.versions(of: here.keys.sorted(), in: namespace),
        by: \.id)
      var page = RecordTransfer()
      var replaced: [(old: Record, new: Record)] = []
      for id in ids {
        guard let record = coming[id] else { continue }
        let versions = versions.filter { $0.isOf(record) }
        if let old = here[id] {
          guard old != record || versionsHere[id] ?? [] != versions else {
            report.unchangedCount += 1
            continue
          }
          guard rule.replaces(old.updatedAt, by: record.updatedAt) else {
            report.keptCount += 1
            continue
          }
          report.replacedCount += 1
          replaced.append((old, record))
        } else {
          report.addedCount += 1
        }
        page.records.append(record)
        page.versions += versions
      }
      guard !page.records.isEmpty else { continue }
      try await memory.records.takeOver(page)
      try await memory.follow(replaced, in: namespace)
    }
  }
}

extension RecordVersion {
  fileprivate func isOf(_ record: Record) -> Bool {
    id == record.id && namespace == record.namespace
  }
}

extension Memory {
  /// Has vectors follow records that others took the place of.
  fileprivate func follow(
    _ replaced: [(old: Record, new: Record)], in namespace: Namespace
  ) async throws {
    // A vector of the same text under other headings would be taken for a fresh one.
    let outdated = replaced.filter { $0.old.passage != $0.new.passage }.map(\.new.id)
    if !outdated.isEmpty { try await projections.remove(outdated, namespace: namespace) }
    let others = replaced.filter { $0.old.passage == $0.new.passage }.map(\.new)
    if !others.isEmpty { try await projections.follow(others) }
  }
}

/// A version as a line holds it.
private struct VersionBody: Codable {
  let namespace: Namespace
  let id: RecordID
  let number: Int
  let text: String
  let knownFrom: Date
  let knownUntil: Date
  let actor: String?

  private enum CodingKeys: String, CodingKey {
    case namespace, id, number, text
    case knownFrom = "known_from"
    case knownUntil = "known_until"
    case actor
  }

  init(_ version: RecordVersion) {
    (namespace, id, number) = (version.namespace, version.id, version.number)
    (text, actor) = (version.text, version.actor)
    (knownFrom, knownUntil) = (version.knownFrom, version.knownUntil)
  }

  var value: RecordVersion {
    RecordVersion(
      namespace: namespace, id: id, number: number, text: text, knownFrom: knownFrom,
      knownUntil: knownUntil, actor: actor)
  }
}
