import Foundation
import LociCore
import LociEmbedding
import LociTestKit

/// A BERT encoder with random weights, small enough to compute by hand.
struct TinyEncoder {
  let architecture: ResolvedModel.Architecture
  var tensors: [String: TinyTensor]
  static let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "red", "green", "blue", "tea", "coffee"]

  init(seed: UInt64, activation: String = "gelu") {
    architecture = ResolvedModel.Architecture(
      hiddenSize: 32, layerCount: 2, headCount: 4, intermediateSize: 48, positionCount: 24,
      vocabularySize: 40, segmentCount: 2, normalizationEpsilon: 1e-12, activation: activation)
    var generator = SeededGenerator(seed: seed)
    tensors = Self.shapes(architecture).mapValues { shape in
      TinyTensor(
        shape: shape,
        values: (0..<shape.reduce(1, *)).map { _ in Float.random(in: -0.5...0.5, using: &generator)
        }
      )
    }
  }

  /// Writes the model's two files and describes them.
  func write(
    to folder: TemporaryFolder, pooling: EmbeddingSpace.Pooling = .mean, prefix: String = "",
    encoding: TinyTensor.Encoding = .float32, maximumTokens: Int = 12
  ) throws -> ResolvedModel {
    let renamed = Dictionary(uniqueKeysWithValues: tensors.map { (prefix + $0, $1) })
    let weights = folder.file("model.safetensors")
    try Data(Safetensors.file(renamed, encoding)).write(to: weights)
    let tokenizer = folder.file("tokenizer.json")
    try Self.tokenizer.write(to: tokenizer)
    return ResolvedModel(
      space: EmbeddingSpace(
        provider: "test", model: "tiny", revision: "0", dimension: architecture.hiddenSize,
        pooling: pooling, queryPrefix: "red ", maximumTokens: maximumTokens),
      weights: .safetensors([weights]), tokenizerFile: tokenizer, architecture: architecture)
  }

  /// A lower-casing WordPiece tokenizer of ``words``.
  static var tokenizer: Data {
    get throws {
      let vocabulary = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
      func special(_ name: String, _ id: Int) -> [String: Any] {
        ["id": name, "ids": [id], "tokens": [name]]
      }
      return try JSONSerialization.data(withJSONObject: [
        "added_tokens": [],
        "normalizer": [
          "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
          "strip_accents": NSNull(), "lowercase": true,
        ],
        "pre_tokenizer": ["type": "BertPreTokenizer"],
        "post_processor": [
          "type": "TemplateProcessing",
          "single": [
            ["SpecialToken": ["id": "[CLS]", "type_id": 0]],
            ["Sequence": ["id": "A", "type_id": 0]],
            ["SpecialToken": ["id": "[SEP]", "type_id": 0]],
          ],
          "special_tokens": ["[CLS]": special("[CLS]", 2), "[SEP]": special("[SEP]", 3)],
        ],
        "model": [
          "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "max_input_chars_per_word": 100, "vocab": vocabulary,
        ] as [String: Any],
      ])
    }
  }

  private static func shapes(_ architecture: ResolvedModel.Architecture) -> [String: [Int]] {
    let (hidden, wide) = (architecture.hiddenSize, architecture.intermediateSize)
    var shapes = [
      "embeddings.word_embeddings.weight": [architecture.vocabularySize, hidden],
      "embeddings.position_embeddings.weight": [architecture.positionCount, hidden],
      "embeddings.token_type_embeddings.weight": [architecture.segmentCount, hidden],
      "embeddings.LayerNorm.weight": [hidden], "embeddings.LayerNorm.bias": [hidden],
    ]
    for layer in 0..<architecture.layerCount {
      let name = "encoder.layer.\(layer)"
      let dense = [
        ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
        ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
        ("intermediate.dense", wide, hidden), ("output.dense", hidden, wide),
      ]
      for (part, rows, columns) in dense {
        shapes["\(name).\(part).weight"] = [rows, columns]
        shapes["\(name).\(part).bias"] = [rows]
      }
      for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
        shapes["\(name).\(part).weight"] = [hidden]
        shapes["\(name).\(part).bias"] = [hidden]
      }
    }
    return shapes
  }
}

/// A tensor of a test's model.
struct TinyTensor {
  var shape: [Int]
  var values: [Float]

  /// How a file stores the values.
  enum Encoding: String, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
  }

  /// The values as a file holds them, little-endian.
  func bytes(_ encoding: Encoding) -> [UInt8] {
    values.flatMap { value -> [UInt8] in
      switch encoding {
      case .float32: littleEndianBytes(value.bitPattern)
      case .float16: littleEndianBytes(Float16(value).bitPattern)
      case .bfloat16: littleEndianBytes(UInt16(value.bitPattern >> 16))
      }
    }
  }

  /// The values that are left after a round trip through an encoding.
  func rounded(_ encoding: Encoding) -> TinyTensor {
    TinyTensor(
      shape: shape,
      values: values.map { value in
        switch encoding {
        case .float32: value
        case .float16: Float(Float16(value))
        case .bfloat16: Float(bitPattern: value.bitPattern & 0xffff_0000)
        }
      })
  }
}

/// Writes safetensors files.
enum Safetensors {
  static func file(_ tensors: [String: TinyTensor], _ encoding: TinyTensor.Encoding) -> [UInt8] {
    var data: [UInt8] = []
    var entries: [String] = ["\"__metadata__\":{\"format\":\"pt\"}"]
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      data += tensor.bytes(encoding)
      entries.append(
        entry(name, encoding.rawValue, tensor.shape, start, data.count))
    }
    return file(header: "{" + entries.joined(separator: ",") + "}", data: data)
  }

  static func entry(
    _ name: String, _ type: String, _ shape: [Int], _ start: Int, _ end: Int
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
  }

  static func file(header: String, data: [UInt8]) -> [UInt8] {
    littleEndianBytes(UInt64(header.utf8.count)) + Array(header.utf8) + data
  }
}

func littleEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  stride(from: 0, to: value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
}
