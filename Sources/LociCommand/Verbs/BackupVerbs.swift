import Foundation
import Loci
import LociJSON
import LociWire

/// The verbs that copy a store and take a copy back.
enum BackupVerbs {
  static let backup = Verb(
    BackupOperation.name, BackupOperation.summary,
    details: """
      Prints the file, whose name is the time in UTC. For an SQLite store it is another one; records
      in PostgreSQL are copied by pg_dump. Vectors that lie elsewhere than in the store are left
      out: they are made anew from it. The folder is backup.path, by default beside the store.

        loci backup
        loci backup /mnt/backups --keep 30
      """,
    positionals: [Positional("FOLDER", .optional, "Where to, instead of backup.path.")],
    flags: Flag.of(BackupOperation.self, except: ["folder"]), action: backup)

  static let restore = Verb(
    "restore", "put a backup in the place of the store",
    details: """
      Reads all of the backup first: one that is damaged, or no backup, changes nothing. What it
      takes the place of is kept, and named. Whoever has the store open is told that it was
      replaced. Where vectors lie elsewhere, run `loci fsck --repair` afterwards.

        loci restore --newest
        loci restore memory.sqlite.backups/loci-20261127T005718.123Z.sqlite
      """,
    positionals: [Positional("FILE", .optional, "A file that `loci backup` wrote.")],
    flags: [
      .toggle("newest", "The newest one of the folder of backups."),
      .toggle("list", "Only show the backups that are there, the newest first."),
    ], action: restore)

  private static func backup(_ session: Session) async throws {
    let configuration = try session.configuration()
    var backup = BackupOperation()
    backup.kept = configuration.backupsKept
    try session.arguments.read(into: &backup)
    backup.folder = session.arguments.positionals.first ?? configuration.backupFolder.path
    let report = try await backup.run(in: session.memory(configuration, access: .reading))
    if !report.removed.isEmpty {
      session.console.note("Removed \(Count.of(report.removed.count, "older backup")).")
    }
    try session.console.show(report.json, report.file.path)
  }

  private static func restore(_ session: Session) async throws {
    let configuration = try session.configuration()
    let (newest, lists) = (session.arguments.has("newest"), session.arguments.has("list"))
    let named = session.arguments.positionals.first
    guard [newest, lists, named != nil].count(where: { $0 }) == 1 else {
      throw UsageError(
        "Which backup?", remedy: "Give FILE, --newest, or --list to see which there are.")
    }
    if lists {
      for file in configuration.backups {
        try session.console.showItem(["file": .string(file.path)], file.path)
      }
      if configuration.backups.isEmpty {
        session.console.note("There are no backups in \(configuration.backupFolder.path).")
      }
      return
    }
    guard let file = named.map({ URL(filePath: $0) }) ?? configuration.backups.first else {
      throw LociError(
        .notFound, "There are no backups in \(configuration.backupFolder.path).",
        remedy: "Name a FILE, or set backup.path.")
    }
    let report = try await Memory.restore(file, configuration, folders: session.folders)
    try session.console.show(
      report.json,
      "Restored \(Count.of(report.recordCount, "record")) from \(file.path)."
        + (report.kept.map { " What was there before is kept: \($0)." } ?? ""))
  }
}
