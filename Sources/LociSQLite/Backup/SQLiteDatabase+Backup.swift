public import Foundation
import LociCore

extension SQLiteDatabase {
  /// Writes a copy of the store, as of one moment, into a file that is empty or not there. Others
  /// read and write meanwhile. Complexity: O(file).
  ///
  /// - Throws: ``LociError/Code/diskFull`` and what writing throws; what is there then is none.
  public func backUp(to path: String) async throws { try await pool.copy(to: path) }

  /// Puts a backup in the place of a store, after every page and record of it was read. What it
  /// takes the place of is kept beside it. A crash in between may leave no store; then this can be
  /// called again.
  ///
  /// - Parameters:
  ///   - backup: The file; it stays as it is.
  ///   - url: The store's file.
  ///   - mark: What the name of the store that was there gets.
  /// - Returns: How many records there are now, and where the store that was there is.
  /// - Throws: ``LociError/Code/corrupt``, ``LociError/Code/newerSchema`` or
  ///   ``LociError/Code/notFound`` for what is no whole backup, ``LociError/Code/diskFull``; then
  ///   the store is as it was.
  public static func restore(
    _ backup: URL, to url: URL, mark: String
  ) async throws -> (recordCount: Int, kept: URL?) {
    let path = CanonicalPath.of(url.standardizedFileURL.path)
    try PrivateFiles.makeFolder((path as NSString).deletingLastPathComponent)
    // Looking into a store may change it, so one copy is looked into and another one is taken.
    let (checked, new) = (
      PrivateFiles.unusedName(beside: path), PrivateFiles.unusedName(beside: path)
    )
    defer { for file in [checked, new] { remove(file) } }
    let digest = try copy(backup, to: checked)
    let count = try await requireWhole(checked, backup)
    guard try copy(backup, to: new) == digest else {
      throw LociError(
        .conflict, "\(backup.path) changed while it was read.", remedy: "Try again.")
    }
    let kept = try setAside(path, as: "\(path).replaced-\(mark)")
    try PrivateFiles.finish(new, as: path)
    return (count, kept)
  }

  /// Reads everything; returns how many records there are.
  private static func requireWhole(_ path: String, _ backup: URL) async throws -> Int {
    // An empty file would be made a store.
    guard FileFingerprint.size(of: path) ?? 0 > 0 else {
      throw LociError(
        .corrupt, "The backup \(backup.path) is empty.", remedy: "Take another one.")
    }
    let database = try await open(at: URL(filePath: path), access: .writing)
    let problems = try await database.integrityCheck() + database.recordCheck()
    if let first = problems.first {
      throw LociError(
        .corrupt,
        "The backup \(backup.path) is damaged in \(Count.of(problems.count, "place")); the first: "
          + "\(first)", remedy: "Take an older one.")
    }
    var count = 0
    for namespace in try await database.records.namespaces() {
      count += try await database.records.count(in: namespace, where: Filter(statuses: nil))
    }
    return count
  }

  /// Moves a store with its log; returns where to, or nil where there was none.
  private static func setAside(_ path: String, as name: String) throws(LociError) -> URL? {
    var kept: URL?
    for ending in ["", "-wal"] {
      guard FileManager.default.fileExists(atPath: path + ending) else { continue }
      guard unsafe rename(path + ending, name + ending) == 0 else {
        throw FileSystemError.last("moved", URL(filePath: path + ending))
      }
      if ending.isEmpty { kept = URL(filePath: name) }
    }
    try? FileManager.default.removeItem(atPath: path + "-shm")
    return kept
  }

  /// Copies a file into a new one: 0600. Returns the SHA-256 of its bytes.
  private static func copy(_ file: URL, to path: String) throws -> [UInt8] {
    try PrivateFiles.makeFile(path)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    var (hash, failure) = (SHA256(), Optional<any Error>.none)
    try RegularFile.forEachPiece(of: file, upTo: .max) { piece in
      hash.update(piece)
      guard failure == nil else { return }
      do {
        try handle.write(contentsOf: unsafe piece.withUnsafeBytes { unsafe Data($0) })
      } catch {
        failure = error
      }
    }
    if let failure {
      throw LociError(
        FileError.code(FileError.number(of: failure), .writing), "\(path) can't be written.",
        remedy: "Make room on its disk; a backup is copied twice beside the store.",
        underlying: failure)
    }
    try handle.close()
    return hash.finalize()
  }

  private static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
  }
}
