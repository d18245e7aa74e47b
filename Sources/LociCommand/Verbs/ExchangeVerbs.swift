import Foundation
import Loci
import LociWire
import Synchronization

/// The verbs that move a memory's contents out and in.
enum ExchangeVerbs {
  static let export = Verb(
    ExportOperation.name, ExportOperation.summary,
    details: """
      JSON lines: records with all that is known of them, their earlier texts, and the audit log. A
      file is replaced in one step at the end. Every namespace, unless --namespace names one.

        loci export memory.jsonl
        loci export --namespace bot:ada | gzip > ada.jsonl.gz
      """,
    positionals: [
      Positional("FILE", .optional, "Where to; - or nothing is the standard output.")
    ],
    flags: [.namespace] + Flag.of(ExportOperation.self, except: ["path", "namespace"]),
    action: export)

  static let `import` = Verb(
    ImportOperation.name, ImportOperation.summary,
    details: """
      Everything is as it was: ids, times, counts, earlier texts; the audit log is taken over and
      not added to. A run that was cut off goes on when it is started again. An export that was cut
      short or changed is refused at the line where that is seen; what came before it is kept.
      Exit status 3 where something could not be embedded.

        loci import memory.jsonl
        ssh laptop loci export | loci import - --on-conflict newer

      With --from, the memories of another system become memories of the namespace: memory.jsonl of
      MCP's reference server, mem0's JSON, a folder of basic-memory's or Obsidian's notes, or the
      conversations.json of ChatGPT's or Claude's data export. What was taken in before is not taken
      in twice.

        loci import --from chatgpt conversations.json --namespace chats
      """,
    positionals: [Positional("PATH", .one, "The file or folder; - is the standard input.")],
    flags: [.namespace] + Flag.of(ImportForeignOperation.self, except: ["path", "no_embedding"])
      + Flag.of(ImportOperation.self, except: ["path"]), action: `import`)

  private static func export(_ session: Session) async throws {
    let configuration = try session.configuration()
    var export = ExportOperation()
    try session.arguments.read(into: &export, except: ["namespace"])
    if session.arguments.has("namespace") {
      export.namespace = try Namespace(configuration.namespace)
    }
    let console = session.console
    let path = session.arguments.positionals.first ?? "-"
    if path == "-" {
      export.send = { try console.write(String(decoding: $0, as: UTF8.self)) }
    } else {
      export.path = path
    }
    let progress = Progress(console)
    defer { progress.end() }
    export.progress = { progress.show("Exported", $0.lineCount, of: nil) }
    let report = try await export.run(in: session.memory(configuration, access: .reading))
    progress.end()
    if path == "-" { return console.note(report.text) }
    try console.show(report.json, report.text)
  }

  private static func `import`(_ session: Session) async throws {
    let configuration = try session.configuration()
    guard !session.arguments.has("from") else { return try await take(session, configuration) }
    guard !session.arguments.has("namespace") else {
      throw UsageError(
        "An export has namespaces of its own.", remedy: "Leave --namespace out, or give --from.")
    }
    var operation = ImportOperation()
    operation.path = session.arguments.positionals[0]
    operation.readsStandardInput = operation.path == "-"
    try session.arguments.read(into: &operation)
    let progress = Progress(session.console)
    defer { progress.end() }
    operation.progress = { progress.show("Imported", $0.lineCount, of: nil) }
    operation.embedding = { progress.show("Looked for vectors of", $0.examined, of: nil) }
    let answer = try await operation.run(in: session.memory(configuration))
    progress.end()
    try session.console.show(answer.json, answer.text)
    if let failure = answer.embeddingFailure { session.report(failure) }
    if !answer.isComplete { throw PartlyDone() }
  }

  /// Takes in the memories of another system.
  private static func take(_ session: Session, _ configuration: Configuration) async throws {
    guard !session.arguments.has("on-conflict") else {
      throw UsageError(
        "--on-conflict is for exports of Loci's.",
        remedy: "Leave it out: what was taken in before is brought up to date.")
    }
    var operation = ImportForeignOperation()
    operation.path = session.arguments.positionals[0]
    operation.options = configuration.ingestOptions
    try session.arguments.read(into: &operation)
    let progress = Progress(session.console)
    defer { progress.end() }
    operation.progress = { progress.show("Taken in", $0.count, of: nil) }
    operation.reject = rejections(session)
    let answer = try await operation.run(in: session.namespace(configuration))
    progress.end()
    switch answer {
    case .memories(let answer): try session.console.show(answer.json, answer.text)
    case .notes(let answer):
      for line in answer.report.notes { session.console.note(line) }
      try session.console.showItem(answer.json, answer.report.text(path: operation.path))
    }
    if !answer.isComplete { throw PartlyDone() }
  }

  /// Remembers the lines of a file.
  static func rememberLines(_ session: Session, of path: String) async throws {
    let configuration = try session.configuration()
    var operation = RememberLinesOperation()
    operation.path = path
    operation.readsStandardInput = path == "-"
    operation.embedsNothing = session.arguments.has("no-embedding")
    let progress = Progress(session.console)
    defer { progress.end() }
    operation.progress = {
      progress.show(
        "Remembered \(Count.of($0.count, "text")), \($0.embeddedCount) of them embedded")
    }
    operation.reject = rejections(session)
    let answer = try await operation.run(in: session.namespace(configuration))
    progress.end()
    try session.console.show(answer.json, answer.text)
    if !answer.isComplete { throw PartlyDone() }
  }

  /// So many places that can't be used are named.
  private static let mostRejections = 20

  /// Names the first places that can't be used, on stderr.
  static func rejections(_ session: Session) -> @Sendable (LociError) -> Void {
    let told = Mutex(0)
    return { error in
      let count = told.withLock { count in
        count += 1
        return count
      }
      if count <= mostRejections { session.report(error) }
      if count == mostRejections { session.console.note("Further ones are counted only.") }
    }
  }
}
