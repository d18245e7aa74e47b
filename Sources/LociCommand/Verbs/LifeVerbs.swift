import Loci
import LociWire

/// The verbs for what becomes of records in their life.
enum LifeVerbs {
  static let all = [supersede, chain, invalidate, unforget]

  private static let supersede = Verb(
    SupersedeOperation.name, SupersedeOperation.summary,
    details: """
      The old record is kept and not recalled; each names the other, and `--as-of` with an earlier
      time still finds the old one. Prints the new record's id.

        loci supersede ID "Alice lives in Porto" --valid-from 2026-03-01
      """,
    positionals: [
      Positional("ID", .one, "The record to replace."),
      Positional("TEXT", .one, "The text in its place; - reads it from the standard input."),
    ],
    flags: [.namespace] + Flag.of(SupersedeOperation.self, except: ["id", "text"]),
    action: { session in
      var supersede = SupersedeOperation()
      supersede.id = try session.recordID()
      supersede.remember.memory.text = try session.text(session.arguments.positionals[1])
      try session.arguments.read(into: &supersede)
      try session.console.show(try await session.run(supersede))
    })

  private static let chain = Verb(
    ChainOperation.name, ChainOperation.summary,
    details: "The oldest comes first; what replaced others last.",
    positionals: [id], flags: [.namespace],
    action: { session in
      var chain = ChainOperation()
      chain.id = try session.recordID()
      for record in try await session.run(chain) {
        try session.console.showItem(record.json, record.line(on: session.console))
      }
    })

  private static let invalidate = Verb(
    InvalidateOperation.name, InvalidateOperation.summary,
    details: "It is kept and not recalled; `--as-of` with an earlier time still finds it.",
    positionals: [id], flags: [.namespace] + Flag.of(InvalidateOperation.self, except: ["id"]),
    action: { session in
      var invalidate = InvalidateOperation()
      invalidate.id = try session.recordID()
      try session.arguments.read(into: &invalidate)
      let record = try await session.run(invalidate)
      try session.console.show(record.json, record.id.text)
    })

  private static let unforget = Verb(
    UnforgetOperation.name, UnforgetOperation.summary,
    details: "What was forgotten without --soft is erased, and can't be brought back.",
    positionals: [id], flags: [.namespace] + Flag.of(UnforgetOperation.self, except: ["id"]),
    action: { session in
      var unforget = UnforgetOperation()
      unforget.id = try session.recordID()
      try session.arguments.read(into: &unforget)
      let record = try await session.run(unforget)
      try session.console.show(record.json, record.id.text)
    })

  private static let id = Positional("ID", .one, "The record's id.")
}
