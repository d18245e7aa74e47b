import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

/// Whole models that run, with bytes of any of their files changed.
@Suite("Damaged models", .timeLimit(.minutes(5)))
struct DamagedModelTests {
  private static let settings = [
    "config.json": """
    {"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
     "intermediate_size": 48, "max_position_embeddings": 24, "vocab_size": 40,
     "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
    """,
    "sentence_bert_config.json": #"{"max_seq_length": 12, "do_lower_case": true}"#,
    "tokenizer_config.json": #"{"do_lower_case": true, "cls_token": {"content": "[CLS]"}}"#,
    "config_sentence_transformers.json": #"{"prompts": {"query": "red "}}"#,
    "1_Pooling/config.json": #"{"pooling_mode_mean_tokens": true}"#,
    "vocab.txt": TinyEncoder.words.joined(separator: "\n"),
  ]

  private func embedding(of folder: TemporaryFolder) async throws -> Embedding {
    let library = ModelLibrary(
      folders: Folders(environment: ["HOME": folder.file("home").path]),
      environment: ["HF_HUB_OFFLINE": "1"])
    let model = try await library.resolve(folder.url.path, fetches: false)
    let options = InferenceOptions(threads: 1, spins: false)
    return try await ModelEmbedder(model: model, options: options).embed("tea Red", as: .query)
  }

  private func write(to folder: TemporaryFolder, bare: Bool) throws -> [String: Data] {
    _ = try TinyEncoder(seed: 3).write(to: folder)
    for (name, text) in Self.settings {
      let file = folder.file(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try FileManager.default.removeItem(at: folder.file(bare ? "tokenizer.json" : "vocab.txt"))
    let names = [bare ? "vocab.txt" : "tokenizer.json", "model.safetensors"] + Self.settings.keys
    return try Dictionary(
      names.filter { FileManager.default.fileExists(atPath: folder.file($0).path) }
        .map { ($0, try Data(contentsOf: folder.file($0))) }, uniquingKeysWith: { $1 })
  }

  @Test("Files with any bytes changed give a vector or an error, and nothing traps or hangs")
  func changedBytes() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    var (answers, refusals) = (0, 0)
    for bare in [false, true] {
      let folder = try TemporaryFolder()
      let files = try write(to: folder, bare: bare)
      _ = try await embedding(of: folder)
      for _ in 0..<800 {
        let name = try #require(files.keys.sorted().randomElement(using: &generator))
        var bytes = try #require(files[name])
        // The table of the weights is at their start, and what matters most.
        let reach = Bool.random(using: &generator) ? min(bytes.count, 4000) : bytes.count
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          bytes[Int.random(in: 0..<reach, using: &generator)] =
            UInt8.random(in: 0...255, using: &generator)
        }
        if Int.random(in: 0..<8, using: &generator) == 0 {
          bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &generator))
        }
        try Data(bytes).write(to: folder.file(name))
        do {
          let embedding = try await embedding(of: folder)
          #expect(embedding.vector.dimension == 32, "seed \(seed)")
          answers += 1
        } catch is LociError {
          refusals += 1
        }
        try files[name]?.write(to: folder.file(name))
      }
    }
    #expect(answers > 0 && refusals > 0, "seed \(seed)")
  }

  @Test("Garbage in place of an ONNX graph is an error")
  func garbageGraph() async throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder, bare: false)
    var generator = SeededGenerator(seed: 7)
    for count in [0, 1, 100, 10_000] {
      let file = folder.file("graph.onnx")
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      try Data(bytes).write(to: file)
      let library = ModelLibrary(
        folders: Folders(environment: ["HOME": folder.file("home").path]), environment: [:])
      let model = try await library.resolve(file.path, fetches: false)
      #expect(throws: LociError.self) { try ModelEmbedder(model: model) }
    }
  }
}
