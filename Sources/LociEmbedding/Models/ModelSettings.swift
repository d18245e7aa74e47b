import Foundation
import LociCore

/// What a model's folder says: the encoder's shape and, in the files of sentence-transformers,
/// pooling, length and prefixes; these are nil where the files say nothing.
struct ModelSettings {
  /// The folder that holds `config.json`, the tokenizer and the weights.
  private(set) var encoder: ModelFiles
  private(set) var architecture: ResolvedModel.Architecture
  private(set) var pooling: EmbeddingSpace.Pooling?
  private(set) var maximumTokens: Int?
  private(set) var queryPrefix: String?
  private(set) var passagePrefix: String?

  /// Reads and checks every settings file of a folder.
  init(in files: ModelFiles) throws {
    let modules = try Self.modules(of: files)
    encoder = try files.subfolder(modules.first?.path ?? "", namedBy: Self.modulesFile)
    architecture = try ModelConfiguration.architecture(in: encoder)
    pooling = try Self.pooling(of: modules, in: files, hiddenSize: architecture.hiddenSize)
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

  private static let modulesFile = "modules.json"

  private static func modules(of files: ModelFiles) throws -> [Module] {
    guard let modules = try files.optional(modulesFile, as: [Module].self) else { return [] }
    guard modules.first?.kind == "Transformer" else {
      throw files.unsupported(modulesFile, "does not begin with a Transformer")
    }
    return modules
  }

  private static func pooling(
    of modules: [Module], in files: ModelFiles, hiddenSize: Int
  ) throws -> EmbeddingSpace.Pooling? {
    var pooling: EmbeddingSpace.Pooling?
    for module in modules.dropFirst() {
      switch module.kind {
      case "Pooling":
        let folder = try files.subfolder(module.path, namedBy: modulesFile)
        pooling = try PoolingConfiguration.pooling(in: folder, hiddenSize: hiddenSize)
      case "Normalize": continue
      default: throw files.unsupported(modulesFile, "has a \(module.kind) module")
      }
    }
    guard pooling != nil || modules.isEmpty else {
      throw files.unsupported(modulesFile, "has no Pooling module")
    }
    return pooling
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

  static func pooling(
    in files: ModelFiles, hiddenSize: Int
  ) throws -> EmbeddingSpace.Pooling {
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
    if let dimension = configuration.dimension, dimension != hiddenSize {
      throw files.damaged(
        name,
        "word_embedding_dimension is \(dimension), but config.json's hidden_size is \(hiddenSize)")
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
