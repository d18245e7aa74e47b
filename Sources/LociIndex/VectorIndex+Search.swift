import CVectorKernels
import Foundation
public import LociCore

extension VectorIndex {
  /// Below this many vectors the 8-bit scan alone is as fast.
  static let smallestSignScan = 2048
  /// Below this many components the sign estimate's error is too large, and not normal.
  static let smallestSignDimension = 64
  /// From this many vectors on a second thread pays.
  static let smallestParallelScan = 20_000

  /// The nearest vectors, best first, ties by label.
  ///
  /// Exact: cosines are computed from the full vectors, in double precision, as
  /// ``UnitVector/similarity(to:)`` does. A vector is left out only where a hard bound says that it
  /// can't be among the best `limit`; in large indexes also where its sign estimate falls more than
  /// five standard errors short, which a vector that belongs to the answer does about 3 times in
  /// ten million.
  ///
  /// - Parameters:
  ///   - limit: At least 1. **All** vectors that tie with the last one are returned too, so that
  ///     the caller can break ties by ids of its own and then cut.
  ///   - candidates: Which vectors may be returned; this never makes the answer shorter than
  ///     `limit` where that many are allowed.
  ///   - exactVectors: Called at most once, with ascending labels; returns the unit vector of
  ///     each, in that order, nil where it is gone meanwhile (it is left out then).
  /// - Throws: ``LociError/Code/dimensionMismatch``, ``LociError/Code/invalidArgument`` for a limit
  ///   below 1, ``LociError/Code/corrupt`` where `exactVectors` returns another number of vectors
  ///   or components, and what `exactVectors` throws.
  /// - Complexity: O(count · dimension / 64) where the data spread, at worst
  ///   O(count · dimension).
  public func search(
    _ query: UnitVector, limit: Int, among candidates: Candidates = .all,
    exactVectors: (_ labels: [Int64]) throws -> [[Float]?]
  ) throws -> [Neighbor<Int64>] {
    try query.requireDimension(dimension)
    guard limit >= 1 else {
      throw LociError(.invalidArgument, "A search's limit is \(limit); it must be at least 1.")
    }
    let prepared = PreparedQuery(query, quantizer: quantizer, shape: shape)
    let found = finalists(for: prepared, limit: limit, among: candidates).map { labels[$0] }
      .sorted()
    guard !found.isEmpty else { return [] }
    let vectors = try exactVectors(found)
    guard vectors.count == found.count else {
      throw LociError(
        .corrupt,
        "A search asked for \(Count.of(found.count, "vector")) and was given \(vectors.count).")
    }
    var neighbors: [Neighbor<Int64>] = []
    for (label, vector) in zip(found, vectors) {
      guard let vector else { continue }
      neighbors.append(Neighbor(id: label, similarity: try similarity(query, vector)))
    }
    return neighbors.bestIncludingTies(limit)
  }

  private func similarity(_ query: UnitVector, _ vector: [Float]) throws(LociError) -> Similarity {
    guard vector.count == dimension else {
      throw LociError(
        .corrupt, "A stored vector has \(vector.count) components; \(dimension) are expected.",
        remedy: "Embed its text again.")
    }
    return unsafe Similarity(Float(vk_dot(query.components, vector, dimension)))
  }

  /// The slots that may hold one of the best.
  private func finalists(
    for query: PreparedQuery, limit: Int, among candidates: Candidates
  ) -> [Int] {
    switch candidates {
    case .all:
      return scan(query, limit: limit, allows: nil)
    case .passing(let test):
      let labels = labels
      return scan(query, limit: limit) { test(labels[$0]) }
    case .only(let wanted):
      let slots = wanted.compactMap { slot(of: $0) }
      guard slots.count > Self.smallestSignScan, slots.count > count / 8 else {
        return pick(Set(slots).sorted(), for: query, limit: limit)
      }
      var allowed = [Bool](repeating: false, count: count)
      for slot in slots { allowed[slot] = true }
      let mask = allowed
      return scan(query, limit: limit) { mask[$0] }
    }
  }

  /// Estimates some slots, given in ascending order.
  private func pick(_ slots: [Int], for query: PreparedQuery, limit: Int) -> [Int] {
    var scan = CandidateScan(query: query, limit: limit)
    var rest = slots[...]
    while let slot = rest.first {
      let chunk = slot / shape.capacity
      let end = (chunk + 1) * shape.capacity
      let batch = rest.prefix(CandidateScan.batch).prefix { $0 < end }
      scan.take(batch, of: chunks[chunk], first: chunk * shape.capacity)
      rest = rest.dropFirst(batch.count)
    }
    return scan.finish()
  }

  /// Scans everything.
  private func scan(
    _ query: PreparedQuery, limit: Int, allows: (@Sendable (Int) -> Bool)?
  ) -> [Int] {
    let scansSigns = count >= Self.smallestSignScan && dimension >= Self.smallestSignDimension
    return FullScan(
      chunks: chunks, count: count, query: query, limit: limit, scansSigns: scansSigns,
      allows: allows
    ).run(threads: count < Self.smallestParallelScan ? 1 : Self.threads)
  }

  private static let threads = ProcessInfo.processInfo.activeProcessorCount
}

extension Array {
  /// The best `limit` and what ties with the last of them, best first, ties by id.
  func bestIncludingTies<ID: Comparable>(_ limit: Int) -> [Neighbor<ID>]
  where Element == Neighbor<ID> {
    let ranked = sorted {
      $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.id < $1.id
    }
    guard ranked.count > limit else { return ranked }
    let last = ranked[limit - 1].similarity
    return Array(ranked.prefix { $0.similarity >= last })
  }
}
