public import Foundation
import LociCore
package import LociJSON

extension Memory {
  /// Takes in what ``export(to:_:progress:)`` wrote: records as they were, with their times and
  /// counts, and the audit log without a line of its own.
  ///
  /// ```swift
  /// let report = try await memory.import(from: file, onConflict: .newer)
  /// print(report.addedCount, "new,", report.keptCount, "stayed as they were")
  /// ```
  /// Each line is checked before it counts, and batches of lines are stored whole. Whatever ends it
  /// in between, running it again goes on: what is here already is passed over. Records without
  /// vectors are found by words, and ``MemoryNamespace/backfill(progress:)`` embeds them.
  /// - Parameters:
  ///   - file: The export.
  ///   - rule: What becomes of records that are here already, and differ.
  ///   - progress: Called after each batch.
  /// - Throws: ``LociError/Code/corrupt`` with the first line that was changed or is missing,
  ///   ``LociError/Code/newerSchema`` for the export of a newer Loci, ``LociError/Code/busy`` while
  ///   the memory is moving or another import runs, and what the store throws.
  @discardableResult
  public func `import`(
    from file: URL, onConflict rule: ConflictRule = .skip,
    progress: @escaping @Sendable (ImportReport) -> Void = { _ in }
  ) async throws -> ImportReport {
    try await `import`(onConflict: rule, progress: progress) {
      try InputFile(path: file.path)
    }
  }

  /// Takes in an export from an open file or stream; see ``import(from:onConflict:progress:)``.
  @discardableResult
  package func `import`(
    onConflict rule: ConflictRule, progress: @escaping @Sendable (ImportReport) -> Void,
    opening open: @escaping @Sendable () throws -> InputFile
  ) async throws -> ImportReport {
    // A move must not miss what is taken over behind its back.
    try await placementNote.withLease {
      var pass = try ImportPass(self, rule, ExportReader(try open()))
      try await pass.run(progress)
      return pass.report
    }
  }
}

/// One reading of an export.
private struct ImportPass {
  /// A batch ends at so many lines, or so many bytes.
  private static let batchLines = 500
  private static let batchBytes = 8 << 20

  private let memory: Memory
  private let rule: ConflictRule
  private var reader: ExportReader
  private var sections = ExchangeFormat.sections.map { $0.init() }
  private let places: [String: Int]
  private(set) var report = ImportReport()

  init(_ memory: Memory, _ rule: ConflictRule, _ reader: ExportReader) throws {
    (self.memory, self.rule, self.reader) = (memory, rule, reader)
    var places: [String: Int] = [:]
    for (place, section) in ExchangeFormat.sections.enumerated() {
      for kind in section.kinds { places[kind] = place }
    }
    self.places = places
  }

  mutating func run(_ progress: (ImportReport) -> Void) async throws {
    try requireHead()
    var (current, lines, bytes) = (0, 0, 0)
    while let line = try reader.next() {
      report.lineCount = line.number
      if line.kind == ExchangeFormat.end { return try await finish(line, current, progress) }
      guard let place = places[line.kind] else {
        throw LociError(
          .newerSchema,
          "Line \(line.number) of the export is of a kind that this Loci does not know.",
          remedy: "Update Loci, and import it again.")
      }
      guard place >= current else { throw line.malformed("it stands in the wrong place") }
      let isFull = lines >= Self.batchLines || bytes >= Self.batchBytes
      if place != current || isFull && sections[current].mayEnd(before: line.kind) {
        try await take(current, progress)
        (lines, bytes) = (0, 0)
      }
      current = place
      try sections[current].add(line)
      lines += 1
      bytes += line.bytes.count
    }
    throw LociError(
      .corrupt,
      "The export ends after line \(reader.number), before its last line: it was cut "
        + "short.",
      remedy: "Copy or export it again, and import that; what is here already is passed over.")
  }

  private mutating func requireHead() throws {
    guard let line = try reader.next() else {
      throw LociError(
        .corrupt, "The export is empty.", remedy: "Give a file that `loci export` wrote.")
    }
    guard line.kind == ExchangeFormat.head else {
      throw line.malformed("it is not the first line of an export")
    }
    let version = try line.decode(ExchangeFormat.Head.self).version
    guard version <= ExchangeFormat.version else {
      throw LociError(
        .newerSchema,
        "The export has version \(version) of the format; this Loci reads version "
          + "\(ExchangeFormat.version).",
        remedy: "Update Loci, and import it again.")
    }
    guard version == ExchangeFormat.version else {
      throw line.malformed("its format's version is \(version), which there never was")
    }
  }

  private mutating func take(_ place: Int, _ progress: (ImportReport) -> Void) async throws {
    try Task.checkCancellation()
    try StoreNotes.requireUnsealed(await memory.records.notes()[.seal])
    try await sections[place].take(into: memory, rule, &report)
    progress(report)
  }

  private mutating func finish(
    _ line: ExchangeLine, _ current: Int, _ progress: (ImportReport) -> Void
  ) async throws {
    guard try line.decode(ExchangeFormat.End.self).lines == line.number - 1 else {
      throw line.malformed("it counts another number of lines")
    }
    guard try reader.next() == nil else { throw reader.malformed("it stands behind the end") }
    try await take(current, progress)
  }
}
