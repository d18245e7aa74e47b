import Loci
import LociWire

/// The verbs that read and write single records.
enum RecordVerbs {
  static let remember = Verb(
    RememberOperation.name, RememberOperation.summary,
    details: """
      Stores the text and makes it findable by words and by meaning. Prints the record's id. A DATE
      is a day or a time in ISO 8601, UTC unless it says else.

        loci remember "Alice prefers tea to coffee" --category preference
        git log -1 --format=%B | loci remember - --metadata kind=commit
        loci remember "Alice likes tea best" --unless-duplicate merge

      With --json-lines, each line of a file is a text with what is said of it, by the names that
      the options have: {"text": "...", "category": "fact", "importance": 4}. Lines that can't be
      used are named and left out, with exit status 3. Started again, a run that was cut off goes
      on; a line that says the same, without an id of its own, is remembered once.

        loci remember --json-lines facts.jsonl --namespace bot:ada
      """,
    positionals: [Positional("TEXT", .optional, "The text; - reads it from the standard input.")],
    flags: [.namespace]
      + Flag.of(RememberOperation.self, except: ["text"]).map {
        $0.name == "unless-duplicate" ? $0.implying("skip") : $0
      } + [
        .value("json-lines", "FILE", "Remember the lines of a file; - is the standard input."),
        .toggle("no-embedding", "With --json-lines: embed nothing; `loci backfill` does it later."),
      ], action: remember)

  static let get = Verb(
    GetOperation.name, GetOperation.summary,
    positionals: [Positional("ID", .one, "The record's id.")], flags: [.namespace], action: get)

  static let embeddings = Verb(
    EmbeddingsOperation.name, EmbeddingsOperation.summary,
    positionals: [Positional("ID", .one, "The record's id.")], flags: [.namespace],
    action: { session in
      var embeddings = EmbeddingsOperation()
      embeddings.id = try session.recordID()
      for embedded in try await session.run(embeddings) {
        let time = embedded.embeddedAt.map(Format.time) ?? "at a time that was not noted"
        try session.console.showItem(
          embedded.json,
          "\(Printable.message(embedded.space.model)), \(embedded.space.dimension) dimensions: "
            + "\(embedded.isFresh ? "embedded" : "stale, embedded") \(time)")
      }
    })

  static let list = Verb(
    ListOperation.name, ListOperation.summary,
    flags: [.namespace] + Flag.of(ListOperation.self), action: list)

  static let update = Verb(
    UpdateOperation.name, UpdateOperation.summary,
    details: """
      What is not given stays as it is. A new text is embedded again; - reads it from the standard
      input.

        loci update ID --importance 5 --clear category --metadata seen=true
      """,
    positionals: [Positional("ID", .one, "The record's id.")],
    flags: [.namespace] + Flag.of(UpdateOperation.self, except: ["id"]), action: update)

  static let audit = Verb(
    AuditOperation.name, AuditOperation.summary,
    flags: [.namespace] + Flag.of(AuditOperation.self), action: audit)

  private static func remember(_ session: Session) async throws {
    let text = session.arguments.positionals.first
    if let path = session.arguments.value("json-lines") {
      let alone: Set = ["json-lines", "no-embedding", "namespace"]
      let others = Set(session.arguments.options.keys).subtracting(Flag.global.map(\.name))
      guard text == nil, others.isSubset(of: alone) else {
        throw UsageError(
          "With --json-lines, what is remembered stands in the lines.",
          remedy: "Leave TEXT and the options that say something of it out.")
      }
      return try await ExchangeVerbs.rememberLines(session, of: path)
    }
    guard let text else {
      throw UsageError("What is to be remembered?", remedy: "Give TEXT, or --json-lines FILE.")
    }
    var remember = RememberOperation()
    remember.memory.text = try session.text(text)
    try session.arguments.read(into: &remember)
    try session.console.show(try await session.run(remember))
  }

  private static func get(_ session: Session) async throws {
    var get = GetOperation()
    get.id = try session.recordID()
    let record = try await session.run(get)
    try session.console.show(record.json, record.text(on: session.console))
  }

  private static func list(_ session: Session) async throws {
    var list = ListOperation()
    try session.arguments.read(into: &list)
    list.filter.source = list.filter.source.map(Arguments.source)
    let answer = try await session.run(list)
    for record in answer.records {
      try session.console.showItem(record.json, record.line(on: session.console))
    }
    if answer.records.isEmpty {
      session.console.note(answer.hint ?? "There are no such records.")
    }
    if let next = answer.next { session.console.note("There may be more: --after \(next.text)") }
  }

  private static func update(_ session: Session) async throws {
    var update = UpdateOperation()
    update.id = try session.recordID()
    try session.arguments.read(into: &update)
    update.patch.text = try update.patch.text.map(session.text)
    try session.console.show(try await session.run(update))
  }

  private static func audit(_ session: Session) async throws {
    var audit = AuditOperation()
    try session.arguments.read(into: &audit)
    for entry in try await session.run(audit) {
      try session.console.showItem(
        entry.json,
        [
          "\(entry.sequence)", Format.time(entry.time), entry.action.name, entry.record.text,
          entry.actor,
        ].compactMap(\.self).joined(separator: "  "))
    }
  }
}
