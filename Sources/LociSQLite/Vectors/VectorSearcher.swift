import LociCore
import LociIndex
import LociSQL

/// Owns the in-process index and the connection that it is read from.
///
/// One snapshot serves a whole search: the index is brought to it, filters are evaluated in it, and
/// the vectors that decide are read from it.
actor VectorSearcher {
  private let executor = WorkerExecutor(label: "loci.sqlite.searcher")
  private let settings: ConnectionSettings
  private var connection: Connection?
  private var mirrors: [Int64: IndexMirror] = [:]
  private var labels = LabelCache()

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(_ settings: ConnectionSettings) { self.settings = settings }

  /// The nearest entries that pass the filter, best first, ties by id.
  func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) throws -> [VectorMatch] {
    try Task.checkCancellation()
    do {
      return try search(
        query, namespace: namespace, in: space, limit: limit, where: filter, connect())
    } catch let error as LociError where error.code == .busy && connection?.frozen != nil {
      // Somebody writes to what was read as if nobody could: the next call looks again.
      (connection, mirrors, labels) = (nil, [:], LabelCache())
      throw error
    }
  }

  private func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter,
    _ connection: Connection
  ) throws -> [VectorMatch] {
    guard let found = try connection.read({ try StoredSpace.find(space, $0) }) else { return [] }
    guard let stored = try current(found, connection) else {
      // Codes of another version, and no way to make them anew now: every vector is compared.
      return try connection.read { connection in
        try VectorTable(
          space: found.number, dimension: space.dimension, components: "vector_components",
          connection
        ).nearest(to: query, in: namespace, limit: limit, where: filter)
      }
    }
    return try connection.read { connection in
      let mirror = mirror(of: stored)
      let indexes = try mirror.indexes(of: namespace, for: filter, connection)
      let candidates = try labels.candidates(
        of: namespace, for: filter, space: stored.number, change: mirror.change, connection)
      return try VectorMatch.records(limit: limit) { count in
        let neighbors = try indexes.flatMap { index in
          try index.search(query, limit: count, among: candidates) { wanted in
            try Self.vectors(wanted, dimension: space.dimension, connection)
          }
        }
        return try Self.matches(neighbors, limit: count, connection)
      }
    }
  }

  /// Loads what searches in the file's only space need. Where there are several, nobody knows yet
  /// which one will be searched.
  func prepare(namespace: Namespace, where filter: Filter) throws {
    let connection = try connect()
    let spaces = try StoredSpace.all(connection)
    guard spaces.count == 1, let found = try StoredSpace.find(spaces[0], connection),
      let stored = try current(found, connection)
    else { return }
    try connection.read { _ = try mirror(of: stored).indexes(of: namespace, for: filter, $0) }
  }

  private func connect() throws -> Connection {
    let connection = try self.connection ?? settings.connect()
    self.connection = connection
    return connection
  }

  private func mirror(of space: StoredSpace) -> IndexMirror {
    let mirror = mirrors[space.number] ?? IndexMirror(space)
    mirrors[space.number] = mirror
    return mirror
  }

  /// The space, once its codes are of this version; nil where nothing can be written now, since a
  /// search waits for nobody.
  private func current(_ found: StoredSpace, _ connection: Connection) throws -> StoredSpace? {
    guard found.codeVersion != Quantizer.formatVersion else { return found }
    do {
      return try connection.withoutWaiting {
        try connection.write { connection in
          // Read again under the lock: another process may have been faster.
          let stored = try StoredSpace.ensure(found.space, connection)
          if stored.codeVersion != Quantizer.formatVersion {
            try VectorWriter(stored, followsRecords: false, connection).requantize()
          }
          return stored
        }
      }
    } catch let error as LociError where error.code == .busy || error.code == .readOnly {
      return nil
    }
  }

  private static func vectors(
    _ numbers: [Int64], dimension: Int, _ connection: Connection
  ) throws -> [[Float]?] {
    try numbers.map { number in
      try connection.first(
        "SELECT components FROM vector_components WHERE number = ?", [.integer(number)]
      ) { try Components.decode($0, 0, dimension: dimension) }
    }
  }

  /// The matches of the best neighbours, ties at the cut included.
  private static func matches(
    _ neighbors: [Neighbor<Int64>], limit: Int, _ connection: Connection
  ) throws -> [VectorMatch] {
    let best = neighbors.sorted { $0.similarity > $1.similarity }
    let cut = best.count > limit ? best[limit - 1].similarity : Similarity(-1)
    return try best.prefix { $0.similarity >= cut }.compactMap { neighbor in
      try connection.first("SELECT id FROM vector WHERE number = ?", [.integer(neighbor.id)]) {
        VectorMatch(id: try RecordID($0.text(0)), similarity: neighbor.similarity)
      }
    }
  }
}
