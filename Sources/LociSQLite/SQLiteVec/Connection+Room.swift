import LociCore
import LociSQL

extension Connection {
  /// Runs what writes to vec0 inside a transaction, and finds out why it failed.
  ///
  /// vec0 hides SQLite's reason behind an error of its own. Where there is no room for more, SQLite
  /// says so when it is asked to write as much as vec0 might have.
  func explainingFullDisk<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as LociError where error.code == .io {
      // SQLite may have undone the transaction; a savepoint keeps this out of the file anyway.
      try execute("SAVEPOINT room")
      try execute("CREATE TABLE room (bytes BLOB)")
      try execute("INSERT INTO room VALUES (zeroblob(?))", [.integer(Self.largestChunk * 2)])
      try execute("ROLLBACK TO room")
      try execute("RELEASE room")
      throw error
    }
  }

  /// The bytes of vec0's largest chunk: 128 vectors of 8192 components.
  private static let largestChunk: Int64 = 128 * 8192 * 4
}
