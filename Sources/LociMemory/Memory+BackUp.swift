public import Foundation
import LociCore

extension Memory {
  /// The backups that are kept where nothing else is said.
  public static let backupsKept = 7

  /// Writes a copy of the store, as of one moment, while it stays in use: for an SQLite file
  /// another one, for PostgreSQL what `pg_dump` makes. `Memory.restore` takes it back.
  ///
  /// Vectors that lie elsewhere than in the store are not in it; they are made anew from it.
  ///
  /// ```swift
  /// let report = try await memory.backUp(to: folder)
  /// print(report.file.lastPathComponent, report.byteCount)
  /// ```
  /// - Parameters:
  ///   - folder: Where to; made where it is missing. The file's name is the time in UTC.
  ///   - count: How many backups are kept in the folder, the new one among them, at least 1; older
  ///     ones are removed once the new one is whole.
  /// - Throws: ``LociError/Code/unsupported`` for a store of the app's own,
  ///   ``LociError/Code/diskFull``, ``LociError/Code/readOnly``, ``LociError/Code/missingLibrary``
  ///   where `pg_dump` is missing; then nothing is left of it, and older backups stay.
  @discardableResult
  public func backUp(
    to folder: URL, keeping count: Int = Memory.backupsKept
  ) async throws -> BackupReport {
    guard count >= 1 else {
      throw LociError(.invalidArgument, "\(count) backups can't be kept; give 1 or more.")
    }
    guard let care = try await care else {
      throw LociError(
        .unsupported, "This memory's store is the app's own, so Loci can't back it up.",
        remedy: "Export it: memory.export(to:).")
    }
    await writeCounts()
    let path = folder.standardizedFileURL.path
    try PrivateFiles.makeFolder(path)
    var time = surroundings.now()
    var file = folder.appending(path: BackupName.name(time, care.backupEnding))
    while FileManager.default.fileExists(atPath: file.path) {
      time += 0.001
      file = folder.appending(path: BackupName.name(time, care.backupEnding))
    }
    let new = PrivateFiles.unusedName(beside: file.standardizedFileURL.path)
    try PrivateFiles.makeFile(new)
    do {
      try await care.backUp(to: new)
      try PrivateFiles.finish(new, as: file.standardizedFileURL.path)
    } catch {
      for ending in ["", "-journal", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: new + ending)
      }
      throw error
    }
    let size = FileFingerprint.size(of: file.path) ?? 0
    // A clock may have gone backwards: the new one stays whatever its name.
    let old = BackupName.all(in: folder).filter {
      $0.lastPathComponent != file.lastPathComponent
    }.dropFirst(count - 1)
    for file in old { try? FileManager.default.removeItem(at: file) }
    return BackupReport(file: file, byteCount: size, removed: Array(old))
  }
}
