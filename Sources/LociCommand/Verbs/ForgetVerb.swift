import Foundation
import Loci
import LociJSON

/// Erases records by their ids, or by the files that they came from.
enum ForgetVerb {
  static func forget(_ session: Session) async throws {
    let arguments = session.arguments
    switch (arguments.positionals.isEmpty, arguments.has("source")) {
    case (false, false): try await forgetRecords(session)
    case (true, true): try await forgetSources(session)
    case (true, false): throw UsageError("ID is missing.", remedy: "Give ids, or --source PATH.")
    case (false, true):
      throw UsageError("Both ids and --source were given.", remedy: "Give either.")
    }
  }

  private static func forgetRecords(_ session: Session) async throws {
    var ids: [RecordID] = []
    for text in session.arguments.positionals {
      let id = try session.recordID(text)
      if !ids.contains(id) { ids.append(id) }
    }
    let namespace = try await session.namespace()
    let count = try await namespace.forget(ids, actor: session.arguments.value("author"))
    try session.console.show(
      ["forgotten": .integer(count), "unknown": .integer(ids.count - count)],
      "Forgot \(count) of \(ids.count).")
    guard count == ids.count else {
      throw LociError(
        .notFound, "\(ids.count - count) of the ids have no record in \(namespace.namespace).",
        remedy: "`loci list` shows the ids; `--namespace` looks elsewhere.")
    }
  }

  private static func forgetSources(_ session: Session) async throws {
    let namespace = try await session.namespace()
    let paths = session.arguments.values("source")
    var (sourceCount, recordCount, unknownCount) = (0, 0, 0)
    for path in paths {
      let forgotten = try await forget(path, in: namespace, session.arguments.value("author"))
      sourceCount += forgotten.sources.count
      recordCount += forgotten.recordCount
      if forgotten.sources.isEmpty { unknownCount += 1 }
    }
    try session.console.show(
      [
        "sources": .integer(sourceCount), "chunks": .integer(recordCount),
        "forgotten": .integer(recordCount), "unknown": .integer(unknownCount),
      ],
      "Forgot \(recordCount) \(recordCount == 1 ? "chunk" : "chunks") "
        + "of \(sourceCount) \(sourceCount == 1 ? "source" : "sources").")
    guard unknownCount == 0 else {
      throw LociError(
        .notFound,
        paths.count == 1
          ? "Nothing is remembered from there in \(namespace.namespace)."
          : "From \(unknownCount) of the paths nothing is remembered in \(namespace.namespace).",
        remedy: "`loci list` shows what is; `--namespace` looks elsewhere.")
    }
  }

  /// By the path as a file has it, else by the address as it was given, which need be no file's.
  private static func forget(
    _ path: String, in namespace: MemoryNamespace, _ author: String?
  ) async throws -> ForgottenSources {
    let forgotten = try await namespace.forget(
      source: TextFile.canonicalPath(of: URL(filePath: path)), actor: author)
    guard forgotten.sources.isEmpty else { return forgotten }
    return try await namespace.forget(source: path, actor: author)
  }
}
