import LociCore
import Synchronization

/// What is known of the spaces' tables without asking the server each time.
final class SpaceCache: Sendable {
  /// A table below this many rows is read as a whole: exact, and as fast.
  static let smallTable = 2000

  private struct Entry {
    let usesIndex: Bool
    let end: ContinuousClock.Instant
  }

  private let state = Mutex<[String: Entry]>([:])

  /// Whether the server has the space.
  func knows(_ space: EmbeddingSpace) -> Bool { state.withLock { $0[space.key] != nil } }

  /// Forgets how large a space's table is.
  func forget(_ space: EmbeddingSpace) { state.withLock { $0[space.key] = nil } }

  /// Whether searches go through an index: nil where there is no such space.
  ///
  /// A large table stays large for a minute; a small one is looked at again after a second.
  func usesIndex(_ table: VectorTable, _ connection: Connection) throws -> Bool? {
    let entry = state.withLock { $0[table.space.key] }
    if let entry, entry.end > .now { return entry.usesIndex }
    guard try table.exists(connection) else { return nil }
    let count = """
      SELECT count(*) FROM (SELECT 1 FROM \(table.name) LIMIT \(Self.smallTable)) AS row
      """
    let usesIndex =
      try table.hasIndex(connection) && connection.integer(count) == Int64(Self.smallTable)
    state.withLock {
      $0[table.space.key] = Entry(
        usesIndex: usesIndex, end: .now + (usesIndex ? .seconds(60) : .seconds(1)))
    }
    return usesIndex
  }
}
