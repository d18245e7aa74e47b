import Foundation
import LociCore

/// `config.json`: the shape of the encoder.
struct ModelConfiguration: Decodable {
  private var architectures: [String]?
  private var modelType: String?
  private var hiddenSize: Int?
  private var layerCount: Int?
  private var headCount: Int?
  private var intermediateSize: Int?
  private var positionCount: Int?
  private var vocabularySize: Int?
  private var segmentCount: Int?
  private var normalizationEpsilon: Float?
  private var activation: String?
  private var positionKind: String?
  private var isDecoder: Bool?

  private enum CodingKeys: String, CodingKey {
    case architectures
    case modelType = "model_type"
    case hiddenSize = "hidden_size"
    case layerCount = "num_hidden_layers"
    case headCount = "num_attention_heads"
    case intermediateSize = "intermediate_size"
    case positionCount = "max_position_embeddings"
    case vocabularySize = "vocab_size"
    case segmentCount = "type_vocab_size"
    case normalizationEpsilon = "layer_norm_eps"
    case activation = "hidden_act"
    case positionKind = "position_embedding_type"
    case isDecoder = "is_decoder"
  }

  private static let file = "config.json"
  private static let activations = ["gelu", "gelu_new", "gelu_pytorch_tanh", "relu"]

  /// Reads and checks the configuration of a model's folder.
  static func architecture(in files: ModelFiles) throws -> ResolvedModel.Architecture {
    let configuration = try files.required(file, as: ModelConfiguration.self)
    try configuration.checkKind(in: files)
    return try configuration.architecture(in: files)
  }

  private func checkKind(in files: ModelFiles) throws {
    guard let modelType else { throw files.damaged(Self.file, "model_type is missing") }
    guard modelType == "bert" else {
      throw files.unsupported(
        Self.file, "says that model_type is \(modelType); only bert is supported")
    }
    // A cross-encoder has the same tensors and gives no embeddings.
    if let head = architectures?.first(where: { $0.hasSuffix("ForSequenceClassification") }) {
      throw files.unsupported(Self.file, "says that it is a classifier or reranker (\(head))")
    }
    if let positionKind, positionKind != "absolute" {
      throw files.unsupported(
        Self.file,
        "says that position_embedding_type is \(positionKind); only absolute is supported")
    }
    if isDecoder == true {
      throw files.unsupported(Self.file, "says that the model is a decoder")
    }
  }

  private func architecture(in files: ModelFiles) throws -> ResolvedModel.Architecture {
    func size(_ key: CodingKeys, _ value: Int?, upTo maximum: Int) throws -> Int {
      guard let value else { throw files.damaged(Self.file, "\(key.rawValue) is missing") }
      guard (1...maximum).contains(value) else {
        throw files.damaged(
          Self.file, "\(key.rawValue) is \(value); 1 to \(maximum) are allowed")
      }
      return value
    }
    let hidden = try size(.hiddenSize, hiddenSize, upTo: 1 << 14)
    let heads = try size(.headCount, headCount, upTo: 1 << 10)
    guard hidden % heads == 0 else {
      throw files.damaged(
        Self.file, "hidden_size (\(hidden)) is not a multiple of num_attention_heads (\(heads))")
    }
    return ResolvedModel.Architecture(
      hiddenSize: hidden,
      layerCount: try size(.layerCount, layerCount, upTo: 1 << 10),
      headCount: heads,
      intermediateSize: try size(.intermediateSize, intermediateSize, upTo: 1 << 17),
      positionCount: try size(.positionCount, positionCount, upTo: 1 << 20),
      vocabularySize: try size(.vocabularySize, vocabularySize, upTo: 1 << 24),
      segmentCount: try size(.segmentCount, segmentCount ?? 2, upTo: 1 << 10),
      normalizationEpsilon: try epsilon(in: files),
      activation: try checkedActivation(in: files))
  }

  /// BERT's own defaults hold where the file is silent on the epsilon or the activation.
  private func epsilon(in files: ModelFiles) throws -> Float {
    let epsilon = normalizationEpsilon ?? 1e-12
    guard epsilon > 0, epsilon < 0.1 else {
      throw files.damaged(Self.file, "layer_norm_eps is \(epsilon); a small number is expected")
    }
    return epsilon
  }

  private func checkedActivation(in files: ModelFiles) throws -> String {
    let activation = activation ?? "gelu"
    guard Self.activations.contains(activation) else {
      throw files.unsupported(Self.file, "says that hidden_act is \(activation)")
    }
    return activation == "gelu_pytorch_tanh" ? "gelu_new" : activation
  }
}
