public import LociCore

/// A vector that a search found.
public struct Neighbor<ID: Hashable & Sendable>: Hashable, Sendable {
  /// What the vector was inserted as.
  public let id: ID
  /// Its cosine with the query.
  public let similarity: Similarity

  /// Makes a neighbor.
  public init(id: ID, similarity: Similarity) {
    self.id = id
    self.similarity = similarity
  }
}

/// Which of an index's vectors a search may return.
public enum Candidates: Sendable {
  /// All of them.
  case all
  /// Those of these labels, in any order; unknown labels are passed over. Best for a small share.
  case only([Int64])
  /// Those whose label passes. The test runs inside the scan, on several threads, for those
  /// vectors only that would be returned otherwise: best for a large share.
  case passing(@Sendable (Int64) -> Bool)
}
