import LociCore
import LociSQL
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

  /// Lends the writing connection inside a transaction if nobody else writes right now; else it
  /// throws ``LociError/Code/busy`` at once.
  func writeAtOnce<T: Sendable>(
    _ body: @Sendable (Connection) throws -> T
  ) async throws -> T {
    try await writer.perform { connection in
      try connection.withoutWaiting { try connection.write(body) }
    }
  }

  /// Tidies the tables in a transaction, rewrites the file without its gaps, and empties its log.
  func compact(_ tidy: @Sendable (Connection) throws -> Void) async throws {
    try await writer.perform { connection in
      try connection.write(tidy)
      // Pages change their places, so another lineage begins.
      try connection.write(Lineage.forget)
      try connection.execute("VACUUM")
      try connection.write { _ in }
      try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Compacts so that the file and its log hold what is there and nothing else, which throws
  /// ``LociError/Code/busy`` while somebody reads what only the log still holds.
  func scrub(_ tidy: @Sendable (Connection) throws -> Void) async throws {
    try await compact { connection in
      try tidy(connection)
      try connection.forgetSamples()
    }
    try await writer.perform { connection in
      let isHeld = try connection.rows("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) != 0 }
      guard isHeld.contains(true) else { return }
      throw LociError(
        .busy, "Somebody reads an old state of the store, which keeps what was deleted in its log.",
        remedy: "Wait until that has ended, or end it, and try again.")
    }
  }

  /// Writes a copy without gaps, as of one moment, into a file that is empty or not there. Nobody
  /// waits for it.
  func copy(to path: String) async throws {
    try await readers[0].perform { connection in
      try connection.execute("VACUUM INTO ?", [.text(path)])
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

extension Connection {
  /// Deletes what `PRAGMA optimize` sampled of indexes, where this SQLite keeps samples: they hold
  /// values of rows that may be gone.
  fileprivate func forgetSamples() throws {
    let samples = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat4'"
    guard try first(samples, [], { _ in true }) != nil else { return }
    try execute("DELETE FROM sqlite_stat4")
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
    do {
      return try body(connection)
    } catch let error as LociError where error.code == .busy && connection.frozen != nil {
      // Somebody writes to what was read as if nobody could: the next call looks again.
      self.connection = nil
      throw error
    }
  }
}
