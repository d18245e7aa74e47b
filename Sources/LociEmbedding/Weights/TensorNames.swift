import LociCore

/// How a checkpoint spells the names of a BERT encoder's tensors.
struct TensorNames: Sendable {
  private static let anchor = "embeddings.word_embeddings.weight"
  private let prefix: String

  /// Finds out how.
  ///
  /// - Throws: ``LociError/Code/unsupported`` where the tensors are not a BERT encoder's.
  init(in names: some Sequence<String>) throws(LociError) {
    let prefixes = names.filter { $0.hasSuffix(Self.anchor) }
      .map { String($0.dropLast(Self.anchor.count)) }
    guard let prefix = prefixes.first, prefixes.count == 1, ["", "bert."].contains(prefix) else {
      throw LociError(
        .unsupported, "The weights are not those of a BERT encoder.",
        remedy: "Use a model whose config.json says \"model_type\": \"bert\", or its ONNX export.")
    }
    self.prefix = prefix
  }

  /// A tensor's possible names. BERT checkpoints that came from TensorFlow call a normalisation's
  /// weight and bias gamma and beta.
  func spellings(of name: String) -> [String] {
    let old = name.replacing("LayerNorm.weight", with: "LayerNorm.gamma")
      .replacing("LayerNorm.bias", with: "LayerNorm.beta")
    return [prefix + name, prefix + old]
  }

  /// The error for a tensor that is missing.
  func missing(_ name: String, _ shape: [Int]) -> LociError {
    LociError(
      .corrupt, "The weights lack the tensor \(prefix + name), F32 \(shape).",
      remedy: "Fetch the model again, config.json included.")
  }

  /// The error for a tensor of another type or shape.
  func unexpected(
    _ tensor: SafetensorsFile.Tensor, _ name: String, _ shape: [Int]
  ) -> LociError {
    LociError(
      .corrupt,
      "The tensor \(prefix + name) is \(tensor.elementType) \(tensor.shape), and F32 \(shape) "
        + "was expected.", remedy: "Fetch the model again, config.json included.")
  }
}
