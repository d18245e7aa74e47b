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
  /// Whether everything in the namespace is meant.
  package var isAll = false
  /// Whether no byte is to be left.
  package var erases = false
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
      Parameter(
        "all", \.isAll,
        "Everything in the namespace: records in every status, and values by key."),
      Parameter(
        "erase", \.erases,
        "Leave no byte of the texts: what a bot shared of them goes, too, and files and tables are "
          + "written anew, which takes its time."),
      .actor(\.actor),
    ]

  package func check() throws(LociError) {
    try filter.check()
    guard !isSoft || !ids.isEmpty else {
      throw LociError(.invalidArgument, "soft hides records by their ids.", remedy: "Give an ID.")
    }
    guard !isSoft || !erases else {
      throw LociError(
        .invalidArgument, "soft keeps the texts, and erase leaves nothing of them.",
        remedy: "Give one of them.")
    }
    switch [!ids.isEmpty, !sources.isEmpty, !filter.isEmpty, isAll].count(where: { $0 }) {
    case 1: return
    case 0:
      throw LociError(
        .invalidArgument, "Nothing says what to forget.",
        remedy: "Give an ID, a source, a filter such as a category, or all.")
    default:
      throw LociError(
        .invalidArgument, "Ids, sources, filters and all can't be given together.",
        remedy: "Give one of them.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> ForgetAnswer {
    guard erases else { return try await forget(in: namespace) }
    // The copies go first: where it ends in between, the records are still there to name them.
    let shared = try await forgetShared(in: namespace)
    var answer = try await forget(in: namespace)
    answer.sharedCount = shared
    answer.scrubbed = try await namespace.memory.scrub()
    return answer
  }

  private func forgetShared(in namespace: MemoryNamespace) async throws -> Int {
    guard ids.isEmpty else { return try await namespace.forgetShared(ids) }
    var filters = [isAll ? Filter(statuses: nil) : filter.wanted]
    if !sources.isEmpty {
      filters = []
      for source in sources {
        for address in [Self.path(source), source] {
          filters += try await namespace.sources(at: address).map {
            Filter(statuses: nil, sourceURI: $0)
          }
        }
      }
    }
    var count = 0
    for filter in filters { count += try await namespace.forgetShared(where: filter) }
    return count
  }

  private func forget(in namespace: MemoryNamespace) async throws -> ForgetAnswer {
    if !ids.isEmpty {
      let ids = Set(ids).sorted()
      if !isSoft { try await namespace.forgetTurns(ofEpisodes: ids, actor: actor) }
      let count =
        try await isSoft
        ? namespace.hide(ids, actor: actor) : namespace.forget(ids, actor: actor)
      return ForgetAnswer(recordCount: count, unknownCount: ids.count - count)
    }
    if isAll { return ForgetAnswer(recordCount: try await namespace.forgetAll(actor: actor)) }
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

  private static func path(_ source: String) -> String {
    TextFile.canonicalPath(of: URL(filePath: source))
  }

  /// By the path as a file has it, else by the address as it was given, which need be no file's.
  private func forget(
    _ source: String, in namespace: MemoryNamespace
  ) async throws -> ForgottenSources {
    let forgotten = try await namespace.forget(
      source: Self.path(source), actor: actor)
    guard forgotten.sources.isEmpty else { return forgotten }
    return try await namespace.forget(source: source, actor: actor)
  }
}
