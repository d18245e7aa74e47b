import Foundation
import Loci
import LociWire
import Synchronization

/// The verbs that work on many records at once.
enum IngestVerbs {
  static let ingest = Verb(
    "ingest", "take in texts, Markdown, HTML and notebooks, or folders of them",
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
      Of several paths, those that can be taken in are.

        loci ingest docs/ --namespace workspace:docs
        loci ingest . --include '.github/**' --include '*.cfg' --exclude 'drafts/'
      """,
    positionals: [Positional("PATH", .oneOrMore, "A file or a folder.")],
    flags: [
      .namespace,
      .list(
        "include", "GLOB", "Take also what is left out by itself; may be given more than once."),
      .list("exclude", "GLOB", "Leave out what matches; may be given more than once."),
      .toggle("no-ignore", "Do not follow .gitignore and .lociignore."),
      .toggle("remove-vanished", "Remove what vanished from a folder, however much it is."),
    ],
    action: ingest)

  static let backfill = Verb(
    "backfill", "embed the records that lack a vector",
    details: """
      Records lack one where embedding failed, or where another model was chosen since. All
      namespaces are looked through, or the one that --namespace names. A run that was cut off goes
      on where it stopped. Exit status 1 where a record still has none.
      """,
    flags: [.namespace], action: backfill)

  private static func ingest(_ session: Session) async throws {
    let configuration = try session.configuration()
    var options = configuration.ingestOptions
    options.selection = try selection(session.arguments)
    options.removesVanished = session.arguments.has("remove-vanished")
    let namespace = try await session.namespace(configuration)
    var isComplete = true
    let paths = session.arguments.positionals
    var failures: [LociError] = []
    for path in paths {
      do {
        let report = try await takeIn(path, into: namespace, options, session.console)
        isComplete = isComplete && report.isComplete
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

  private static func selection(_ arguments: Arguments) throws -> FileSelection {
    do throws(LociError) {
      return try FileSelection(
        include: arguments.values("include"), exclude: arguments.values("exclude"),
        followsIgnoreFiles: !arguments.has("no-ignore"))
    } catch {
      throw UsageError(error.message, remedy: error.remedy ?? "See `loci help ingest`.")
    }
  }

  private static func takeIn(
    _ path: String, into namespace: MemoryNamespace, _ options: IngestOptions, _ console: Console
  ) async throws -> IngestReport {
    var report = try await run(path, into: namespace, options, console)
    if !report.keptSources.isEmpty, console.asks(report.question(path: path)) {
      var options = options
      options.removesVanished = true
      report = try await run(path, into: namespace, options, console)
    }
    for line in report.notes { console.note(line) }
    try console.showItem(report.json(path: path), report.text(path: path))
    return report
  }

  /// Ingests and shows how far it is; where it is interrupted, it says what is done and what is
  /// left.
  private static func run(
    _ path: String, into namespace: MemoryNamespace, _ options: IngestOptions, _ console: Console
  ) async throws -> IngestReport {
    let progress = Progress(console)
    let last = Mutex<IngestReport?>(nil)
    defer { progress.end() }
    do {
      return try await namespace.ingest(URL(filePath: path), options: options) { report in
        last.withLock { $0 = report }
        progress.show(
          "\(path): \(report.readCount) of \(Count.of(report.fileCount, "file")), "
            + "\(Count.of(report.embeddedCount, "chunk")) embedded, \(report.waitingCount) waiting")
      }
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
    let show: @Sendable (BackfillReport) -> Void = {
      progress.show("Examined", $0.examined, of: nil)
    }
    // What is configured as the usual namespace does not narrow this: the hint that leads here
    // speaks of records anywhere.
    let report =
      session.arguments.has("namespace")
      ? try await memory.namespace(configuration.namespace).backfill(progress: show)
      : try await memory.backfill(progress: show)
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
