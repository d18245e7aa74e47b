import CTransformerKernels
import LociCore

/// An encoder's weights as the kernels read them: the same bytes for every CPU.
///
/// Before them there is room for the header of a ``PackedFile``, so that they are written and read
/// in one piece.
struct PackedWeights: Sendable {
  let layout: PackedLayout
  let memory: AlignedMemory

  /// The address of a part.
  func part(_ offset: Int) -> UnsafeMutablePointer<Float> {
    unsafe memory.floats(at: PackedFile.headerBytes + offset)
  }

  /// Weights that are still to be filled in.
  init(_ shape: EncoderShape, _ precision: Precision) throws(LociError) {
    layout = PackedLayout(shape, precision)
    memory = try AlignedMemory(PackedFile.headerBytes + layout.byteCount)
  }

  /// Packs an encoder's tensors. Complexity: O(weights).
  ///
  /// - Throws: ``LociError/Code/corrupt`` where a tensor is missing, has another shape, or holds
  ///   NaN or infinity, and what reading throws.
  init(
    packing tensors: any EncoderTensors, _ shape: EncoderShape, _ precision: Precision
  ) throws(LociError) {
    try self.init(shape, precision)
    let packer = Packer(weights: self, tensors: tensors, precision: precision)
    try packer.positions(shape)
    try packer.normalization("embeddings.LayerNorm", shape.hidden, layout.first)
    for (index, layer) in layout.layers.enumerated() {
      let name = "encoder.layer.\(index)"
      let parts = ["query", "key", "value"].map { "\(name).attention.self.\($0)" }
      try packer.dense(parts, layer.projection)
      try packer.dense(["\(name).attention.output.dense"], layer.output)
      try packer.normalization("\(name).attention.output.LayerNorm", shape.hidden, layer.middle)
      try packer.dense(["\(name).intermediate.dense"], layer.widening)
      try packer.dense(["\(name).output.dense"], layer.narrowing)
      try packer.normalization("\(name).output.LayerNorm", shape.hidden, layer.last)
    }
  }
}

/// Puts tensors where a layout wants them.
private struct Packer {
  let weights: PackedWeights
  let tensors: any EncoderTensors
  let precision: Precision

  /// Position vectors; all texts are of the first segment.
  func positions(_ shape: EncoderShape) throws(LociError) {
    let rows = try finite("embeddings.position_embeddings.weight", [shape.positions, shape.hidden])
    let segments = try finite(
      "embeddings.token_type_embeddings.weight", [shape.segments, shape.hidden])
    let target = unsafe weights.part(weights.layout.positions)
    let width = tk_padded(shape.hidden)
    for row in 0..<shape.positions {
      for index in 0..<shape.hidden {
        unsafe target[row * width + index] = rows[row * shape.hidden + index] + segments[index]
      }
    }
  }

  func normalization(
    _ name: String, _ length: Int, _ place: PackedLayout.Normalization
  ) throws(LociError) {
    copy(try finite("\(name).weight", [length]), to: place.weight)
    copy(try finite("\(name).bias", [length]), to: place.bias)
  }

  /// Linear layers with the same input, side by side.
  func dense(_ names: [String], _ place: PackedLayout.Dense) throws(LociError) {
    let columns = place.columns / names.count
    for (index, name) in names.enumerated() {
      let matrix = try finite("\(name).weight", [columns, place.depth])
      unsafe tk_pack(
        matrix, columns, place.depth, precision.identifier, index * columns,
        weights.part(place.matrix))
      copy(try finite("\(name).bias", [columns]), to: place.bias + 4 * index * columns)
    }
  }

  private func copy(_ values: [Float], to offset: Int) {
    let target = unsafe weights.part(offset)
    for (index, value) in values.enumerated() { unsafe target[index] = value }
  }

  private func finite(_ name: String, _ shape: [Int]) throws(LociError) -> [Float] {
    let values = try tensors.values(of: name, shape: shape)
    guard unsafe tk_all_finite(values, values.count) else { throw .infinite(name) }
    return values
  }
}

extension LociError {
  static func infinite(_ name: String) -> LociError {
    LociError(
      .corrupt, "The tensor \(name) holds NaN or infinity.",
      remedy: "Fetch the model again, or use another one.")
  }
}
