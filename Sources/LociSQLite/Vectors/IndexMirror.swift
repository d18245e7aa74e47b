import LociCore
import LociIndex
import LociSQL

/// The in-process index of a space: the partitions that searches have needed so far, kept in step
/// with the file by the changes since the last look.
final class IndexMirror {
  private struct Loaded {
    let namespace: String
    let index: VectorIndex
  }

  /// The count of the file's clock that the loaded partitions show.
  private(set) var change: Int64 = -1
  private let space: StoredSpace
  private var partitions: [Int64: Loaded] = [:]
  private var lastTombstone: Int64 = 0

  init(_ space: StoredSpace) { self.space = space }

  /// The indexes of the partitions that the namespace and the filter's collections and statuses
  /// choose, as the connection's snapshot has them.
  func indexes(
    of namespace: Namespace, for filter: Filter, _ connection: Connection
  ) throws -> [VectorIndex] {
    try follow(connection)
    let collections = filter.collections.map { Set($0.map(\.name)) }
    let statuses = filter.statuses.map { Set($0.map(\.rawValue)) }
    return try Partition.all(of: namespace, space: space.number, connection)
      .filter { partition in
        collections?.contains(partition.collection) ?? true
          && statuses?.contains(partition.status) ?? true
      }
      .map { try index(of: $0, namespace, connection) }
      .filter { $0.count > 0 }
  }

  private func index(
    of partition: Partition, _ namespace: Namespace, _ connection: Connection
  ) throws -> VectorIndex {
    if let loaded = partitions[partition.number] { return loaded.index }
    let index = try VectorIndex(dimension: space.space.dimension)
    let range: [Value] = [
      .integer(partition.keys.lowerBound), .integer(partition.keys.upperBound),
    ]
    try connection.forEach(
      "SELECT key, code FROM vector_code WHERE key BETWEEN ? AND ?", range
    ) { row in
      let label = Partition.vector(ofKey: row.integer(0))
      unsafe try row.withBlob(1) { unsafe try index.insert($0.bytes, label: label) }
      return true
    }
    partitions[partition.number] = Loaded(namespace: namespace.name, index: index)
    return index
  }

  /// Brings the loaded partitions to the snapshot.
  private func follow(_ connection: Connection) throws {
    let now = try connection.integer("SELECT change FROM vector_clock")
    guard now != change else { return }
    if !partitions.isEmpty { try catchUp(connection) }
    change = now
    lastTombstone = try connection.integer("SELECT max(sequence) FROM vector_tombstone")
  }

  private func catchUp(_ connection: Connection) throws {
    let oldest = try connection.integer("SELECT min(sequence) FROM vector_tombstone")
    guard oldest <= lastTombstone || oldest == lastTombstone &+ 1 else {
      // Too far behind: the deletions in between are no longer known.
      partitions = [:]
      return
    }
    // Deletions first: a number may have been given away again since.
    try connection.forEach(
      "SELECT namespace, number FROM vector_tombstone WHERE space = ? AND sequence > ?",
      [.integer(space.number), .integer(lastTombstone)]
    ) { row in
      remove(row.integer(1), row.text(0))
      return true
    }
    try applyChanges(connection)
  }

  private func applyChanges(_ connection: Connection) throws {
    try connection.forEach(
      """
      SELECT vector.number, vector.namespace, vector_partition.number, code FROM vector
      JOIN vector_partition USING (space, namespace, collection, status)
      JOIN vector_code ON key = vector_partition.number << \(Partition.shift) | vector.number
      WHERE vector.space = ? AND vector.change > ?
      """, [.integer(space.number), .integer(change)]
    ) { row in
      let label = row.integer(0)
      remove(label, row.text(1))
      if let loaded = partitions[row.integer(2)] {
        unsafe try row.withBlob(3) { unsafe try loaded.index.insert($0.bytes, label: label) }
      }
      return true
    }
  }

  private func remove(_ label: Int64, _ namespace: String) {
    for loaded in partitions.values where loaded.namespace == namespace {
      loaded.index.remove(label)
    }
  }
}
