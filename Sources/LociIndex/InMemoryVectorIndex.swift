import CVectorKernels
public import LociCore
import Synchronization

/// A vector index that keeps the vectors too, under ids of the app's choice: for apps that use
/// `LociIndex` alone. Safe to share.
///
/// Memory: about 5.2 · d bytes a vector and what the ids take.
///
///     let index = try InMemoryVectorIndex<String>(dimension: 384)
///     try index.upsert(vector, id: "tea")
///     let nearest = try index.search(query, limit: 10)
public final class InMemoryVectorIndex<ID: Hashable & Comparable & Sendable>: Sendable {
  /// The number of components of a vector.
  public let dimension: Int

  private let quantizer: Quantizer
  private let state: Mutex<State>

  /// Everything that the lock protects. Labels are numbers that were never used before.
  private struct State {
    let index: VectorIndex
    var labels: [ID: Int64] = [:]
    var entries: [Int64: (id: ID, vector: UnitVector)] = [:]
    var nextLabel: Int64 = 0
  }

  /// Makes an empty index, or throws ``LociError/Code/invalidArgument`` for a dimension outside
  /// ``Quantizer/dimensions``.
  ///
  /// ```swift
  /// let index = try InMemoryVectorIndex<String>(dimension: vector.dimension)
  /// try index.upsert(vector, id: "tea")
  /// for neighbor in try index.search(vector, limit: 3) { print(neighbor.id, neighbor.similarity) }
  /// ```
  public init(dimension: Int) throws(LociError) {
    self.dimension = dimension
    quantizer = try Quantizer(dimension: dimension)
    state = Mutex(State(index: try VectorIndex(dimension: dimension)))
  }

  /// How many vectors the index holds.
  public var count: Int { state.withLock { $0.index.count } }

  /// The vector of an id, bit by bit as it was inserted. Complexity: O(1).
  public func vector(for id: ID) -> UnitVector? {
    state.withLock { state in state.labels[id].flatMap { state.entries[$0]?.vector } }
  }

  /// Adds a vector; one of the same id is replaced. Complexity: O(d log d).
  ///
  /// - Throws: ``LociError/Code/dimensionMismatch``.
  public func upsert(_ vector: UnitVector, id: ID) throws(LociError) {
    let code = try quantizer.code(for: vector)
    try state.withLock { (state) throws(LociError) in
      let label = state.labels[id] ?? state.nextLabel
      try state.index.insert(code, label: label)
      state.labels[id] = label
      state.entries[label] = (id, vector)
      if label == state.nextLabel { state.nextLabel += 1 }
    }
  }

  /// Removes a vector; returns whether there was one. Complexity: O(dimension).
  @discardableResult
  public func remove(_ id: ID) -> Bool {
    state.withLock { state in
      guard let label = state.labels.removeValue(forKey: id) else { return false }
      state.entries[label] = nil
      return state.index.remove(label)
    }
  }

  /// The nearest vectors, best first, ties by id; `limit` of them where there are as many.
  ///
  /// - Parameters:
  ///   - limit: At least 1.
  ///   - ids: Where given, only these are returned.
  /// - Throws: ``LociError/Code/dimensionMismatch``, and ``LociError/Code/invalidArgument`` for a
  ///   limit below 1.
  public func search(
    _ query: UnitVector, limit: Int, among ids: Set<ID>? = nil
  ) throws -> [Neighbor<ID>] {
    try state.withLock { state in
      let candidates = ids.map { Candidates.only($0.compactMap { state.labels[$0] }) } ?? .all
      let found = try state.index.search(query, limit: limit, among: candidates) { labels in
        labels.map { state.entries[$0]?.vector.components }
      }
      let named = found.compactMap { neighbor in
        state.entries[neighbor.id].map {
          Neighbor(id: $0.id, similarity: neighbor.similarity)
        }
      }
      return Array(named.bestIncludingTies(limit).prefix(limit))
    }
  }
}
