import Foundation
import Loci
import LociEmbedding
import LociJSON
import LociWire

/// The verbs that show what is there, how it is, and why.
enum HealthVerbs {
  static let models = Verb(
    "models", "show the models that Loci knows and those that are here",
    details: "`loci models fetch NAME` gets one; any BERT-family model of the hub will do.",
    action: models)

  static let fetch = Verb(
    "models fetch", "get a model, or check one that is here",
    details: """
      HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE and HF_HUB_OFFLINE mean what they mean everywhere. What
      was fetched before is used again, and a fetch that was cut off goes on.
      """,
    positionals: [Positional("NAME", .one, "A name of `loci models`, a hub id, or a folder.")],
    action: fetch)

  static let status = Verb(StatusOperation.name, StatusOperation.summary, action: status)

  static let doctor = Verb(
    "doctor", "examine the store, the engine, the model and the vectors",
    details: "Reads every page of the store. Exit status 1 where something does not work.",
    action: doctor)

  static let fsck = Verb(
    FsckOperation.name, FsckOperation.summary,
    details: """
      Finds vectors whose record is gone, that are missing, that were made from another text, or
      whose filters see old attributes. Exit status 1 where something is left to repair.
      """,
    flags: Flag.of(FsckOperation.self), action: fsck)

  static let compact = Verb(
    CompactOperation.name, CompactOperation.summary,
    details: """
      Rewrites the store without its gaps, and tidies the index of words and the vectors; others
      wait to write meanwhile. A file needs as much room again while it is rewritten.
      """,
    action: compact)

  static let config = Verb(
    "config", "show the configuration, and where each value comes from",
    details: """
      Later ones win: defaults, the user's loci.toml, the project's loci.toml in the working folder
      or above it in its repository, LOCI_* variables, options. A project's file sets how to find
      and to cut, and a namespace of its own; for more it needs `loci trust`.
      """,
    flags: [
      .namespace, .toggle("example", "Print a loci.toml with every setting and its default."),
    ],
    action: config)

  private static func models(_ session: Session) async throws {
    let configuration = try session.configuration()
    let listings = session.models(configuration).list()
    guard !session.console.isJSON else {
      return try session.console.print(JSON.array(listings.map(\.answer.json)).document)
    }
    for listing in listings { try session.console.print(listing.text(on: session.console)) }
  }

  private static func fetch(_ session: Session) async throws {
    let library = session.models(try session.configuration())
    let model = try await library.resolve(
      session.arguments.positionals[0], progress: session.fetchProgress())
    for note in model.notes { session.console.note(Printable.message(note)) }
    let folder = model.tokenizerFile.deletingLastPathComponent().path
    try session.console.show(
      FetchAnswer(
        space: model.space, folder: folder, license: model.license, notes: model.notes
      ).json,
      "\(model.space.model) is here: \(folder)")
  }

  private static func status(_ session: Session) async throws {
    let memory = try await session.memory(try session.configuration(), access: .reading)
    let status = try await StatusOperation().run(in: memory)
    try session.console.show(status.json, status.text(on: session.console))
  }

  private static func doctor(_ session: Session) async throws {
    session.console.note("Reading the whole store; this may take a while.")
    let checks = await Memory.doctor(
      try session.configuration(mayBeUntrusted: true), folders: session.folders,
      environment: session.environment)
    try session.console.show(
      .array(checks.map(\.json)),
      checks.map { $0.text(on: session.console) }.joined(separator: "\n"))
    if checks.contains(where: { $0.state == .bad }) { throw AlreadyReported() }
  }

  private static func fsck(_ session: Session) async throws {
    var fsck = FsckOperation()
    try session.arguments.read(into: &fsck)
    let memory = try await session.memory(
      try session.configuration(), access: fsck.repairs ? .writing : .reading)
    let progress = Progress(session.console)
    defer { progress.end() }
    fsck.progress = { progress.show("Compared", $0.examined, of: nil) }
    let reports = try await fsck.run(in: memory)
    progress.end()
    try session.console.show(
      .array(reports.map(\.json)),
      reports.map { $0.text(on: session.console) }.joined(separator: "\n"))
    if reports.contains(where: { !$0.isClean }) { throw AlreadyReported() }
  }

  private static func compact(_ session: Session) async throws {
    let memory = try await session.memory(try session.configuration())
    let report = try await CompactOperation().run(in: memory)
    try session.console.show(report.json, report.text)
  }

  private static func config(_ session: Session) async throws {
    if session.arguments.has("example") {
      return try session.console.write(Configuration.exampleFile)
    }
    let configuration = try session.configuration(mayBeUntrusted: true)
    let entries = configuration.entries
    defer {
      if let untrusted = configuration.untrusted {
        Console.report(
          Printable.message(
            "\(untrusted.path) is not trusted, so these settings of it were left aside: "
              + "\(untrusted.keys.joined(separator: ", ")). `loci trust` changes that."))
      }
    }
    try session.console.show(
      .array(entries.map(\.answer.json)),
      Format.table(
        entries.map { entry in
          (entry.setting.key, "\(entry.value?.description ?? "automatic")  (\(entry.origin))")
        }, on: session.console))
  }
}
