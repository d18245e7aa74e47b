import Loci
import LociWire
import Synchronization

/// The verbs that work on many records at once.
enum IngestVerbs {
  static let ingest = Verb(
    IngestOperation.name, IngestOperation.summary,
    details: """
      Markdown, HTML and Jupyter notebooks are cut along their headings, lists, tables and code;
      headings are embedded with the text below them, and front matter becomes metadata.
      reStructuredText, AsciiDoc, Org and LaTeX are read as plain text. Source code is cut at blank
      lines and by indentation. Ingesting again keeps what is unchanged, embeds what changed, and
      removes what vanished from a folder.

      Left out, and said so, are files whose names do not promise text, hidden ones, folders that
      tools make (build, dist, node_modules, target, ...), symbolic links, and what .gitignore and
      .lociignore name; the latter wins. Patterns are written as there: one without a slash is for
      names at any depth, one with a slash for paths from the folder. Exit status 3 where a file was
      skipped for an error, or where so much vanished that a disk may just not be mounted.
      Of several paths, those that can be taken in are. A file that was moved keeps its chunks, and
      what files said earlier is kept: see `loci files`.

      With --watch the folder is followed until Ctrl-C or a polite kill: what changes is taken in
      once nothing has changed for a moment. Where the system does not tell of changes, as on
      network shares, --poll looks every so many seconds.

        loci ingest docs/ --namespace workspace:docs
        loci ingest docs/ --watch
        loci ingest . --include '.github/**' --include '*.cfg' --exclude 'drafts/'
      """,
    positionals: [Positional("PATH", .oneOrMore, "A file or a folder.")],
    flags: [.namespace] + Flag.of(IngestOperation.self, except: ["path"]) + [
      .toggle("watch", "Go on: follow the folder, and take in what changes."),
      .value("poll", "SECONDS", "With --watch, look for changes so often and ask nobody."),
    ], action: ingest)

  static let backfill = Verb(
    BackfillOperation.name, BackfillOperation.summary,
    details: """
      Records lack one where embedding failed, or where another model was chosen since. All
      namespaces are looked through, or the one that --namespace names. A run that was cut off goes
      on where it stopped. Exit status 1 where a record still has none.
      """,
    flags: [.namespace], action: backfill)

  private static func ingest(_ session: Session) async throws {
    let configuration = try session.configuration()
    var ingest = IngestOperation()
    ingest.options = configuration.ingestOptions
    try session.arguments.read(into: &ingest)
    let paths = session.arguments.positionals
    if session.arguments.has("watch") || session.arguments.has("poll") {
      return try await FollowVerb.follow(session, ingest, configuration)
    }
    let namespace = try await session.namespace(configuration)
    var isComplete = true
    var failures: [LociError] = []
    for path in paths {
      do {
        ingest.path = path
        let answer = try await takeIn(ingest, into: namespace, session.console)
        isComplete = isComplete && answer.report.isComplete
      } catch let error as LociError where paths.count > 1 && aboutOnePath.contains(error.code) {
        session.report(error)
        failures.append(error)
      }
    }
    if !failures.isEmpty, failures.count == paths.count { throw AlreadyReported() }
    if !isComplete || !failures.isEmpty { throw PartlyDone() }
  }

  /// What keeps one path from being taken in, and not the others.
  private static let aboutOnePath: Set<LociError.Code> = [
    .notFound, .invalidArgument, .unsupported, .corrupt, .conflict, .io,
  ]

  private static func takeIn(
    _ ingest: IngestOperation, into namespace: MemoryNamespace, _ console: Console
  ) async throws -> IngestAnswer {
    var answer = try await run(ingest, into: namespace, console)
    if !answer.report.keptSources.isEmpty,
      console.asks(answer.report.question(path: ingest.path))
    {
      var ingest = ingest
      ingest.options.removesVanished = true
      answer = try await run(ingest, into: namespace, console)
    }
    for line in answer.report.notes { console.note(line) }
    try console.showItem(answer.json, answer.report.text(path: ingest.path))
    return answer
  }

  /// Ingests and shows how far it is; where it is interrupted, it says what is done and what is
  /// left.
  private static func run(
    _ ingest: IngestOperation, into namespace: MemoryNamespace, _ console: Console
  ) async throws -> IngestAnswer {
    let progress = Progress(console)
    let last = Mutex<IngestReport?>(nil)
    defer { progress.end() }
    var ingest = ingest
    ingest.progress = { [path = ingest.path] report in
      last.withLock { $0 = report }
      progress.show(
        "\(path): \(report.readCount) of \(Count.of(report.fileCount, "file")), "
          + "\(Count.of(report.embeddedCount, "chunk")) embedded, \(report.waitingCount) waiting")
    }
    do {
      return try await ingest.run(in: namespace)
    } catch let error as CancellationError {
      progress.end()
      console.note(IngestReport.interruption(after: last.withLock { $0 }))
      throw error
    }
  }

  private static func backfill(_ session: Session) async throws {
    let configuration = try session.configuration()
    let memory = try await session.memory(configuration)
    let progress = Progress(session.console)
    defer { progress.end() }
    // What is configured as the usual namespace does not narrow this: the hint that leads here
    // speaks of records anywhere.
    var backfill = BackfillOperation()
    if session.arguments.has("namespace") {
      backfill.namespace = try Namespace(configuration.namespace)
    }
    backfill.progress = { progress.show("Examined", $0.examined, of: nil) }
    let report = try await backfill.run(in: memory)
    progress.end()
    try session.console.show(
      report.json,
      "Examined \(Count.of(report.examined, "record")): \(report.embedded) embedded, "
        + "\(report.failed) failed."
        + (report.unreadable == 0
          ? "" : " \(report.unreadable) can't be read by the model; words find them."))
    if let failure = report.lastFailure { throw failure }
    if report.failed > 0 { throw AlreadyReported() }
  }
}
