import Foundation
import LociCore

/// What the sentence-transformers files of a folder say about pooling, length and prefixes; nil
/// where they say nothing.
struct ModelSettings {
  /// The folder that holds `config.json`, the tokenizer and the weights.
  var encoder: ModelFiles
  var pooling: EmbeddingSpace.Pooling?
  var maximumTokens: Int?
  var queryPrefix: String?
  var passagePrefix: String?

  /// Reads the settings of an encoder whose vectors have `hiddenSize` components.
  init(in files: ModelFiles) throws {
    encoder = files
    try readModules(of: files)
    maximumTokens = try Self.maximumTokens(in: encoder)
    try readPrompts(of: files)
  }

  // MARK: - modules.json

  private struct Module: Decodable {
    var path: String
    var type: String
    /// `sentence_transformers.models.Pooling` -> `Pooling`.
    var kind: Substring { type.split(separator: ".").last ?? "" }
  }

  private mutating func readModules(of files: ModelFiles) throws {
    let name = "modules.json"
    guard let modules = try files.optional(name, as: [Module].self) else { return }
    guard let transformer = modules.first, transformer.kind == "Transformer" else {
      throw files.unsupported(name, "does not begin with a Transformer")
    }
    encoder = try files.subfolder(transformer.path, namedBy: name)
    for module in modules.dropFirst() {
      switch module.kind {
      case "Pooling":
        pooling = try PoolingConfiguration.pooling(
          in: files.subfolder(module.path, namedBy: name))
      case "Normalize": continue
      default:
        throw files.unsupported(name, "has a \(module.kind) module")
      }
    }
    guard pooling != nil else {
      throw files.unsupported(name, "has no Pooling module")
    }
  }

  // MARK: - Length

  private struct Length: Decodable {
    var maximum: Double?
    private enum CodingKeys: String, CodingKey { case maximum = "max_seq_length" }
  }

  private struct TokenizerLength: Decodable {
    var maximum: Double?
    private enum CodingKeys: String, CodingKey { case maximum = "model_max_length" }
  }

  /// `tokenizer_config.json` counts only where `sentence_bert_config.json` is silent, as in
  /// sentence-transformers; "no limit" is written there as 1e30.
  private static func maximumTokens(in files: ModelFiles) throws -> Int? {
    let name = "sentence_bert_config.json"
    if let maximum = try files.optional(name, as: Length.self)?.maximum {
      guard (3...1_048_576).contains(maximum), maximum == maximum.rounded() else {
        throw files.damaged(name, "max_seq_length is not a number of tokens from 3 upwards")
      }
      return Int(maximum)
    }
    let tokenizer = try files.optional("tokenizer_config.json", as: TokenizerLength.self)
    guard let maximum = tokenizer?.maximum, (3...1_048_576).contains(maximum) else { return nil }
    return Int(maximum)
  }

  // MARK: - Prefixes

  private struct Prompts: Decodable {
    var prompts: [String: String]?
  }

  private mutating func readPrompts(of files: ModelFiles) throws {
    let file = try files.optional("config_sentence_transformers.json", as: Prompts.self)
    // An empty prompt says nothing: sentence-transformers 5 writes empty ones into every model
    // that it saves, also where the authors recommend a prefix in their README only.
    let prompts = (file?.prompts ?? [:]).filter { !$0.value.isEmpty }
    queryPrefix = prompts["query"]
    passagePrefix = prompts["passage"] ?? prompts["document"]
  }
}

/// `1_Pooling/config.json`.
private struct PoolingConfiguration: Decodable {
  var dimension: Int?
  var mode: String?
  var cls: Bool?
  var mean: Bool?
  var max: Bool?
  var meanOfSquareRoot: Bool?
  var weightedMean: Bool?
  var lastToken: Bool?
  var includePrompt: Bool?

  private enum CodingKeys: String, CodingKey {
    case dimension = "word_embedding_dimension"
    case mode = "pooling_mode"
    case cls = "pooling_mode_cls_token"
    case mean = "pooling_mode_mean_tokens"
    case max = "pooling_mode_max_tokens"
    case meanOfSquareRoot = "pooling_mode_mean_sqrt_len_tokens"
    case weightedMean = "pooling_mode_weightedmean_tokens"
    case lastToken = "pooling_mode_lasttoken"
    case includePrompt = "include_prompt"
  }

  static func pooling(in files: ModelFiles) throws -> EmbeddingSpace.Pooling {
    let name = "config.json"
    let configuration = try files.required(name, as: PoolingConfiguration.self)
    let modes = configuration.modes
    guard !modes.isEmpty else { throw files.damaged(name, "no pooling mode is on") }
    guard modes.count == 1, let pooling = EmbeddingSpace.Pooling(rawValue: modes[0]) else {
      throw files.unsupported(name, "asks for pooling by \(modes.joined(separator: " and "))")
    }
    guard configuration.includePrompt != false else {
      throw files.unsupported(name, "leaves the prompt out of pooling")
    }
    return pooling
  }

  /// The modes that are on; newer files name one, older ones have a switch for each.
  private var modes: [String] {
    if let mode { return [mode] }
    let switches = [
      ("cls", cls), ("mean", mean), ("max", max), ("mean_sqrt_len_tokens", meanOfSquareRoot),
      ("weightedmean", weightedMean), ("lasttoken", lastToken),
    ]
    return switches.filter { $0.1 == true }.map(\.0)
  }
}
