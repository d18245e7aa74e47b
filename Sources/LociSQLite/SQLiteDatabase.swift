import CSQLite
public import Foundation
public import LociCore

/// One SQLite file that remembers: records, audit log, words and vectors.
public final class SQLiteDatabase: Sendable {
  /// The file.
  public let url: URL
  /// Records, their audit log and their words.
  public let records: SQLiteRecordStore
  /// Vectors of any number of spaces.
  public let vectors: NativeVectorStore
  let pool: ConnectionPool

  private init(url: URL, settings: ConnectionSettings, vectorsFollowRecords: Bool) {
    self.url = url
    pool = ConnectionPool(settings, readerCount: 2)
    records = SQLiteRecordStore(pool: pool)
    vectors = NativeVectorStore(
      pool: pool, searcher: VectorSearcher(settings), followsRecords: vectorsFollowRecords)
  }

  /// Opens a store, makes it where there is none, and brings its schema up to date.
  ///
  /// Opening is cheap: header, application and schema version are checked, not every page;
  /// ``integrityCheck()`` does that. A file that is not Loci's is never changed.
  /// - Parameters:
  ///   - url: The file; its folder is made where it is missing, for its owner only.
  ///   - access: What for; reading makes nothing.
  ///   - vectorsFollowRecords: Whether a vector needs a record of its id and content hash in this
  ///     file, and takes its attributes from it. Switch it off for a file of vectors only.
  ///   - busyTimeoutMilliseconds: How long to wait for another process's write.
  ///   - maximumPageCount: The most pages of 4096 bytes that the file may have; for tests.
  /// - Throws: ``LociError`` with the code `notFound`, `corrupt`, `newerSchema`, `readOnly`,
  ///   `diskFull` or `busy`.
  public static func open(
    at url: URL, access: StoreAccess = .writing, vectorsFollowRecords: Bool = true,
    busyTimeoutMilliseconds: Int = 10_000, maximumPageCount: Int? = nil
  ) async throws -> SQLiteDatabase {
    let settings = ConnectionSettings(
      path: url.path(percentEncoded: false),
      busyTimeoutMilliseconds: Int32(clamping: busyTimeoutMilliseconds),
      maximumPageCount: maximumPageCount, sqliteVec: nil)
    try await Opener(.memory).open(settings, access) { try WordIndex.update($0) }
    return SQLiteDatabase(
      url: url, settings: settings, vectorsFollowRecords: vectorsFollowRecords)
  }

  /// The version of SQLite in this process, e.g. `3.40.1`.
  public static var engineVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// Reads every page and index; returns what is wrong, in SQLite's words; empty where all is well.
  ///
  /// Complexity: O(file). It may run while others write.
  public func integrityCheck() async throws -> [String] {
    try await pool.integrityCheck()
  }

  /// Gives back the room of what was deleted, and merges the index of words. Complexity: O(file).
  public func compact() async throws { try await vectors.compact() }
}
