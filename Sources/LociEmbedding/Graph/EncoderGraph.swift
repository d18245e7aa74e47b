package import LociCore

/// Builds the ONNX graph of a BERT encoder over weights that stay where they are, in the fewest
/// and fastest operators that ONNX Runtime has for a CPU.
///
/// Inputs: `input_ids` and `attention_mask`, both int32 [texts, tokens]. Output:
/// `sentence_embedding`, float [texts, hidden size], pooled. Its length means nothing: the caller
/// scales it to 1, so the mean is left as a sum.
package struct EncoderGraph {
  private let architecture: ResolvedModel.Architecture
  private let weights: EncoderWeights
  private var graph = OnnxGraph()

  /// Builds the model file's bytes.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where a tensor is missing or of another shape;
  ///   ``LociError/Code/unsupported`` for an activation that is not known.
  package static func model(
    _ architecture: ResolvedModel.Architecture, pooling: EmbeddingSpace.Pooling,
    weights: EncoderWeights
  ) throws(LociError) -> [UInt8] {
    var builder = EncoderGraph(architecture: architecture, weights: weights)
    let (hidden, layers) = (architecture.hiddenSize, architecture.layerCount)
    let shape: [OnnxGraph.Dimension] = [.named("texts"), .named("tokens")]
    builder.graph.input("input_ids", .int32, shape: shape)
    builder.graph.input("attention_mask", .int32, shape: shape)
    var states = try builder.embeddings()
    for index in 0..<layers { states = try builder.layer(index, states) }
    builder.pool(states, pooling)
    builder.graph.output("sentence_embedding", .float, shape: [.named("texts"), .fixed(hidden)])
    return builder.graph.model
  }

  private init(architecture: ResolvedModel.Architecture, weights: EncoderWeights) {
    self.architecture = architecture
    self.weights = weights
  }

  private mutating func embeddings() throws(LociError) -> String {
    let hidden = architecture.hiddenSize
    let words = try weight(
      "embeddings.word_embeddings.weight", [architecture.vocabularySize, hidden])
    let positions = try weight(
      "embeddings.position_embeddings.weight", [architecture.positionCount, hidden])
    let segments = try weight(
      "embeddings.token_type_embeddings.weight", [architecture.segmentCount, hidden])
    let first = graph.integers([0], shape: [1])
    let length = graph.node(
      "Shape", ["input_ids"], attributes: ["start": .integer(1), "end": .integer(2)])
    let places = graph.node("Slice", [positions, first, length, first])
    let segment = graph.node("Gather", [segments, graph.integers([0], shape: [])])
    let tokens = graph.node("Gather", [words, "input_ids"])
    let sum = graph.node("Add", [tokens, graph.node("Add", [places, segment])])
    return try normalize(sum, "embeddings.LayerNorm")
  }

  private mutating func layer(_ index: Int, _ states: String) throws(LociError) -> String {
    let (hidden, wide) = (architecture.hiddenSize, architecture.intermediateSize)
    let name = "encoder.layer.\(index)"
    let attended = try attention("\(name).attention.self", states)
    let projected = try dense("\(name).attention.output.dense", attended, from: hidden, to: hidden)
    let middle = try normalize(
      graph.node("Add", [projected, states]), "\(name).attention.output.LayerNorm")
    let widened = try activated("\(name).intermediate.dense", middle, from: hidden, to: wide)
    let narrowed = try dense("\(name).output.dense", widened, from: wide, to: hidden)
    return try normalize(graph.node("Add", [narrowed, middle]), "\(name).output.LayerNorm")
  }

  private mutating func attention(_ name: String, _ states: String) throws(LociError) -> String {
    let hidden = architecture.hiddenSize
    var inputs: [String] = []
    var bias: [Float] = []
    for part in ["query", "key", "value"] {
      let matrix = try weight("\(name).\(part).weight", [hidden, hidden])
      inputs.append(multiply(states, matrix))
      bias += try weights.values("\(name).\(part).bias", shape: [hidden])
    }
    inputs += [graph.floats(bias, shape: [3 * hidden]), "attention_mask"]
    return graph.node(
      "MultiHeadAttention", inputs, domain: "com.microsoft",
      attributes: ["num_heads": .integer(architecture.headCount)])
  }

  private mutating func dense(
    _ name: String, _ states: String, from: Int, to: Int
  ) throws(LociError) -> String {
    let product = multiply(states, try weight("\(name).weight", [to, from]))
    return graph.node("Add", [product, try weight("\(name).bias", [to])])
  }

  /// Multiplies with a matrix stored [output, input], as PyTorch does, without transposing it.
  private mutating func multiply(_ states: String, _ matrix: String) -> String {
    graph.node(
      "FusedMatMul", [states, matrix], domain: "com.microsoft",
      attributes: ["transB": .integer(1)])
  }

  private mutating func normalize(_ states: String, _ name: String) throws(LociError) -> String {
    let shape = [architecture.hiddenSize]
    return graph.node(
      "LayerNormalization",
      [states, try weight("\(name).weight", shape), try weight("\(name).bias", shape)],
      attributes: ["epsilon": .number(architecture.normalizationEpsilon)])
  }

  /// A dense layer and its activation; the bias is added inside the activation where it can be.
  private mutating func activated(
    _ name: String, _ states: String, from: Int, to: Int
  ) throws(LociError) -> String {
    let product = multiply(states, try weight("\(name).weight", [to, from]))
    let inputs = [product, try weight("\(name).bias", [to])]
    switch architecture.activation {
    case "gelu": return graph.node("BiasGelu", inputs, domain: "com.microsoft")
    case "gelu_new", "gelu_fast", "gelu_pytorch_tanh":
      return graph.node("FastGelu", inputs, domain: "com.microsoft")
    case "relu": return graph.node("Relu", [graph.node("Add", inputs)])
    default:
      throw LociError(
        .unsupported, "The activation \"\(architecture.activation)\" is not known.",
        remedy: "Use a model with gelu, gelu_new or relu, or its ONNX export.")
    }
  }

  private mutating func pool(_ states: String, _ pooling: EmbeddingSpace.Pooling) {
    let output = "sentence_embedding"
    switch pooling {
    case .cls:
      _ = graph.node(
        "Gather", [states, graph.integers([0], shape: [])], attributes: ["axis": .integer(1)],
        output: output)
    case .mean:
      let axis = graph.integers([1], shape: [1])
      let mask = graph.node(
        "Cast", ["attention_mask"],
        attributes: ["to": .integer(OnnxGraph.ElementType.float.rawValue)])
      let row = graph.node("Unsqueeze", [mask, axis])
      _ = graph.node("Squeeze", [graph.node("MatMul", [row, states]), axis], output: output)
    case .max:
      let mask = graph.node(
        "Cast", ["attention_mask"],
        attributes: ["to": .integer(OnnxGraph.ElementType.bool.rawValue)])
      let column = graph.node("Unsqueeze", [mask, graph.integers([2], shape: [1])])
      let lowest = graph.floats([-Float.greatestFiniteMagnitude], shape: [])
      _ = graph.node(
        "ReduceMax", [graph.node("Where", [column, states, lowest])],
        attributes: ["axes": .integers([1]), "keepdims": .integer(0)], output: output)
    }
  }

  private mutating func weight(_ name: String, _ shape: [Int]) throws(LociError) -> String {
    let place = try weights.place(of: name, shape: shape)
    return graph.weight(in: place.file, offset: place.offset, shape: shape)
  }
}
