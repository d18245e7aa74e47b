import Foundation
import Loci

/// The verbs that work on many records at once.
enum IngestVerbs {
  static let ingest = Verb(
    "ingest", "take in text and Markdown files, or folders of them",
    details: """
      Files are cut into chunks along their headings, lists and code. Ingesting again keeps what is
      unchanged, embeds what changed, and removes what vanished from a folder.

        loci ingest docs/ --namespace workspace:docs
      """,
    positionals: [Positional("PATH", .oneOrMore, "A file or a folder.")], flags: [.namespace],
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
    let namespace = try await session.namespace(configuration)
    let progress = Progress(session.console)
    defer { progress.end() }
    for path in session.arguments.positionals {
      let report = try await namespace.ingest(
        URL(filePath: path), options: configuration.ingestOptions
      ) { report in
        progress.show(
          "\(path): \(report.readCount) of \(Count.of(report.fileCount, "file")), "
            + "\(Count.of(report.embeddedCount, "chunk")) embedded, \(report.waitingCount) waiting")
      }
      progress.end()
      for skipped in report.skipped {
        session.console.note(
          "Skipped " + Printable.message(skipped.path) + ": " + skipped.reason.description)
      }
      try session.console.showItem(report.json(path: path), report.text(path: path))
      if report.unreadableCount > 0 {
        session.console.note(
          Count.of(report.unreadableCount, "chunk holds", "chunks hold")
            + " next to no word that the model knows, and can be found by words only.")
      }
      if report.pendingCount > 0 {
        session.console.note(
          Count.of(report.pendingCount, "chunk")
            + " could not be embedded; `loci backfill` makes up for it.")
      }
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
      [
        "examined": .integer(report.examined), "embedded": .integer(report.embedded),
        "failed": .integer(report.failed), "unreadable": .integer(report.unreadable),
      ],
      "Examined \(Count.of(report.examined, "record")): \(report.embedded) embedded, "
        + "\(report.failed) failed."
        + (report.unreadable == 0
          ? "" : " \(report.unreadable) can't be read by the model; words find them."))
    if let failure = report.lastFailure { throw failure }
    if report.failed > 0 { throw AlreadyReported() }
  }
}

extension IngestReport {
  fileprivate func json(path: String) -> JSON {
    [
      "path": .string(path), "files": .integer(fileCount), "read": .integer(readCount),
      "skipped": .array(
        skipped.map {
          ["path": .string($0.path), "code": .string($0.reason.code.rawValue)]
        }),
      "removed_sources": .array(removedSources.map(JSON.string)),
      "added": .integer(addedCount), "moved": .integer(movedCount),
      "unchanged": .integer(unchangedCount), "removed": .integer(removedCount),
      "embedded": .integer(embeddedCount), "pending": .integer(pendingCount),
      "unreadable": .integer(unreadableCount),
    ]
  }

  fileprivate func text(path: String) -> String {
    "\(Printable.message(path)): \(Count.of(fileCount, "file")); chunks: \(addedCount) new, "
      + "\(movedCount) moved, \(unchangedCount) unchanged, \(removedCount) removed"
  }
}
