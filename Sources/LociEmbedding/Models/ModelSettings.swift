import Foundation
import LociCore
import LociTokenizer

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
  private(set) var tokenizer = TokenizerOptions()
  /// What the files say that has no effect here.
  private(set) var notes: [String] = []

  /// Reads and checks every settings file of a folder.
  init(in files: ModelFiles) throws {
    let modules = try Self.modules(of: files)
    encoder = try files.subfolder(modules.first?.path ?? "", namedBy: Self.modulesFile)
    architecture = try ModelConfiguration.architecture(in: encoder)
    pooling = try Self.pooling(of: modules, in: files, hiddenSize: architecture.hiddenSize)
    let reading = try encoder.optional(Self.readingFile, as: Reading.self)
    let tokenizerFile = try encoder.optional(Self.tokenizerFile, as: TokenizerSettings.self)
    maximumTokens = try Self.maximumTokens(reading, tokenizerFile, in: encoder)
    tokenizer = tokenizerFile?.options ?? tokenizer
    tokenizer.lowercasesFirst = reading?.lowercases ?? false
    tokenizer.specialTokens = try Self.specialTokens(tokenizerFile, in: encoder)
    if let side = tokenizerFile?.truncationSide, side != "right" {
      notes.append("Texts that are too long lose their end; the model asks for their start.")
    }
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
    guard let modules = try files.optional(modulesFile, as: [Module].self) else {
      return try impliedModules(of: files)
    }
    guard modules.first?.kind == "Transformer" else {
      throw files.unsupported(modulesFile, "does not begin with a Transformer")
    }
    return modules
  }

  /// What the folders are called where no file lists them, as sentence-transformers names them.
  private static func impliedModules(of files: ModelFiles) throws -> [Module] {
    func has(_ folder: String) -> Bool { files.has("\(folder)/config.json") }
    let first = files.has("config.json") || !has("0_Transformer") ? "" : "0_Transformer"
    if let dense = ["1_Dense", "2_Dense", "3_Dense"].first(where: has) {
      throw files.unsupported(dense, "is a Dense module")
    }
    let transformer = Module(path: first, type: "Transformer")
    if has("1_Pooling") { return [transformer, Module(path: "1_Pooling", type: "Pooling")] }
    return first.isEmpty ? [] : [transformer]
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
    guard pooling != nil || !files.has(modulesFile) else {
      throw files.unsupported(modulesFile, "has no Pooling module")
    }
    return pooling
  }

  // MARK: - Length and tokenizer

  private static let readingFile = "sentence_bert_config.json"
  private static let tokenizerFile = "tokenizer_config.json"

  /// `sentence_bert_config.json`.
  private struct Reading: Decodable {
    var maximum: Double?
    var lowercases: Bool?

    private enum CodingKeys: String, CodingKey {
      case maximum = "max_seq_length"
      case lowercases = "do_lower_case"
    }
  }

  /// `tokenizer_config.json` counts only where `sentence_bert_config.json` is silent, as in
  /// sentence-transformers; "no limit" is written there as 1e30.
  private static func maximumTokens(
    _ reading: Reading?, _ tokenizer: TokenizerSettings?, in files: ModelFiles
  ) throws -> Int? {
    if let maximum = reading?.maximum {
      guard (3...1_048_576).contains(maximum), maximum == maximum.rounded() else {
        throw files.damaged(
          readingFile, "max_seq_length is not a number of tokens from 3 upwards")
      }
      return Int(maximum)
    }
    guard let maximum = tokenizer?.maximum, (3...1_048_576).contains(maximum) else { return nil }
    return Int(maximum)
  }

  /// A bare vocabulary's special tokens: those of `special_tokens_map.json`, else those of
  /// `tokenizer_config.json`, else BERT's own.
  private static func specialTokens(
    _ tokenizer: TokenizerSettings?, in files: ModelFiles
  ) throws -> TokenizerOptions.SpecialTokens {
    var tokens = TokenizerOptions.SpecialTokens()
    let map = try files.optional("special_tokens_map.json", as: SpecialTokensMap.self)
    for map in [tokenizer?.specialTokens, map].compactMap(\.self) { map.apply(to: &tokens) }
    return tokens
  }

  // MARK: - Prefixes

  private struct Prompts: Decodable {
    var prompts: [String: String]?
    var usual: String?
    var similarity: String?

    private enum CodingKeys: String, CodingKey {
      case prompts
      case usual = "default_prompt_name"
      case similarity = "similarity_fn_name"
    }
  }

  private static let promptsFile = "config_sentence_transformers.json"

  /// Which of a model's prompts go before what, as sentence-transformers chooses them: those named
  /// after the role, else the one that is used where none is asked for.
  private mutating func readPrompts(of files: ModelFiles) throws {
    guard let file = try files.optional(Self.promptsFile, as: Prompts.self) else { return }
    if let usual = file.usual, file.prompts?[usual] == nil {
      throw files.damaged(Self.promptsFile, "default_prompt_name is not one of its prompts")
    }
    // An empty prompt says nothing: sentence-transformers 5 writes empty ones into every model
    // that it saves, also where the authors recommend a prefix in their README only.
    let prompts = (file.prompts ?? [:]).filter { !$0.value.isEmpty }
    let usual = file.usual.flatMap { prompts[$0] }
    queryPrefix = prompts["query"] ?? usual
    passagePrefix = prompts["document"] ?? prompts["passage"] ?? prompts["corpus"] ?? usual
    let used = [queryPrefix, passagePrefix]
    let others = prompts.filter { !used.contains($0.value) }.keys.sorted()
    if !others.isEmpty, queryPrefix == nil || passagePrefix == nil {
      notes.append(
        "Its prompts \(others.joined(separator: ", ")) are not used: only those called query and "
          + "document are.")
    }
    if let similarity = file.similarity, similarity != "cosine" {
      notes.append("It compares by \(similarity); Loci compares by cosine.")
    }
  }
}
