import Foundation
package import LociCore
import LociJSON
package import LociMemory
import Synchronization

/// Remembers the texts of a file, one a line.
package struct RememberLinesOperation: NamespaceOperation {
  package static let name = "remember_lines"
  package static let summary = "remember many texts, one JSON object a line"
  package static let access = StoreAccess.writing

  /// The file.
  package var path = ""
  /// Whether texts are left without vectors.
  package var embedsNothing = false
  /// Whether the lines come on the standard input in place of a file.
  package var readsStandardInput = false
  /// Told of each line that can't be used.
  package var reject: @Sendable (LociError) -> Void = { _ in }
  /// Told how far it is.
  package var progress: @Sendable (BulkReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "path", \.path, "The file; each line has the parameters of `remember`.", isRequired: true,
      kind: .text("FILE")),
    Parameter("no_embedding", \.embedsNothing, "Embed nothing; `loci backfill` does it later."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> BulkAnswer {
    let file = readsStandardInput ? .standard : try InputFile(path: path)
    let count = RejectionCount()
    let report = try await namespace.remember(
      from: FoundMemories(RememberedLines(file)) { error in
        count.add()
        reject(error)
      }, embeds: !embedsNothing, progress: progress)
    return BulkAnswer(report: report, rejectedCount: count.value)
  }
}

/// Takes in what another system remembers.
package struct ImportForeignOperation: NamespaceOperation {
  package static let name = "import_from"
  package static let summary = "take in the memories of another system"
  package static let access = StoreAccess.writing

  /// The file, or the folder of notes.
  package var path = ""
  /// Whose it is.
  package var format: ForeignFormat?
  /// Whether texts are left without vectors.
  package var embedsNothing = false
  /// How notes are cut and read, as the one who offers the operation has configured it.
  package var options = IngestOptions()
  /// Told of each place that can't be used.
  package var reject: @Sendable (LociError) -> Void = { _ in }
  /// Told how far it is.
  package var progress: @Sendable (BulkReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("path", \.path, "The file or folder.", isRequired: true, kind: .text("PATH")),
    Parameter(
      "from", \.format, "The system that it comes from; without, it is an export of Loci's."),
    Parameter("no_embedding", \.embedsNothing, "Embed nothing; `loci backfill` does it later."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> ForeignAnswer {
    guard let format else {
      throw LociError(
        .invalidArgument, "Nothing says where it comes from.",
        remedy: "Give one of \(ForeignFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    let url = URL(filePath: path)
    if format == .obsidian {
      var options = options
      options.readsWikiMarks = true
      return .notes(
        IngestAnswer(path: path, report: try await namespace.ingest(url, options: options)))
    }
    let count = RejectionCount()
    let report = try await namespace.remember(
      from: url, as: format, embeds: !embedsNothing,
      reject: { error in
        count.add()
        reject(error)
      }, progress: progress)
    return .memories(BulkAnswer(report: report, rejectedCount: count.value))
  }
}

extension ForeignFormat: ChoiceValue {}

/// Counts what could not be used.
final class RejectionCount: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}

/// Lines with the parameters of ``RememberOperation``.
private struct RememberedLines: MemoryFile {
  private let lines: LineReader

  init(_ file: InputFile) { lines = LineReader(file) }

  mutating func next() throws -> FoundMemory? {
    guard let line = try lines.next() else { return nil }
    do throws(LociError) {
      let json = try JSON(reading: Array(line.text.utf8), named: "It", maximumBytes: .max)
      let operation = try RememberOperation(json)
      var memory = operation.memory
      // The same line is the same memory, so that a run that was cut off can be started again.
      if memory.id == nil {
        memory.id = try RecordID(
          "line-" + Hexadecimal.text(SHA256.digest(operation.json.line.utf8).prefix(16)))
      }
      try memory.validate()
      return .memory(memory)
    } catch {
      return .unusable(
        LociError(error.code, "Line \(line.number): \(error.message)", remedy: error.remedy))
    }
  }
}
