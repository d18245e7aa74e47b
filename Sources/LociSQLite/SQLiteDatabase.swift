import CSQLite
public import Foundation
public import LociCore

/// One SQLite file that remembers: records, audit log, words and vectors.
public final class SQLiteDatabase: Sendable {
  /// The file, by the name that it has without links: one store has one, however it is reached.
  public let url: URL
  /// Records, their audit log and their words.
  public let records: SQLiteRecordStore
  /// Vectors of any number of spaces.
  public let vectors: any VectorStore
  let pool: ConnectionPool

  private init(settings: ConnectionSettings, vectorsFollowRecords: Bool) {
    url = URL(filePath: settings.path, directoryHint: .notDirectory)
    pool = ConnectionPool(settings, readerCount: 2)
    records = SQLiteRecordStore(pool: pool)
    vectors = NativeVectorStore(pool, settings, followsRecords: vectorsFollowRecords)
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
    var settings = ConnectionSettings(
      path: url.path(percentEncoded: false), busyTimeoutMilliseconds: busyTimeoutMilliseconds,
      maximumPageCount: maximumPageCount)
    settings = try await Opener(.memory).open(settings, access) { connection in
      guard access == .reading else {
        // A store that can't be written is read with the words that it has.
        return connection.isReadOnly ? () : try WordIndex.update(connection)
      }
      try? connection.withoutWaiting { try WordIndex.update(connection) }
    }
    return SQLiteDatabase(settings: settings, vectorsFollowRecords: vectorsFollowRecords)
  }

  /// The version of SQLite in this process, e.g. `3.40.1`.
  public static var engineVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// Reads every page and index; returns what is wrong, in SQLite's words; empty where all is well.
  ///
  /// Complexity: O(file). It may run while others write.
  public func integrityCheck() async throws -> [String] {
    try await pool.integrityCheck()
  }

  /// Reads every record; returns which are not what was written, and what the index of words lacks,
  /// a sentence each; empty where all is well.
  ///
  /// Complexity: O(size of all texts). It may run while others write.
  public func recordCheck() async throws -> [String] {
    let damaged = try await records.findDamage()
    let named = damaged.prefix(20).map { "the record \(Self.named($0)) is not what was written" }
    let rest = damaged.count - named.count
    return try await named + (rest > 0 ? ["\(rest) more records are not what was written"] : [])
      + pool.read { try WordIndex.problems($0) }
  }

  /// Indexes all words anew where the index is not as the records are.
  ///
  /// Complexity: O(size of all texts). Others wait to write meanwhile where something is wrong.
  public func repairWords() async throws {
    guard try await !pool.read({ try WordIndex.problems($0) }).isEmpty else { return }
    try await pool.write { try WordIndex.rebuild($0) }
  }

  /// A name without what would steer a terminal.
  private static func named(_ record: DamagedRecord) -> String {
    String(
      "\(record.id) in \(record.namespace)".unicodeScalars.map {
        $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0)
      }.prefix(200))
  }

  /// Gives back the room of what was deleted, and merges the index of words. Complexity: O(file).
  public func compact() async throws { try await vectors.compact() }

  /// Writes the file anew, so that it and its log hold what is there and nothing else; see
  /// ``VectorStore/scrub()``.
  @discardableResult
  public func scrub() async throws -> [String] { try await vectors.scrub() }

  /// Brings up to date what SQLite knows of the tables, and merges the index of words step by step,
  /// each a small transaction.
  public func optimize() async throws {
    try await pool.write { connection in
      try connection.execute("PRAGMA analysis_limit = 400")
      try connection.execute("PRAGMA optimize")
    }
    while try await pool.write({ try WordIndex.merge($0) }) { try Task.checkCancellation() }
  }
}
