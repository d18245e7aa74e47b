package import LociCore

/// An encoder's tensors, by the names that BERT's checkpoints give them.
package protocol EncoderTensors {
  /// A tensor's values.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where it is missing or has another shape, and what
  ///   reading throws.
  func values(of name: String, shape: [Int]) throws(LociError) -> [Float]

  /// A matrix that is read row by row.
  ///
  /// - Throws: As ``values(of:shape:)``.
  func rows(of name: String, shape: [Int]) throws(LociError) -> any TensorRows
}

/// The rows of a matrix that stays in its file.
package protocol TensorRows: Sendable {
  /// Makes sure that the file is what it was when it was opened. Complexity: O(1).
  ///
  /// - Throws: ``LociError/Code/conflict`` where it was changed.
  func check() throws(LociError)

  /// Reads some rows that are there, one after another; the buffer has room for exactly those.
  func read(
    from row: Int, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(LociError)
}
