import LociCore
import LociTestKit

/// Seeded vectors of the kinds that indexes meet.
enum VectorData: String, CaseIterable, Sendable {
  case uniform, clustered, duplicates, nearDuplicates, oneHot

  func make(
    _ count: Int, dimension: Int, using generator: inout SeededGenerator
  ) throws -> [UnitVector] {
    switch self {
    case .uniform:
      return try (0..<count).map { _ in try randomUnitVector(dimension, using: &generator) }
    case .clustered:
      let centres = try (0..<max(1, count / 100)).map { _ in
        try randomUnitVector(dimension, using: &generator)
      }
      return try (0..<count).map { index in
        try near(centres[index % centres.count], noise: 0.7, using: &generator)
      }
    case .duplicates:
      let originals = try (0..<max(1, count / 20)).map { _ in
        try randomUnitVector(dimension, using: &generator)
      }
      return (0..<count).map { originals[$0 % originals.count] }
    case .nearDuplicates:
      let original = try randomUnitVector(dimension, using: &generator)
      return try (0..<count).map { _ in try near(original, noise: 1e-6, using: &generator) }
    case .oneHot:
      return try (0..<count).map { index in
        var components = [Float](repeating: 0, count: dimension)
        components[index % dimension] = index / dimension % 2 == 0 ? 1 : -1
        return try UnitVector(normalizing: components)
      }
    }
  }
}

/// A vector in a random direction.
func randomUnitVector(
  _ dimension: Int, using generator: inout SeededGenerator
) throws -> UnitVector {
  try UnitVector(normalizing: (0..<dimension).map { _ in normal(using: &generator) })
}

/// A vector that leaves another's direction by noise of about the given length.
func near(
  _ vector: UnitVector, noise: Float, using generator: inout SeededGenerator
) throws -> UnitVector {
  let deviation = noise / Float(vector.dimension).squareRoot()
  return try UnitVector(
    normalizing: vector.components.map { $0 + deviation * normal(using: &generator) })
}

/// About normal, which is all that is needed: Irwin and Hall's sum of twelve.
func normal(using generator: inout SeededGenerator) -> Float {
  (0..<12).reduce(-6) { sum, _ in sum + Float.random(in: 0..<1, using: &generator) }
}

/// What a search must return: every cosine in double precision, best first, ties by label.
func reference(
  _ query: UnitVector, in vectors: [Int64: UnitVector], limit: Int
) throws -> [(label: Int64, similarity: Similarity)] {
  let ranked = try vectors.map { (label: $0.key, similarity: try query.similarity(to: $0.value)) }
    .sorted { ($1.similarity, $0.label) < ($0.similarity, $1.label) }
  guard ranked.count > limit else { return ranked }
  return ranked.filter { $0.similarity >= ranked[limit - 1].similarity }
}
