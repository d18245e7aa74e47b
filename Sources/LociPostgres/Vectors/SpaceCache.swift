import LociCore
import Synchronization

/// What is known of the spaces' tables without asking the server each time.
final class SpaceCache: Sendable {
  /// A table below this many rows is read as a whole: exact, and as fast.
  static let smallTable = 2000

  private struct Entry {
    let usesIndex: Bool
    /// Until when it holds, by the uptime.
    let end: Duration
  }

  private struct State {
    /// The tables of spaces that were seen. None ever goes.
    var known: [EmbeddingSpace: VectorTable] = [:]
    var entries: [EmbeddingSpace: Entry] = [:]
  }

  private let surroundings: Surroundings
  private let state = Mutex(State())

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// The table of a space, where the server is known to have it.
  func knownTable(of space: EmbeddingSpace) -> VectorTable? { state.withLock { $0.known[space] } }

  /// Notes that the server has a space's table.
  func learn(_ table: VectorTable) { state.withLock { $0.known[table.space] = table } }

  /// Forgets how large a space's table is.
  func forget(_ space: EmbeddingSpace) { state.withLock { $0.entries[space] = nil } }

  /// The table of a space; nil where the server has none. It is asked until it has.
  func table(of space: EmbeddingSpace, _ connection: Connection) throws -> VectorTable? {
    if let known = knownTable(of: space) { return known }
    guard let table = try VectorTable.find(space, connection) else { return nil }
    learn(table)
    return table
  }

  /// Whether searches go through an index.
  ///
  /// A large table stays large for a minute; a small one is looked at again after a second.
  func usesIndex(_ table: VectorTable, _ connection: Connection) throws -> Bool {
    let entry = state.withLock { $0.entries[table.space] }
    if let entry, entry.end > surroundings.uptime() { return entry.usesIndex }
    let count = """
      SELECT count(*) FROM (SELECT 1 FROM \(table.name) LIMIT \(Self.smallTable)) AS row
      """
    let usesIndex =
      try table.hasIndex(connection) && connection.integer(count) == Int64(Self.smallTable)
    let end = surroundings.uptime() + (usesIndex ? .seconds(60) : .seconds(1))
    state.withLock { $0.entries[table.space] = Entry(usesIndex: usesIndex, end: end) }
    return usesIndex
  }
}
