package import Foundation
package import LociCore
import LociSQL

/// Vectors in an SQLite file of their own, searched by the extension sqlite-vec.
///
/// A search is exact: it compares every vector that the filter lets pass.
package struct SQLiteVecStore: SQLiteVectors {
  package let file: VectorFile

  private var pool: ConnectionPool { file.pool }

  private init(_ pool: ConnectionPool) {
    file = VectorFile(pool: pool) { space, connection in
      try SQLiteVecSpace.find(space, connection)?.entries(connection)
    }
  }

  /// Exact, and in another file than the records.
  package var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "sqlite-vec", isExact: true, sharesTransactionsWithRecords: false)
  }

  /// The sqlite-vec that this Loci works with.
  package static let engineVersion = SQLiteVecLibrary.version

  /// Where set-up puts sqlite-vec's library.
  package static func library(in folders: Folders) -> URL {
    folders.engines.appending(path: "sqlite-vec/\(SQLiteVecLibrary.version)/vec0.so")
  }

  /// Opens a file of vectors, makes it where there is none, and brings its schema up to date.
  ///
  /// A file that is not one of Loci's, or holds memories, is never changed.
  /// - Parameters:
  ///   - url: The file; its folder is made where it is missing, for its owner only.
  ///   - library: sqlite-vec's library, vec0.so; see ``library(in:)``.
  ///   - access: What for; reading makes nothing.
  ///   - busyTimeoutMilliseconds: How long to wait for another process's write.
  ///   - maximumPageCount: The most pages of 16384 bytes that the file may have; for tests.
  /// - Throws: ``LociError`` with the code `missing_library` where the library is missing, can't be
  ///   loaded or is of another version, else `notFound`, `corrupt`, `newerSchema`, `readOnly`,
  ///   `diskFull` or `busy`.
  package static func open(
    at url: URL, extension library: URL, access: StoreAccess = .writing,
    busyTimeoutMilliseconds: Int = 10_000, maximumPageCount: Int? = nil
  ) async throws -> SQLiteVecStore {
    var settings = ConnectionSettings(
      path: url.path(percentEncoded: false), busyTimeoutMilliseconds: busyTimeoutMilliseconds,
      maximumPageCount: maximumPageCount, sqliteVec: SQLiteVecLibrary(url: library))
    settings = try await Opener(.sqliteVec).open(settings, access)
    return SQLiteVecStore(ConnectionPool(settings, readerCount: 2))
  }

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  ///
  /// - Throws: ``LociError/Code/unsupported`` for more than 8192 components.
  package func ensure(_ space: EmbeddingSpace) async throws {
    let known = try await pool.read { try SQLiteVecSpace.find(space, $0) != nil }
    if known { return }
    try await write { _ = try SQLiteVecSpace.ensure(space, $0) }
  }

  /// The namespaces that hold entries of a space. Complexity: O(vectors of all spaces).
  package func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    try await pool.read { connection in
      guard let stored = try SQLiteVecSpace.find(space, connection) else { return [] }
      return try connection.rows(
        "SELECT DISTINCT namespace FROM vector WHERE space = ?", [.integer(stored.number)]
      ) { try Namespace($0.text(0)) }
    }
  }

  /// Adds entries, replacing those of the same namespace and id; the last of two wins.
  package func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    for entry in entries { try entry.vector.requireDimension(space.dimension) }
    guard !entries.isEmpty else { return }
    try await write { connection in
      try SQLiteVecWriter(space: SQLiteVecSpace.ensure(space, connection), connection: connection)
        .upsert(entries)
    }
  }

  /// Deletes entries; unknown ids are no error. Returns how many there were.
  @discardableResult
  package func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    return try await write { connection in
      guard let stored = try SQLiteVecSpace.find(space, connection) else { return 0 }
      return try SQLiteVecWriter(space: stored, connection: connection).delete(ids, namespace)
    }
  }

  /// The nearest entries that pass the filter, best first, ties by id; see ``VectorStore``.
  ///
  /// Complexity: O(vectors of the namespace); with a limit of a few thousand or more, each vector
  /// is read one by one, which takes several times as long.
  package func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    return try await pool.read { connection in
      try SQLiteVecSpace.find(space, connection).map {
        try SQLiteVecSearch(space: $0, namespace: namespace, connection: connection)
          .nearest(to: query, limit: limit, where: filter)
      }
    } ?? []
  }

  /// Copies the vectors into a new vec0 table without the gaps of deleted ones.
  package func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await write { try SQLiteVecSpace.find(space, $0)?.rebuild($0) }
  }

  /// Gives back room that deleted and replaced entries took. Complexity: O(file).
  package func compact() async throws { try await pool.compact(Self.rebuildAll) }

  /// Writes the file anew, so that it holds what is there and nothing else. Complexity: O(file).
  package func scrub() async throws -> [String] {
    try await pool.scrub(Self.rebuildAll)
    return []
  }

  @Sendable private static func rebuildAll(_ connection: Connection) throws {
    try connection.explainingFullDisk {
      for space in try StoredSpace.all(connection) {
        try SQLiteVecSpace.find(space, connection)?.rebuild(connection)
      }
    }
  }

  /// Reads every page and index; returns what is wrong, in SQLite's words; empty where all is well.
  ///
  /// Complexity: O(file). It may run while others write.
  package func integrityCheck() async throws -> [String] { try await pool.integrityCheck() }

  private func write<T: Sendable>(
    _ body: @Sendable (Connection) throws -> T
  ) async throws -> T {
    try await pool.write { connection in
      try connection.explainingFullDisk { try body(connection) }
    }
  }
}
