import Loci
import LociWire

/// Erases records by their ids, by the files that they came from, or by what a filter says.
enum ForgetVerb {
  static let verb = Verb(
    ForgetOperation.name, ForgetOperation.summary,
    details: """
      What is left is a line in the audit log. With --soft, records are hidden and kept, and
      `loci unforget` brings them back. Records are named by their ids, by a source, or by
      filters, which all must hold.

        loci forget --source notes/2019 --namespace workspace:docs
        loci forget --category draft --until 2025-12-31
      """,
    positionals: [Positional("ID", .any, "The records' ids.")],
    flags: [.namespace] + Flag.of(ForgetOperation.self, except: ["ids"]), action: forget)

  private static func forget(_ session: Session) async throws {
    var forget = ForgetOperation()
    forget.ids = try session.arguments.positionals.map { try session.recordID($0) }
    try session.arguments.read(into: &forget)
    let namespace = try await session.namespace()
    let answer = try await forget.run(in: namespace)
    try session.console.show(answer.json, text(of: answer, isSoft: forget.isSoft))
    guard answer.unknownCount > 0 else { return }
    throw LociError(
      .notFound, unknown(answer, forget.sources, in: namespace.namespace),
      remedy:
        "`loci list` shows \(forget.ids.isEmpty ? "what is" : "the ids"); `--namespace` looks "
        + "elsewhere.")
  }

  private static func text(of answer: ForgetAnswer, isSoft: Bool) -> String {
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
