import Foundation
import Loci
import LociWire

/// Erases records by their ids, by the files that they came from, or by what a filter says.
enum ForgetVerb {
  static let verb = Verb(
    ForgetOperation.name, ForgetOperation.summary,
    details: """
      What is left is a line in the audit log. With --soft, records are hidden and kept, and
      `loci unforget` brings them back. Records are named by their ids, by a source, or by filters,
      which all must hold; an episode that is named by its id goes with what was said in it. With
      --all, the namespace that --namespace names goes as a whole. With --erase, no byte of the
      texts is left in the store, its log, its indexes, its earlier versions and its vectors; what
      is not Loci's to change is named, such as backups.

        loci forget --source notes/2019 --namespace workspace:docs
        loci forget --category draft --until 2025-12-31
        loci forget --all --erase --namespace bot:ada
      """,
    positionals: [Positional("ID", .any, "The records' ids.")],
    flags: [.namespace] + Flag.of(ForgetOperation.self, except: ["ids"]), action: forget)

  private static func forget(_ session: Session) async throws {
    var forget = ForgetOperation()
    forget.ids = try session.arguments.positionals.map { try session.recordID($0) }
    try session.arguments.read(into: &forget)
    if forget.isAll, session.arguments.value("namespace") == nil {
      throw LociError(
        .invalidArgument, "--all forgets a whole namespace, so it has to be named.",
        remedy: "Give --namespace.")
    }
    let namespace = try await session.namespace()
    var answer = try await forget.run(in: namespace)
    answer.scrubbed?.remains += try session.configuration().backups.map { "the backup \($0.path)" }
    try session.console.show(answer.json, text(of: answer, isSoft: forget.isSoft))
    guard answer.unknownCount > 0 else { return }
    throw LociError(
      .notFound, unknown(answer, forget.sources, in: namespace.namespace),
      remedy:
        "`loci list` shows \(forget.ids.isEmpty ? "what is" : "the ids"); `--namespace` looks "
        + "elsewhere.")
  }

  private static func text(of answer: ForgetAnswer, isSoft: Bool) -> String {
    ([counts(in: answer, isSoft: isSoft)] + erasure(in: answer)).joined(separator: "\n")
  }

  private static func erasure(in answer: ForgetAnswer) -> [String] {
    guard let scrubbed = answer.scrubbed else { return [] }
    let shared = answer.sharedCount ?? 0
    return (shared > 0 ? ["Erased \(Count.of(shared, "shared copy", "shared copies"))."] : [])
      + scrubbed.places.map { "No byte is left in \($0)." }
      + scrubbed.remains.map { "What may still hold some, and is yours to erase: \($0)." }
  }

  private static func counts(in answer: ForgetAnswer, isSoft: Bool) -> String {
    guard let sources = answer.sourceCount else {
      return
        "\(isSoft ? "Hid" : "Forgot") \(answer.recordCount) of "
        + "\(answer.recordCount + answer.unknownCount)."
    }
    return "Forgot \(Count.of(answer.recordCount, "chunk")) of \(Count.of(sources, "source"))."
  }

  private static func unknown(
    _ answer: ForgetAnswer, _ sources: [String], in namespace: Namespace
  ) -> String {
    if sources.isEmpty {
      return "\(answer.unknownCount) of the ids have no record in \(namespace)."
    }
    return sources.count == 1
      ? "Nothing is remembered from there in \(namespace)."
      : "From \(answer.unknownCount) of the paths nothing is remembered in \(namespace)."
  }
}
