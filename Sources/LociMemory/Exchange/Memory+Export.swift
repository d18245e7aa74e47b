public import Foundation
import LociCore

extension Memory {
  /// Writes everything that this memory holds to a file, as JSON lines: records with their earlier
  /// texts, the audit log, and vectors where that is asked for. In any backend,
  /// ``import(from:onConflict:progress:)`` makes the same of it.
  ///
  /// ```swift
  /// try await memory.export(to: URL(filePath: "memory.jsonl"))
  /// ```
  /// Memories with the same contents give the same bytes. What is written while it runs may or may
  /// not be in it. It needs memory for a page of records, however many there are.
  /// - Parameters:
  ///   - file: Where to. It is replaced in one step at the end; only its owner may read it.
  ///   - options: What goes into it.
  ///   - progress: Called after each piece.
  /// - Throws: ``LociError/Code/diskFull``, ``LociError/Code/readOnly`` and what the store throws;
  ///   then the file is as it was.
  @discardableResult
  public func export(
    to file: URL, _ options: ExportOptions = ExportOptions(),
    progress: @escaping @Sendable (ExportReport) -> Void = { _ in }
  ) async throws -> ExportReport {
    try await PrivateFiles.replace(file.standardizedFileURL.path) { send in
      try await export(options, progress: progress) { try send($0) }
    }
  }

  /// Lends an export on, piece by piece; see ``export(to:_:progress:)``.
  ///
  /// ```swift
  /// try await memory.export { FileHandle.standardOutput.write($0) }
  /// ```
  /// - Parameters:
  ///   - options: What goes into it.
  ///   - progress: Called after each piece.
  ///   - send: Takes the next bytes; lines may end anywhere in them.
  @discardableResult
  public func export(
    _ options: ExportOptions = ExportOptions(),
    progress: @escaping @Sendable (ExportReport) -> Void = { _ in },
    to send: @escaping (Data) async throws -> Void
  ) async throws -> ExportReport {
    await writeCounts()
    var writer = ExportWriter(progress: progress, send)
    try await writer.write(ExchangeFormat.head, ExchangeFormat.Head(options))
    for section in ExchangeFormat.sections {
      try await section.write(self, options, to: &writer)
    }
    let end = ExchangeFormat.End(lines: writer.report.lineCount)
    try await writer.write(ExchangeFormat.end, end)
    try await writer.flush()
    return writer.report
  }
}
