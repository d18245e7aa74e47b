import Foundation
import Loci
import LociWire

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
      """,
    positionals: [Positional("FILE", .one, "The export; - is the standard input.")],
    flags: Flag.of(ImportOperation.self, except: ["path"]), action: `import`)

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
}
