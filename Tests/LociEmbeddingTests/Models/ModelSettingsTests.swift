import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import LociTokenizer
import Testing

/// What a model's files say, and how damage to them is reported.
@Suite("Settings from a model's folder")
struct ModelSettingsTests {
  /// Writes a model into a folder of its own and resolves it by its path.
  private func resolve(_ model: TinyModel) async throws -> ResolvedModel {
    let machine = try TestMachine()
    let folder = machine.home.file("some-model")
    try model.write(to: folder)
    return try await machine.library.resolve(folder.path)
  }

  private func ids(of text: String, _ model: TinyModel) async throws -> [Int32] {
    let machine = try TestMachine()
    try model.write(to: machine.home.file("some-model"))
    let resolved = try await machine.library.resolve(machine.home.file("some-model").path)
    return try resolved.loadTokenizer().encode(text, maximumTokens: 9).ids
  }

  private func failure(_ change: (inout TinyModel) -> Void) async throws -> LociError {
    var model = TinyModel(weightBytes: 100)
    change(&model)
    let changed = model
    return try await #require(throws: LociError.self) { try await resolve(changed) }
  }

  @Test("Every setting is read from its file")
  func readsEverySetting() async throws {
    let model = TinyModel(weightBytes: 100)
    let resolved = try await resolve(model)
    #expect(
      resolved.space
        == EmbeddingSpace(
          provider: "local", model: "some-model",
          revision: String(model.weightsHash.prefix(16)), dimension: 8, pooling: .cls,
          queryPrefix: "ask: ", passagePrefix: "told: ", maximumTokens: 40))
    #expect(
      resolved.architecture
        == ResolvedModel.Architecture(
          hiddenSize: 8, layerCount: 2, headCount: 2, intermediateSize: 16, positionCount: 64,
          vocabularySize: 30, segmentCount: 2, normalizationEpsilon: 1e-12, activation: "gelu"))
    #expect(resolved.license == nil)
  }

  @Test("A bare encoder gets sentence-transformers' defaults: mean pooling, all its positions")
  func fillsInDefaults() async throws {
    var model = TinyModel(weightBytes: 100)
    for name in model.files.keys
    where !["config.json", "tokenizer.json", TinyModel.weightsName].contains(name) {
      model.files[name] = nil
    }
    let space = try await resolve(model).space
    #expect(space.pooling == .mean)
    #expect(space.maximumTokens == 64)
    #expect(space.queryPrefix.isEmpty && space.passagePrefix.isEmpty)
  }

  @Test("A pooling folder counts without a modules.json, and a Dense one is not passed over")
  func readsFoldersWithoutModules() async throws {
    var model = TinyModel(weightBytes: 100)
    model.files["modules.json"] = nil
    #expect(try await resolve(model).space.pooling == .cls)
    model["1_Pooling/config.json"] = #"{"pooling_mode": "max"}"#
    #expect(try await resolve(model).space.pooling == .max)
    model["2_Dense/config.json"] = "{}"
    let dense = model
    let error = try await #require(throws: LociError.self) { try await resolve(dense) }
    #expect(error.code == .unsupported && error.message.contains("2_Dense"))
    model["2_Dense/config.json"] = nil
    for name in ["config.json", "tokenizer.json", TinyModel.weightsName] {
      model.files["0_Transformer/" + name] = model.files.removeValue(forKey: name)
    }
    #expect(try await resolve(model).tokenizerFile.path.contains("0_Transformer"))
  }

  @Test("What the settings say of the tokenizer is honoured, do_lower_case of both files included")
  func readsTokenizerOptions() async throws {
    var model = TinyModel(weightBytes: 100)
    #expect(try await resolve(model).tokenizerOptions == TokenizerOptions())
    model["sentence_bert_config.json"] = #"{"max_seq_length": 40, "do_lower_case": true}"#
    model["tokenizer_config.json"] = """
      {"do_lower_case": false, "strip_accents": null, "tokenize_chinese_chars": false,
       "cls_token": "<s>", "sep_token": {"content": "</s>", "lstrip": false}}
      """
    model["special_tokens_map.json"] = #"{"cls_token": {"content": "[START]"}}"#
    var options = try await resolve(model).tokenizerOptions
    #expect(options.lowercasesFirst && options.lowercases == false)
    #expect(options.stripsAccents == nil && options.partsChinese == false)
    #expect(options.specialTokens.first == "[START]" && options.specialTokens.last == "</s>")
    model["tokenizer_config.json"] =
      #"{"do_lower_case": false, "tokenizer_class": "PreTrainedTokenizerFast"}"#
    options = try await resolve(model).tokenizerOptions
    #expect(options.lowercases == nil, "the general class uses tokenizer.json as it is")
  }

  @Test("A model with a vocab.txt alone is read, and one with neither file is refused")
  func readsBareVocabularies() async throws {
    var model = TinyModel(weightBytes: 100)
    model.files["tokenizer.json"] = nil
    model["vocab.txt"] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ntea\nTEA\n"
    #expect(try await resolve(model).tokenizerFile.lastPathComponent == "vocab.txt")
    #expect(try await ids(of: "TEA", model) == [2, 4, 3])
    model["tokenizer_config.json"] = #"{"do_lower_case": false}"#
    #expect(try await ids(of: "TEA", model) == [2, 5, 3])
    model["sentence_bert_config.json"] = #"{"do_lower_case": true}"#
    #expect(try await ids(of: "TEA", model) == [2, 4, 3])
    model.files["vocab.txt"] = nil
    let neither = model
    let error = try await #require(throws: LociError.self) { try await resolve(neither) }
    #expect(error.code == .missingModel && error.message.contains("vocab.txt"))
  }

  @Test("Prompts are chosen as sentence-transformers does, and what is not used is said aloud")
  func readsPrompts() async throws {
    var model = TinyModel(weightBytes: 100)
    let file = "config_sentence_transformers.json"
    model[file] = """
      {"prompts": {"usual": "u: ", "query": "q: "}, "default_prompt_name": "usual",
       "similarity_fn_name": "dot"}
      """
    var resolved = try await resolve(model)
    #expect(resolved.space.queryPrefix == "q: " && resolved.space.passagePrefix == "u: ")
    #expect(resolved.notes.count == 1 && resolved.notes[0].contains("dot"))
    model[file] = #"{"prompts": {"document": "d: ", "passage": "p: ", "s2p": "s: "}}"#
    resolved = try await resolve(model)
    #expect(resolved.space.queryPrefix.isEmpty && resolved.space.passagePrefix == "d: ")
    #expect(resolved.notes.contains { $0.contains("s2p") })
    model["tokenizer_config.json"] = #"{"truncation_side": "left"}"#
    #expect(try await resolve(model).notes.contains { $0.contains("lose their end") })
    let error = try await failure { $0[file] = #"{"default_prompt_name": "none", "prompts": {}}"# }
    #expect(error.code == .corrupt && error.message.contains("default_prompt_name"))
  }

  @Test("Weights that only PyTorch reads are named, with the way out")
  func namesPickledWeights() async throws {
    let error = try await failure {
      $0.files[TinyModel.weightsName] = nil
      $0["pytorch_model.bin"] = "pickle"
    }
    #expect(error.code == .missingModel && error.message.contains("pytorch_model.bin"))
    #expect(error.remedy?.contains("model.safetensors") == true)
  }

  @Test("The length is never more than the positions that the encoder has")
  func limitsTheLength() async throws {
    var model = TinyModel(weightBytes: 100)
    model["sentence_bert_config.json"] = #"{"max_seq_length": 512}"#
    #expect(try await resolve(model).space.maximumTokens == 64)
    model["sentence_bert_config.json"] = #"{"max_seq_length": null}"#
    model["tokenizer_config.json"] = #"{"model_max_length": 1e30}"#
    #expect(try await resolve(model).space.maximumTokens == 64)
    model["tokenizer_config.json"] = #"{"model_max_length": 50}"#
    #expect(try await resolve(model).space.maximumTokens == 50)
  }

  @Test(
    "Each way to name a pooling is understood",
    arguments: [
      (#"{"pooling_mode_mean_tokens": true}"#, EmbeddingSpace.Pooling.mean),
      (#"{"pooling_mode_max_tokens": true, "pooling_mode_mean_tokens": false}"#, .max),
      (#"{"pooling_mode": "cls", "embedding_dimension": 8}"#, .cls),
    ])
  func readsPooling(text: String, pooling: EmbeddingSpace.Pooling) async throws {
    var model = TinyModel(weightBytes: 100)
    model["1_Pooling/config.json"] = text
    #expect(try await resolve(model).space.pooling == pooling)
  }

  @Test(
    "What Loci does not run is refused by its name",
    arguments: [
      ("1_Pooling/config.json", #"{"pooling_mode_lasttoken": true}"#, "lasttoken"),
      (
        "1_Pooling/config.json",
        #"{"pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": true}"#, "mean and max"
      ),
      ("1_Pooling/config.json", #"{"pooling_mode": "mean", "include_prompt": false}"#, "prompt"),
      ("config.json", #"{"model_type": "roberta"}"#, "roberta"),
      (
        "config.json",
        #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}"#, "reranker"
      ),
      (
        "config.json", #"{"model_type": "bert", "position_embedding_type": "relative_key"}"#,
        "relative_key"
      ),
      ("config.json", #"{"model_type": "bert", "is_decoder": true}"#, "decoder"),
      ("config.json", TinyModel.configuration.replacing("gelu", with: "swish"), "swish"),
      (
        "modules.json",
        #"[{"path": "", "type": "x.Transformer"}, {"path": "2", "type": "x.Dense"}]"#, "Dense"
      ),
      ("modules.json", #"[{"path": "", "type": "x.Transformer"}]"#, "Pooling"),
      ("modules.json", #"[{"path": "", "type": "x.CLIPModel"}]"#, "Transformer"),
    ])
  func refusesWhatItCannotRun(file: String, text: String, named: String) async throws {
    let error = try await failure { $0[file] = text }
    #expect(error.code == .unsupported)
    #expect(error.message.contains(named))
    #expect(error.remedy != nil)
  }

  @Test(
    "A damaged file is named, with what is wrong and what to do",
    arguments: [
      ("config.json", "", "JSON"),
      ("config.json", #"{"model_type": "#, "JSON"),
      ("config.json", "{}", "model_type"),
      ("config.json", #"{"model_type": "bert"}"#, "hidden_size"),
      ("config.json", TinyModel.configuration.replacing("8,", with: "-8,"), "hidden_size"),
      ("config.json", TinyModel.configuration.replacing("8,", with: "7,"), "num_attention_heads"),
      ("config.json", TinyModel.configuration.replacing("8,", with: "\"8\","), "hidden_size"),
      (
        "config.json", TinyModel.configuration.replacing("8,", with: "8e30,"), "number out of range"
      ),
      ("config.json", TinyModel.configuration.replacing("1e-12", with: "1"), "layer_norm_eps"),
      ("config.json", "[]", "the whole file"),
      ("modules.json", #"[{"path": ""}]"#, "type"),
      ("1_Pooling/config.json", "{}", "pooling mode"),
      (
        "1_Pooling/config.json",
        #"{"pooling_mode": "cls", "word_embedding_dimension": 384}"#, "word_embedding_dimension"
      ),
      ("sentence_bert_config.json", #"{"max_seq_length": -1}"#, "max_seq_length"),
      ("sentence_bert_config.json", #"{"max_seq_length": 40.5}"#, "max_seq_length"),
      ("config_sentence_transformers.json", #"{"prompts": 5}"#, "prompts"),
    ])
  func reportsDamage(file: String, text: String, named: String) async throws {
    let error = try await failure { $0[file] = text }
    #expect(error.code == .corrupt)
    #expect(error.message.contains(String(file.split(separator: "/").last ?? "")))
    #expect(error.message.contains(named), "\(error)")
    #expect(error.remedy != nil)
  }

  @Test("Files cut anywhere give an error or an answer, never a crash (seed printed)")
  func survivesCutFiles() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var model = TinyModel(weightBytes: 10)
      let name = try #require(model.files.keys.sorted().randomElement(using: &generator))
      var bytes = try #require(model.files[name])
      bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &generator))
      if let index = bytes.indices.randomElement(using: &generator) {
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      model.files[name] = bytes
      do {
        _ = try await resolve(model)
      } catch let error as LociError {
        #expect([.corrupt, .unsupported, .missingModel].contains(error.code), "\(error)")
      }
    }
  }

  @Test(
    "A missing file is named",
    arguments: ["config.json", "tokenizer.json", "1_Pooling/config.json", TinyModel.weightsName])
  func reportsMissingFiles(file: String) async throws {
    let error = try await failure { $0.files[file] = nil }
    #expect(error.code == .missingModel)
    #expect(error.message.contains(String(file.split(separator: "/").last ?? "")))
    #expect(error.remedy != nil)
  }

  @Test(
    "Paths in files can't lead out of the folder",
    arguments: ["../x", "/etc/passwd", "a/../../b", "a//b", "./a", "", "a\\..\\b"])
  func confinesPaths(path: String) async throws {
    let written = path.replacing("\\", with: "\\\\")
    let shards = try await failure {
      $0.files[TinyModel.weightsName] = nil
      $0["model.safetensors.index.json"] = #"{"weight_map": {"a": "\#(written)"}}"#
    }
    #expect(shards.code == .corrupt)
    #expect(!shards.description.contains("passwd"))
    guard !path.isEmpty else { return }
    let module = try await failure {
      $0["modules.json"] = #"[{"path": "\#(written)", "type": "x.Transformer"}]"#
    }
    #expect(module.code == .corrupt)
  }

  @Test("Shards are found through their index, and their revision is a hash of their hashes")
  func findsShards() async throws {
    var model = TinyModel(weightBytes: 0)
    model.files[TinyModel.weightsName] = nil
    let shards = (1...2).map { TinyModel.bytes(seed: $0, count: 50) }
    model.files["b.safetensors"] = shards[1]
    model.files["a.safetensors"] = shards[0]
    model["model.safetensors.index.json"] =
      #"{"metadata": {}, "weight_map": {"y": "b.safetensors", "x": "a.safetensors"}}"#
    let resolved = try await resolve(model)
    let digests = shards.map { Hexadecimal.text(SHA256.digest($0)) }.joined()
    #expect(
      resolved.space.revision == Hexadecimal.text(SHA256.digest(digests.utf8)).prefix(16))
    model.files["b.safetensors"] = nil
    let incomplete = model
    let error = try await #require(throws: LociError.self) { try await resolve(incomplete) }
    #expect(error.code == .missingModel)
    #expect(error.message.contains("b.safetensors"))
  }
}
