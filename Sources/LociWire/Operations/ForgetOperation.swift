import Foundation
import LociAgents
package import LociCore
import LociIngest
package import LociMemory

/// Erases records: by their ids, by where they came from, or by what a filter says.
package struct ForgetOperation: NamespaceOperation {
  package static let name = "forget"
  package static let summary = "erase records: text, words and vectors"
  package static let access = StoreAccess.writing

  /// The records' ids.
  package var ids: [RecordID] = []
  /// Files, folders or other addresses.
  package var sources: [String] = []
  /// Which records, where neither ids nor sources are given.
  package var filter = FilterParameters()
  /// Whether records are only hidden, and kept.
  package var isSoft = false
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] =
    [
      Parameter("ids", \.ids, "The records' ids."),
      Parameter(
        "source", \.sources,
        "All that was ingested from this file or folder, which need not be there any more.",
        kind: .list(.text("PATH"))),
    ] + FilterParameters.parameters(at: \.filter).filter { $0.name != "source" } + [
      Parameter(
        "soft", \.isSoft, "Hide the records and keep them; `unforget` brings them back. By ids."),
      .actor(\.actor),
    ]

  package func check() throws(LociError) {
    try filter.check()
    guard !isSoft || !ids.isEmpty else {
      throw LociError(.invalidArgument, "soft hides records by their ids.", remedy: "Give an ID.")
    }
    switch [!ids.isEmpty, !sources.isEmpty, !filter.isEmpty].count(where: { $0 }) {
    case 1: return
    case 0:
      throw LociError(
        .invalidArgument, "Nothing says what to forget.",
        remedy: "Give an ID, a source, or a filter such as a category.")
    default:
      throw LociError(
        .invalidArgument, "Ids, sources and filters can't be given together.",
        remedy: "Give one of them.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> ForgetAnswer {
    if !ids.isEmpty {
      let ids = Set(ids).sorted()
      let count =
        try await isSoft
        ? namespace.hide(ids, actor: actor) : namespace.forget(ids, actor: actor)
      return ForgetAnswer(recordCount: count, unknownCount: ids.count - count)
    }
    guard !sources.isEmpty else {
      return ForgetAnswer(
        recordCount: try await namespace.forget(
          where: filter.wanted, actor: actor))
    }
    var answer = ForgetAnswer(sourceCount: 0)
    for source in sources {
      let forgotten = try await forget(source, in: namespace)
      answer.sourceCount = (answer.sourceCount ?? 0) + forgotten.sources.count
      answer.recordCount += forgotten.recordCount
      if forgotten.sources.isEmpty { answer.unknownCount += 1 }
    }
    return answer
  }

  /// By the path as a file has it, else by the address as it was given, which need be no file's.
  private func forget(
    _ source: String, in namespace: MemoryNamespace
  ) async throws -> ForgottenSources {
    let forgotten = try await namespace.forget(
      source: TextFile.canonicalPath(of: URL(filePath: source)), actor: actor)
    guard forgotten.sources.isEmpty else { return forgotten }
    return try await namespace.forget(source: source, actor: actor)
  }
}
