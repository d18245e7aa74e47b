import CTransformerKernels
import Dispatch
package import LociCore
import Synchronization

/// An encoder of the BERT family, loaded.
///
/// A text's vector depends on its own tokens alone: its bits are the same in any batch and on any
/// number of threads.
///
/// `@unchecked Sendable`: the description that the kernels read never changes after it is made.
@safe package final class TransformerEncoder: @unchecked Sendable {
  /// The shape of the model.
  package let shape: EncoderShape
  private let kernels: Kernels
  private let weights: PackedWeights
  private let words: any TensorRows
  private let pooling: EncoderPooling
  private let threads: Int
  private let pool: WorkspacePool
  private let layers: UnsafeMutablePointer<tk_layer>
  private let encoder: UnsafeMutablePointer<tk_encoder>

  /// Loads an encoder: from a packed file, else from its tensors, which are then kept packed.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where a tensor is missing, has another shape, or holds
  ///   NaN or infinity; ``LociError/Code/engine`` where there is too little memory.
  package init(
    _ shape: EncoderShape, tensors: any EncoderTensors, pooling: EncoderPooling,
    precision: Precision, kernels: Kernels, threads: Int, packed: PackedFile? = nil
  ) throws(LociError) {
    self.shape = shape
    self.kernels = kernels
    self.pooling = pooling
    self.threads = max(1, threads)
    pool = WorkspacePool(maximumIdle: self.threads)
    let name = "embeddings.word_embeddings.weight"
    words = try tensors.rows(of: name, shape: [shape.vocabulary, shape.hidden])
    if let kept = packed?.read(shape, precision) {
      weights = kept
    } else {
      try Self.requireFinite(words, shape, name)
      weights = try PackedWeights(packing: tensors, shape, precision)
      packed?.keep(weights, shape, precision)
    }
    unsafe layers = .allocate(capacity: shape.layers)
    for (index, layer) in weights.layout.layers.enumerated() {
      unsafe (layers + index).initialize(to: weights.layer(layer))
    }
    unsafe encoder = .allocate(capacity: 1)
    unsafe encoder.initialize(
      to: tk_encoder(
        hidden: shape.hidden, heads: shape.heads, wide: shape.wide, layerCount: shape.layers,
        epsilon: shape.epsilon, activation: shape.activation.epilogue,
        precision: precision.identifier, positions: weights.part(weights.layout.positions),
        firstWeight: weights.part(weights.layout.first.weight),
        firstBias: weights.part(weights.layout.first.bias), layers: layers))
  }

  deinit {
    unsafe encoder.deallocate()
    unsafe layers.deallocate()
  }

  /// Word vectors are read where they are needed; weights that were never packed are looked through
  /// once.
  private static func requireFinite(
    _ words: any TensorRows, _ shape: EncoderShape, _ name: String
  ) throws(LociError) {
    let step = max(1, (1 << 18) / shape.hidden)
    let memory = try AlignedMemory(4 * step * shape.hidden)
    for row in stride(from: 0, to: shape.vocabulary, by: step) {
      let buffer = unsafe UnsafeMutableBufferPointer(
        start: memory.floats(at: 0), count: min(step, shape.vocabulary - row) * shape.hidden)
      try unsafe words.read(from: row, into: buffer)
      guard unsafe tk_all_finite(buffer.baseAddress, buffer.count) else { throw .infinite(name) }
    }
  }

  /// The pooled vector of each text, or the last layer's state of each token, one after another;
  /// the lengths of pooled vectors mean nothing.
  ///
  /// Complexity: O(layers × (tokens × hidden × (hidden + wide) + Σ length² × hidden)).
  /// - Parameters:
  ///   - ids: The texts' tokens, text after text.
  ///   - lengths: The number of tokens of each text.
  ///   - isPooled: Whether a text's states become one vector.
  ///   - isStopped: Asked between chunks, from any thread, whether to give up.
  /// - Throws: ``LociError/Code/engine`` where it was stopped, or a text is empty, too long or of
  ///   another vocabulary; ``LociError/Code/conflict`` where the model's file was changed.
  package func vectors(
    of ids: [Int32], lengths: [Int], isPooled: Bool = true, isStopped: @Sendable () -> Bool
  ) throws(LociError) -> [Float] {
    try check(ids, lengths)
    try words.check()
    let chunks = Chunk.cut(lengths, threads: threads)
    let count = isPooled ? lengths.count : ids.count
    let vectors = Mutex([Float](repeating: 0, count: count * shape.hidden))
    let failure = Mutex<LociError?>(nil)
    let next = Atomic(0)
    // Whoever is there takes the next chunk; nobody waits for a helper that comes late.
    DispatchQueue.concurrentPerform(iterations: min(threads, chunks.count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < chunks.count, failure.withLock({ $0 == nil }) else { return }
        do throws(LociError) {
          guard !isStopped() else { throw LociError(.engine, "The run was stopped.") }
          let chunk = chunks[index]
          let found = try run(chunk, ids, lengths, isPooled: isPooled)
          let first = isPooled ? chunk.texts.lowerBound : chunk.tokens.lowerBound
          let start = first * shape.hidden
          vectors.withLock { $0.replaceSubrange(start..<start + found.count, with: found) }
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return vectors.withLock { $0 }
  }

  private func check(_ ids: [Int32], _ lengths: [Int]) throws(LociError) {
    guard lengths.allSatisfy({ (1...shape.positions).contains($0) }),
      lengths.reduce(0, +) == ids.count
    else {
      throw LociError(
        .engine, "A text has no tokens, or more than the \(shape.positions) that the model reads.")
    }
    guard ids.allSatisfy({ (0..<Int32(shape.vocabulary)).contains($0) }) else {
      throw LociError(
        .engine, "A token is not among the \(shape.vocabulary) that the model has vectors for.",
        remedy: "Fetch the model again: its files do not belong together.")
    }
  }

  /// Runs the texts of a chunk through all layers.
  private func run(
    _ chunk: Chunk, _ ids: [Int32], _ allLengths: [Int], isPooled: Bool
  ) throws(LociError) -> [Float] {
    let lengths = Array(allLengths[chunk.texts])
    let width = tk_padded(shape.hidden)
    let scratch = unsafe tk_encoder_workspace(
      kernels.pointer, encoder, chunk.tokens.count, lengths.max() ?? 0)
    return try pool.withWorkspace(
      states: 4 * chunk.tokens.count * width, scratch: scratch
    ) { workspace throws(LociError) in
      let states = unsafe workspace.states.floats(at: 0)
      for (row, id) in ids[chunk.tokens].enumerated() {
        let state = unsafe UnsafeMutableBufferPointer(
          start: states + row * width, count: width)
        try unsafe words.read(from: Int(id), into: .init(rebasing: state[..<shape.hidden]))
        for index in shape.hidden..<width { unsafe state[index] = 0 }
      }
      unsafe tk_encode(
        kernels.pointer, encoder, lengths, lengths.count, states, workspace.scratch.start)
      return isPooled
        ? unsafe pooled(states, lengths) : unsafe narrowed(states, chunk.tokens.count)
    }
  }

  /// Rows without the room that follows each.
  private func narrowed(_ states: UnsafeMutablePointer<Float>, _ count: Int) -> [Float] {
    let width = tk_padded(shape.hidden)
    var vectors: [Float] = []
    vectors.reserveCapacity(count * shape.hidden)
    for row in 0..<count {
      unsafe vectors += UnsafeBufferPointer(start: states + row * width, count: shape.hidden)
    }
    return vectors
  }

  private func pooled(_ states: UnsafeMutablePointer<Float>, _ lengths: [Int]) -> [Float] {
    let width = tk_padded(shape.hidden)
    var vectors: [Float] = []
    vectors.reserveCapacity(lengths.count * shape.hidden)
    var vector = [Float](repeating: 0, count: width)
    var rows = unsafe states
    for length in lengths {
      unsafe tk_pool(kernels.pointer, rows, length, shape.hidden, pooling.identifier, &vector)
      vectors += vector[..<shape.hidden]
      unsafe rows += length * width
    }
    return vectors
  }
}

extension PackedWeights {
  /// A layer as the kernels take it.
  fileprivate func layer(_ layer: PackedLayout.Layer) -> tk_layer {
    unsafe tk_layer(
      projection: part(layer.projection.matrix), output: part(layer.output.matrix),
      widening: part(layer.widening.matrix), narrowing: part(layer.narrowing.matrix),
      projectionBias: part(layer.projection.bias), outputBias: part(layer.output.bias),
      wideningBias: part(layer.widening.bias), narrowingBias: part(layer.narrowing.bias),
      middleWeight: part(layer.middle.weight), middleBias: part(layer.middle.bias),
      lastWeight: part(layer.last.weight), lastBias: part(layer.last.bias))
  }
}
