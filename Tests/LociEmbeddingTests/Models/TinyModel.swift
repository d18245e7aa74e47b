import Foundation
import LociCore
import LociTestKit

/// The files of a made-up model: right in form, small, and with weights that nobody runs.
struct TinyModel: Sendable {
  static let weightsName = "model.safetensors"

  var files: [String: Data]

  /// A whole model of the sentence-transformers layout, its weights made from a seed.
  init(seed: UInt64 = 1, weightBytes: Int = 3_000_000) {
    files = [
      "config.json": Data(Self.configuration.utf8),
      "tokenizer.json": Data(#"{"version": "1.0"}"#.utf8),
      "tokenizer_config.json": Data(#"{"model_max_length": 512}"#.utf8),
      "modules.json": Data(
        """
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
         {"idx": 1, "name": "1", "path": "1_Pooling",
          "type": "sentence_transformers.models.Pooling"}]
        """.utf8),
      "1_Pooling/config.json": Data(
        #"{"word_embedding_dimension": 8, "pooling_mode_cls_token": true}"#.utf8),
      "sentence_bert_config.json": Data(#"{"max_seq_length": 40}"#.utf8),
      "config_sentence_transformers.json": Data(
        #"{"prompts": {"query": "ask: ", "document": "told: "}}"#.utf8),
      Self.weightsName: Self.bytes(seed: seed, count: weightBytes),
    ]
  }

  static let configuration = """
    {"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 8,
     "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16,
     "max_position_embeddings": 64, "vocab_size": 30, "type_vocab_size": 2,
     "layer_norm_eps": 1e-12, "hidden_act": "gelu"}
    """

  static func bytes(seed: UInt64, count: Int) -> Data {
    var generator = SeededGenerator(seed: seed)
    return Data((0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
  }

  subscript(name: String) -> String? {
    get { files[name].map { String(decoding: $0, as: UTF8.self) } }
    set { files[name] = newValue.map { Data($0.utf8) } }
  }

  /// The SHA-256 of the weights.
  var weightsHash: String {
    Hexadecimal.text(SHA256.digest(files[Self.weightsName] ?? Data()))
  }

  func write(to folder: URL) throws {
    for (name, content) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
    }
  }
}
