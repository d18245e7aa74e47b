/// Cosine similarity, −1…1: the one scale that every store answers in.
public struct Similarity: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The cosine, −1…1.
  public let value: Float

  /// Takes a cosine; rounding beyond −1…1 is clamped, and NaN becomes −1.
  public init(_ cosine: Float) { value = cosine.isNaN ? -1 : min(1, max(-1, cosine)) }

  /// Takes a cosine distance, 1 − cosine, 0…2.
  public init(cosineDistance: Float) { self.init(1 - cosineDistance) }

  /// Takes the squared Euclidean distance of two unit vectors: cosine = 1 − d²/2.
  public init(squaredDistanceOfUnitVectors distance: Float) { self.init(1 - distance / 2) }

  /// Orders by value; the order is total, since there is no NaN.
  public static func < (left: Similarity, right: Similarity) -> Bool { left.value < right.value }

  /// The value.
  public var description: String { "\(value)" }
}

/// A policy's final score, and the policy that computed it.
///
/// It is no ``Similarity``: two relevances compare only where their policies are the same.
public struct Relevance: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The score; its range is the policy's.
  public let value: Double
  /// The policy's name, e.g. `cosine` or `rrf`.
  public let policy: String

  /// Makes a relevance.
  public init(_ value: Double, policy: String) {
    self.value = value
    self.policy = policy
  }

  /// The score and its policy.
  public var description: String { "\(value) (\(policy))" }
}

extension Similarity: Codable {
  /// Decodes a number.
  public init(from decoder: any Decoder) throws { self.init(try Float(from: decoder)) }
  /// Encodes the cosine.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
