import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("An encoder's weights")
struct EncoderWeightsTests {
  private let folder: TemporaryFolder
  private let words = "embeddings.word_embeddings.weight"

  init() throws { folder = try TemporaryFolder() }

  private func weights(_ tensors: [String: TinyTensor]...) throws -> EncoderWeights {
    try EncoderWeights(
      tensors.enumerated().map { index, shard in
        let url = folder.file("shard-\(index).safetensors")
        try Data(Safetensors.file(shard, .float32)).write(to: url)
        return url
      })
  }

  private let matrix = TinyTensor(shape: [2, 2], values: [1, 2, 3, 4])

  @Test("A tensor of another shape is named with both shapes")
  func wrongShape() throws {
    let weights = try weights([words: matrix])
    let error = #expect(throws: LociError.self) { try weights.place(of: words, shape: [3, 2]) }
    #expect(error?.code == .corrupt)
    #expect(
      error?.message
        == "The tensor \(words) is F32 [2, 2], and F32 [3, 2] was expected.")
  }

  @Test("A missing tensor is named")
  func missing() throws {
    let weights = try weights(["bert.\(words)": matrix])
    let error = #expect(throws: LociError.self) { try weights.values("pooler", shape: [1]) }
    #expect(error?.message.contains("bert.pooler") == true)
  }

  @Test("Shards are one model")
  func shards() throws {
    let weights = try weights(
      [words: matrix], ["x.LayerNorm.gamma": TinyTensor(shape: [2], values: [5, 6])])
    #expect(try weights.values(words, shape: [2, 2]) == [1, 2, 3, 4])
    #expect(try weights.values("x.LayerNorm.weight", shape: [2]) == [5, 6])
  }

  @Test(
    "Weights of another kind of model are refused",
    arguments: ["transformer.wte.weight", "roberta.embeddings.word_embeddings.weight"])
  func otherModels(name: String) throws {
    let error = #expect(throws: LociError.self) { try weights([name: matrix]) }
    #expect(error?.code == .unsupported)
  }
}
