package import Foundation
package import LociCore
import LociJSON
package import LociMemory

/// Writes everything that a memory holds as JSON lines.
package struct ExportOperation: MemoryOperation {
  package static let name = "export"
  package static let summary = "write everything to a file that any backend takes in"

  /// The file.
  package var path = ""
  /// Only this namespace; nil for all.
  package var namespace: Namespace?
  /// Whether vectors go along.
  package var includesVectors = false
  /// Takes the bytes in place of a file; for whoever has a stream.
  package var send: (@Sendable (Data) async throws -> Void)?
  /// Told how far it is.
  package var progress: @Sendable (ExportReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("path", \.path, "The file to write.", isRequired: true, kind: .text("FILE")),
    Parameter("namespace", \.namespace, "Only this namespace; all of them by default."),
    Parameter(
      "vectors", \.includesVectors, "Write vectors, too, so that nothing is embedded again."),
  ]

  package func run(in memory: Memory) async throws -> ExportReport {
    let options = ExportOptions(
      namespaces: namespace.map { [$0] }, includesVectors: includesVectors)
    if let send { return try await memory.export(options, progress: progress, to: send) }
    return try await memory.export(to: URL(filePath: path), options, progress: progress)
  }
}

/// Takes in what an export holds.
package struct ImportOperation: MemoryOperation {
  package static let name = "import"
  package static let summary = "take in what `loci export` wrote, from any backend"

  /// The file.
  package var path = ""
  /// What becomes of records that are here already, and differ.
  package var rule = ConflictRule.skip
  /// Whether what has no vector afterwards is left without.
  package var embedsNothing = false
  /// Whether the export comes on the standard input in place of a file.
  package var readsStandardInput = false
  /// Told how far it is.
  package var progress: @Sendable (ImportReport) -> Void = { _ in }
  /// Told how far the embedding is.
  package var embedding: @Sendable (BackfillReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("path", \.path, "The file to read.", isRequired: true, kind: .text("FILE")),
    Parameter(
      "on_conflict", \.rule,
      "What becomes of a record that is here already and differs: it stays, or is replaced, or the "
        + "one that was changed later counts."),
    Parameter(
      "no_embedding", \.embedsNothing,
      "Embed nothing: words find what came, and `loci backfill` embeds it later."),
  ]

  package func run(in memory: Memory) async throws -> ImportAnswer {
    let (path, isStream) = (path, readsStandardInput)
    let report = try await memory.import(onConflict: rule, progress: progress) {
      isStream ? .standard : try InputFile(path: path)
    }
    var answer = ImportAnswer(report: report)
    guard !embedsNothing else { return answer }
    do {
      answer.backfill = try await memory.backfill(progress: embedding)
    } catch let error as LociError {
      answer.embeddingFailure = error
    }
    return answer
  }
}

extension ConflictRule: ChoiceValue {}
