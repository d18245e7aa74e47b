/// A vector of length 1: finite, not zero, checked when it is made and never again.
public struct UnitVector: Hashable, Sendable {
  /// The components; their squares sum to 1 within float32 rounding.
  public let components: [Float]

  /// The number of components.
  public var dimension: Int { components.count }

  /// Scales a vector to length 1. Complexity: O(dimension).
  ///
  /// A vector that is already a unit vector within 1e-6 keeps its exact bits, so that storing and
  /// loading never drifts.
  ///
  /// ```swift
  /// let vector = try UnitVector(normalizing: [3, 4])  // 0.6, 0.8
  /// ```
  /// - Throws: ``LociError/Code/invalidVector`` for NaN, infinity, a zero or an empty vector.
  public init(normalizing components: [Float]) throws(LociError) {
    guard !components.isEmpty else {
      throw LociError(.invalidVector, "A vector must have at least one component.")
    }
    guard let bad = components.firstIndex(where: { !$0.isFinite }) else {
      let squares = components.reduce(0.0) { $0 + Double($1) * Double($1) }
      guard squares > 0 else {
        throw LociError(
          .invalidVector, "A zero vector has no direction, so it has no cosine with anything.",
          remedy: "Leave out the text that produced it.")
      }
      if abs(squares - 1) <= 2e-6 {
        self.components = components
      } else {
        let length = squares.squareRoot()
        self.components = components.map { Float(Double($0) / length) }
      }
      return
    }
    throw LociError(
      .invalidVector, "Component \(bad) of a vector is \(components[bad]); it must be finite.")
  }

  /// The cosine with another vector, summed in double precision. Complexity: O(dimension).
  ///
  /// - Throws: ``LociError/Code/dimensionMismatch`` where the dimensions differ.
  public func similarity(to other: UnitVector) throws(LociError) -> Similarity {
    try other.requireDimension(dimension)
    var sum = 0.0
    for index in components.indices {
      sum += Double(components[index]) * Double(other.components[index])
    }
    return Similarity(Float(sum))
  }

  /// Throws ``LociError/Code/dimensionMismatch`` where the dimension is not the expected one.
  public func requireDimension(_ expected: Int) throws(LociError) {
    guard dimension == expected else {
      throw LociError(
        .dimensionMismatch, "A vector has \(dimension) components; its space has \(expected).",
        remedy: "Embed with the space's own model.")
    }
  }
}
