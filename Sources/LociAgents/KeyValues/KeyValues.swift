import Foundation
import LociCore
import LociJSON
public import LociMemory

/// JSON values by key, beside the memories of a namespace: settings, counters, what a bot has to
/// know by name and not by meaning.
///
/// ```swift
/// let values = ada.keyValues
/// try await values.set("mood", to: "calm")
/// print(try await values.get("mood", as: String.self) ?? "unknown")
/// ```
public struct KeyValues: Sendable {
  private let memories: MemoryNamespace

  init(of memories: MemoryNamespace) { self.memories = memories }

  private var records: any RecordStore { memories.memory.records }

  private func name(_ key: String) throws(LociError) -> KeyName {
    try KeyName(key, in: memories.namespace)
  }

  /// The value of a key; nil where there is none.
  ///
  /// ```swift
  /// let count = try await ada.keyValues.get("count", as: Int.self) ?? 0
  /// ```
  /// - Throws: `DecodingError` where it is of another type.
  public func get<Value: Decodable>(
    _ key: String, as type: Value.Type = Value.self
  ) async throws -> Value? {
    guard let json = try await json(key) else { return nil }
    return try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  /// Sets a key's value.
  ///
  /// ```swift
  /// try await ada.keyValues.set("count", to: 1)
  /// ```
  /// - Throws: ``LociError/Code/invalidArgument`` for a key that is empty, longer than 256 bytes or
  ///   holds control characters, and for a value of more than a mebibyte; what encoding throws.
  public func set(_ key: String, to value: some Encodable) async throws {
    try await setJSON(key, to: Self.encoded(value))
  }

  /// Sets a key's value where it still is what was expected; of many at once, one does.
  ///
  /// ```swift
  /// let old = try await ada.keyValues.get("count", as: Int.self)
  /// try await ada.keyValues.set("count", to: (old ?? 0) + 1, replacing: old)
  /// ```
  /// - Parameter expected: The value that it must have; nil where there must be none.
  /// - Throws: ``LociError/Code/conflict`` where it is another one, and then nothing was changed.
  public func set<Value: Encodable>(
    _ key: String, to value: Value, replacing expected: Value?
  ) async throws {
    try await setJSON(
      key, to: Self.encoded(value),
      expecting: expected.map { .value(try Self.canonical(Self.encoded($0))) } ?? .absent)
  }

  /// A key's value as JSON on one line; nil where there is none.
  public func json(_ key: String) async throws -> String? {
    try await records.keyValue(name(key))?.value
  }

  /// Sets a key's value to a JSON document of any form, which is kept on one line.
  ///
  /// - Parameter expected: What the value must be; see ``KeyExpectation``. A value is compared as
  ///   it is written on one line.
  /// - Throws: ``LociError/Code/corrupt`` for what is no JSON, and what else ``set(_:to:)`` throws.
  public func setJSON(
    _ key: String, to json: String, expecting expected: KeyExpectation = .anything
  ) async throws {
    var expected = expected
    if case .value(let old) = expected { expected = .value(try Self.canonical(old)) }
    try await records.setKeyValue(
      name(key), to: Self.canonical(json), at: memories.memory.surroundings.now(),
      expecting: expected)
  }

  /// Takes a key's value away.
  ///
  /// - Parameter expected: What the value must be.
  /// - Returns: Whether there was one.
  @discardableResult
  public func delete(
    _ key: String, expecting expected: KeyExpectation = .anything
  ) async throws -> Bool {
    let name = try name(key)
    var expected = expected
    if case .value(let old) = expected { expected = .value(try Self.canonical(old)) }
    let exists = try await records.keyValue(name) != nil
    try await records.setKeyValue(
      name, to: nil, at: memories.memory.surroundings.now(), expecting: expected)
    return exists
  }

  /// A page of the values, in the order of keys.
  ///
  /// ```swift
  /// for value in try await ada.keyValues.list() { print(value.name.key, value.value) }
  /// ```
  /// - Parameters:
  ///   - key: The last key of the page before; nil for the first page.
  ///   - limit: The most values.
  public func list(after key: String? = nil, limit: Int = 100) async throws -> [KeyValue] {
    try await records.keyValues(
      on: .values, in: memories.namespace, after: key, limit: limit)
  }

  private static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    // The same value is always the same text, so that it can be compared.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func canonical(_ json: String) throws -> String {
    try JSON(
      reading: Array(json.utf8), named: "The value",
      remedy: "Give JSON: a text stands in double quotes, as in '\"blue\"'.",
      maximumBytes: 2 * KeyValue.maximumSize
    ).line
  }
}

extension MemoryNamespace {
  /// JSON values by key, beside the namespace's memories.
  ///
  /// ```swift
  /// try await ada.keyValues.set("mood", to: "calm")
  /// ```
  public var keyValues: KeyValues { KeyValues(of: self) }
}
