import Loci
import LociWire

/// The verbs that read and write single records.
enum RecordVerbs {
  static let remember = Verb(
    "remember", "remember a text",
    details: """
      Stores the text and makes it findable by words and by meaning. Prints the record's id.

        loci remember "Alice prefers tea to coffee" --category preference
        git log -1 --format=%B | loci remember - --metadata kind=commit
      """,
    positionals: [Positional("TEXT", .one, "The text; - reads it from the standard input.")],
    flags: [
      .namespace, .collection, .category, .importance, .confidence, .metadata, .author,
      .value("id", "ID", "The record's id; one that exists is replaced. By default a new one."),
    ],
    action: remember)

  static let get = Verb(
    "get", "show a record", positionals: [Positional("ID", .one, "The record's id.")],
    flags: [.namespace], action: get)

  static let list = Verb(
    "list", "list records, in the order of their ids",
    flags: [.namespace] + Flag.filters + [
      .value("limit", "N", "The most records; 100 by default."),
      .value("after", "ID", "Go on after this id."),
    ],
    action: list)

  static let update = Verb(
    "update", "change a record",
    details: "What is not given stays as it is. A new text is embedded again.",
    positionals: [Positional("ID", .one, "The record's id.")],
    flags: [
      .namespace, .value("text", "TEXT", "The new text; - reads it from the standard input."),
      .category, .importance, .confidence,
      .choice("status", Record.Status.allCases.map(\.rawValue), "Where it is in its life."),
      .metadata, .list("unset", "KEY", "Remove this metadata; may be given more than once."),
      .author,
    ],
    action: update)

  static let forget = Verb(
    "forget", "erase records: text, words and vectors",
    details: """
      What is left is a line in the audit log. To hide a record and keep its text, use
      `loci update ID --status forgotten`.

        loci forget --source notes/2019 --namespace workspace:docs
      """,
    positionals: [Positional("ID", .any, "The records' ids.")],
    flags: [
      .namespace, .author,
      .list(
        "source", "PATH",
        "All that was ingested from this file or folder, which need not be there any more; may be "
          + "given more than once."),
    ], action: ForgetVerb.forget)

  static let audit = Verb(
    "audit", "show what happened to records, newest first",
    flags: [
      .namespace, .value("record", "ID", "Only this record."),
      .value("limit", "N", "The most lines; 100 by default."),
    ],
    action: audit)

  private static func remember(_ session: Session) async throws {
    let arguments = session.arguments
    let memory = NewMemory(
      try session.text(arguments.positionals[0]),
      id: try arguments.value("id") { try RecordID($0) },
      collection: try arguments.value("collection") { try Record.Collection($0) } ?? .memories,
      category: try arguments.value("category") { try Record.Category($0) },
      importance: try arguments.integer("importance", in: 1...5) ?? 3,
      confidence: try arguments.number("confidence", in: 0...1) ?? 1,
      metadata: try arguments.metadata(), author: arguments.value("author"))
    let namespace = try await session.namespace()
    for remembered in try await namespace.remember([memory]) {
      try session.console.show(remembered)
    }
  }

  private static func get(_ session: Session) async throws {
    let id = try session.recordID()
    let namespace = try await session.namespace(access: .reading)
    guard let record = try await namespace.get(id) else {
      throw LociError(
        .notFound, "There is no such record in \(namespace.namespace).",
        remedy: "`loci list` shows the ids; `--namespace` looks elsewhere.")
    }
    try session.console.show(record.json, record.text(on: session.console))
  }

  private static func list(_ session: Session) async throws {
    let limit = try session.arguments.integer("limit", in: 1...1_000_000) ?? 100
    let cursor = try session.arguments.value("after") { try RecordID($0) }
    let configuration = try session.configuration()
    let filter = try session.arguments.filter()
    let namespace = try await session.namespace(configuration, access: .reading)
    let records = try await namespace.list(where: filter, after: cursor, limit: limit)
    for record in records {
      try session.console.showItem(record.json, record.line(on: session.console))
    }
    if records.isEmpty {
      session.console.note(try await namespace.emptyHint ?? "There are no such records.")
    }
    if records.count == limit, let last = records.last {
      session.console.note("There may be more: --after \(last.id.text)")
    }
  }

  private static func update(_ session: Session) async throws {
    let arguments = session.arguments
    let id = try session.recordID()
    var patch = RecordPatch()
    patch.text = try arguments.value("text").map(session.text)
    patch.category = try arguments.value("category") { try Record.Category($0) }
    patch.importance = try arguments.integer("importance", in: 1...5)
    patch.confidence = try arguments.number("confidence", in: 0...1)
    patch.status = try arguments.value("status").map(Arguments.status)
    patch.removedMetadata = Set(arguments.values("unset"))
    patch.metadata = try arguments.metadata()
    guard patch != RecordPatch() else {
      throw UsageError("There is nothing to change.", remedy: "See `loci help update`.")
    }
    let namespace = try await session.namespace()
    let remembered = try await namespace.update(id, with: patch, actor: arguments.value("author"))
    try session.console.show(remembered)
  }

  private static func audit(_ session: Session) async throws {
    let record = try session.arguments.value("record") { try RecordID($0) }
    let limit = try session.arguments.integer("limit", in: 1...1_000_000) ?? 100
    let namespace = try await session.namespace(access: .reading)
    for entry in try await namespace.audit(record: record, limit: limit) {
      try session.console.showItem(
        entry.json,
        [
          "\(entry.sequence)", Format.time(entry.time), entry.action.name, entry.record.text,
          entry.actor,
        ].compactMap(\.self).joined(separator: "  "))
    }
  }
}
