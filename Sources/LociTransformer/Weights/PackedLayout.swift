import CTransformerKernels

/// Where the parts of packed weights lie, counted from their start. Each lies at a multiple of 64.
///
/// Vectors are float32, with whole lanes. The order is a format: a change needs a new
/// ``PackedFile/version``.
struct PackedLayout {
  /// A linear layer: its matrix, and its bias.
  struct Dense {
    let columns: Int
    let depth: Int
    let matrix: Int
    let bias: Int
  }

  /// A layer normalisation.
  struct Normalization {
    let weight: Int
    let bias: Int
  }

  struct Layer {
    let projection: Dense
    let output: Dense
    let middle: Normalization
    let widening: Dense
    let narrowing: Dense
    let last: Normalization
  }

  /// [positions][whole lanes of hidden], with the segment's vector added.
  let positions: Int
  let first: Normalization
  let layers: [Layer]
  let byteCount: Int

  init(_ shape: EncoderShape, _ precision: Precision) {
    var next = 0
    func take(_ bytes: Int) -> Int {
      defer { next += bytes }
      return next
    }
    func dense(_ columns: Int, _ depth: Int) -> Dense {
      let matrix = take(tk_packed_size(columns, depth, precision.identifier))
      return Dense(
        columns: columns, depth: depth, matrix: matrix, bias: take(4 * tk_padded(columns)))
    }
    func normalization() -> Normalization {
      let bytes = 4 * tk_padded(shape.hidden)
      return Normalization(weight: take(bytes), bias: take(bytes))
    }
    positions = take(4 * tk_padded(shape.hidden) * shape.positions)
    first = normalization()
    layers = (0..<shape.layers).map { _ in
      Layer(
        projection: dense(3 * shape.hidden, shape.hidden),
        output: dense(shape.hidden, shape.hidden), middle: normalization(),
        widening: dense(shape.wide, shape.hidden), narrowing: dense(shape.hidden, shape.wide),
        last: normalization())
    }
    byteCount = next
  }
}
