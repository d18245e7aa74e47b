public import Foundation
import LociCore
public import LociMemory

extension Configuration {
  /// The folder of backups.
  public var backupFolder: URL {
    URL(filePath: backupPath ?? CanonicalPath.of(storePath) + ".backups")
  }

  /// The backups that are there, the newest first.
  public var backups: [URL] { BackupName.all(in: backupFolder) }
}

extension Memory {
  /// Puts a backup in the place of the store that a configuration names, after every record of it
  /// was read. What was there is kept. Who has the store open is told that it was replaced.
  ///
  /// Vectors that lie elsewhere stay as they are; ``fsck(repairs:progress:)`` makes them follow.
  ///
  /// ```swift
  /// let report = try await Memory.restore(configuration.backups[0], configuration)
  /// print(report.recordCount, "records; before:", report.kept ?? "nothing")
  /// ```
  /// - Parameters:
  ///   - backup: A file of ``backUp(to:keeping:)``; it stays.
  ///   - configuration: Names the store.
  ///   - folders: Where engines lie.
  ///   - surroundings: The clock.
  /// - Throws: ``LociError/Code/corrupt`` for what is no whole backup,
  ///   ``LociError/Code/notFound``, ``LociError/Code/diskFull``, ``LociError/Code/newerSchema``;
  ///   then the store is as it was.
  @discardableResult
  public static func restore(
    _ backup: URL, _ configuration: Configuration = Configuration(), folders: Folders = Folders(),
    surroundings: Surroundings = Surroundings()
  ) async throws -> RestoreReport {
    try configuration.requireTrusted()
    let engines = StoreBackend.engines
    guard let engine = engines.first(where: { $0.backupEnding == backup.pathExtension }) else {
      let endings = engines.map { ".\($0.backupEnding)" }.joined(separator: " or ")
      throw LociError(
        .invalidArgument, "A backup's name ends in \(endings), so that it says what it is.",
        remedy: "Name a file that `loci backup` wrote.")
    }
    let opening = Opening(configuration: configuration, folders: folders, access: .writing)
    return try await engine.restore(
      backup, opening, mark: BackupName.stamp(surroundings.now()))
  }
}
