package import LociCore

/// What a model takes and gives, recognised by the names that exports of encoders use.
package struct OnnxSignature: Hashable, Sendable {
  /// An input or output as the model declares it.
  package struct Value: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// Its ONNX element type.
    package let elementType: Int32
    /// The number of its axes.
    package let rank: Int

    /// Makes a value.
    package init(name: String, elementType: Int32, rank: Int) {
      self.name = name
      self.elementType = elementType
      self.rank = rank
    }
  }

  /// What an input wants.
  package enum Role: String, Hashable, Sendable {
    /// Token ids.
    case tokens = "input_ids"
    /// 1 for a token, 0 for padding.
    case mask = "attention_mask"
    /// The segment of each token; always the first.
    case segments = "token_type_ids"
  }

  /// The inputs' roles, in the model's order.
  package let roles: [Role]
  /// For each input, whether its integers have 64 bits instead of 32.
  package let isWide: [Bool]
  /// The output to ask for.
  package let output: String
  /// Whether the output is one vector a text already, instead of one a token.
  package let isPooled: Bool

  /// Recognises a model.
  ///
  /// - Throws: ``LociError/Code/unsupported`` where an input is not known or no output fits.
  package init(inputs: [Value], outputs: [Value]) throws(LociError) {
    var roles: [Role] = []
    for input in inputs {
      guard let role = Role(rawValue: input.name),
        [Self.int32, Self.int64].contains(input.elementType)
      else {
        throw Self.unsupported(
          "its input \(input.name) is none of input_ids, attention_mask and token_type_ids "
            + "in int32 or int64")
      }
      roles.append(role)
    }
    guard roles.contains(.tokens) else { throw Self.unsupported("it has no input input_ids") }
    let floats = outputs.filter { $0.elementType == Self.float }
    let pooled = floats.first { $0.name == "sentence_embedding" && $0.rank == 2 }
    let perToken = floats.filter { $0.rank == 3 }
    let named = perToken.first { ["last_hidden_state", "token_embeddings"].contains($0.name) }
    guard let output = pooled ?? named ?? perToken.first else {
      throw Self.unsupported(
        "none of its outputs is a float sentence_embedding [texts, components] or "
          + "last_hidden_state [texts, tokens, components]")
    }
    self.roles = roles
    isWide = inputs.map { $0.elementType == Self.int64 }
    self.output = output.name
    isPooled = output.rank == 2
  }

  private static let (float, int32, int64): (Int32, Int32, Int32) = (1, 6, 7)

  private static func unsupported(_ reason: String) -> LociError {
    LociError(
      .unsupported, "The ONNX model is not a text encoder that Loci runs: \(reason).",
      remedy: "Export it with the task feature-extraction, in float32.")
  }
}
