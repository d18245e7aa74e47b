import LociCore
import Synchronization

/// One connection to write with and a few to read with, each on a thread of its own.
///
/// In WAL mode readers see the last committed state and never wait for a writer.
final class ConnectionPool: Sendable {
  private let writer: ConnectionActor
  private let readers: [ConnectionActor]
  private let turn = Atomic<Int>(0)

  init(_ settings: ConnectionSettings, readerCount: Int) {
    writer = ConnectionActor(settings, label: "loci.sqlite.writer")
    readers = (0..<readerCount).map { ConnectionActor(settings, label: "loci.sqlite.reader.\($0)") }
  }

  /// Lends the writing connection inside a transaction; whatever `body` throws undoes everything.
  func write<T: Sendable>(_ body: @Sendable (Connection) throws -> T) async throws -> T {
    try await writer.perform { connection in try connection.write(body) }
  }

  /// Tidies the tables in a transaction, rewrites the file without its gaps, and empties its log.
  func compact(_ tidy: @Sendable (Connection) throws -> Void) async throws {
    try await writer.perform { connection in
      try connection.write(tidy)
      try connection.execute("VACUUM")
      try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Reads every page and index; returns what is wrong, in SQLite's words.
  func integrityCheck() async throws -> [String] {
    try await read { connection in
      try connection.rows("PRAGMA integrity_check(20)") { $0.text(0) }.filter { $0 != "ok" }
    }
  }

  /// Lends a reading connection over one snapshot.
  func read<T: Sendable>(_ body: @Sendable (Connection) throws -> T) async throws -> T {
    let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
    return try await readers[Int(UInt(bitPattern: number) % UInt(readers.count))]
      .perform { connection in try connection.read(body) }
  }
}

/// How the connections of a file are opened.
struct ConnectionSettings: Sendable {
  let path: String
  let busyTimeoutMilliseconds: Int32
  /// The most pages that the file may have; nil means as many as SQLite allows.
  let maximumPageCount: Int?
  /// sqlite-vec's library, which each connection loads; nil for files that need none.
  let sqliteVec: SQLiteVecLibrary?

  /// Opens a connection and sets what each one needs.
  func connect(creates: Bool = false) throws -> Connection {
    let connection = try Connection(
      path: path, creates: creates, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    try sqliteVec?.load(into: connection)
    // FULL: what was acknowledged survives a power cut, too. The file is not mapped into memory:
    // that was no faster, doubled the resident size, and a truncated file would end the process.
    try connection.executeScript(
      """
      PRAGMA foreign_keys = ON;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -32768;
      PRAGMA temp_store = MEMORY;
      """)
    if let maximumPageCount {
      try connection.execute("PRAGMA max_page_count = \(maximumPageCount)")
    }
    return connection
  }
}

/// A connection, opened on first use, and the thread that it blocks.
actor ConnectionActor {
  private let executor: WorkerExecutor
  private let settings: ConnectionSettings
  private var connection: Connection?

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(_ settings: ConnectionSettings, label: String) {
    self.settings = settings
    executor = WorkerExecutor(label: label)
  }

  /// Lends the connection.
  func perform<T: Sendable>(_ body: @Sendable (Connection) throws -> T) throws -> T {
    try Task.checkCancellation()
    let connection = try self.connection ?? settings.connect()
    self.connection = connection
    return try body(connection)
  }
}
