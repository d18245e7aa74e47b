import LociCore

/// `1_Pooling/config.json`.
struct PoolingConfiguration: Decodable {
  private var dimension: Int?
  private var mode: String?
  private var cls: Bool?
  private var mean: Bool?
  private var max: Bool?
  private var meanOfSquareRoot: Bool?
  private var weightedMean: Bool?
  private var lastToken: Bool?
  private var includePrompt: Bool?

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
