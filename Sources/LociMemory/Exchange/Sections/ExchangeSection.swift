import LociCore

/// One part of an export: how it is written from a memory, and how its lines are taken into one.
///
/// What a memory comes to hold later is another section and another place in
/// ``ExchangeFormat/sections``; nothing else changes.
protocol ExchangeSection: Sendable {
  /// The kinds of its lines.
  static var kinds: [String] { get }

  /// Writes what a memory holds of it, always in the same order, a page at a time.
  static func write(
    _ memory: Memory, _ options: ExportOptions, to writer: inout ExportWriter
  ) async throws

  /// Makes an empty batch.
  init()

  /// Whether the batch may end before a line of a kind.
  func mayEnd(before kind: String) -> Bool

  /// Adds a line to the batch.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number.
  mutating func add(_ line: ExchangeLine) throws

  /// Takes the batch into a memory; it is empty then. Taking in what is there changes nothing.
  mutating func take(
    into memory: Memory, _ rule: ConflictRule, _ report: inout ImportReport
  ) async throws
}

extension ExchangeSection {
  func mayEnd(before kind: String) -> Bool { true }
}

extension Memory {
  /// The namespaces of an export that hold records, sorted.
  func namespaces(_ options: ExportOptions) async throws -> [Namespace] {
    try await namespaces().filter { options.namespaces?.contains($0) ?? true }
  }
}
