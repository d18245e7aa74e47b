import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("The graph of an encoder")
struct EncoderGraphTests {
  private static let texts: [[Int32]] = [
    [2, 4, 3], [2, 5, 6, 7, 8, 4, 4, 3], [2, 3], [2, 30, 39, 3],
  ]

  private func session(
    _ model: ResolvedModel, _ pooling: EmbeddingSpace.Pooling
  ) throws -> any InferenceSession {
    guard case .safetensors(let files) = model.weights else { throw CancellationError() }
    let weights = try EncoderWeights(files)
    return try OnnxSession(
      graph: EncoderGraph.model(model.architecture, pooling: pooling, weights: weights),
      weights: weights, pooling: pooling, options: InferenceOptions(threads: 2),
      runtime: .shared())
  }

  private func check(
    _ tiny: TinyEncoder, _ pooling: EmbeddingSpace.Pooling, prefix: String = "",
    encoding: TinyTensor.Encoding = .float32
  ) throws {
    let folder = try TemporaryFolder()
    let model = try tiny.write(to: folder, prefix: prefix, encoding: encoding)
    let session = try session(model, pooling)
    let reference = ReferenceEncoder(
      architecture: tiny.architecture, tensors: tiny.tensors.mapValues { $0.rounded(encoding) })
    let size = tiny.architecture.hiddenSize
    let together = try session.makeRun().vectors(of: TokenBatch(Self.texts))
    for (index, text) in Self.texts.enumerated() {
      let expected = reference.vector(of: text, pooling: pooling)
      let alone = try session.makeRun().vectors(of: TokenBatch([text]))
      #expect(cosine(expected, alone) >= 0.999_999)
      #expect(cosine(expected, Array(together[index * size..<(index + 1) * size])) >= 0.999_999)
    }
  }

  @Test(
    "Any pooling and activation agree with a plain float64 encoder, alone and padded in a batch",
    arguments: EmbeddingSpace.Pooling.allCases, ["gelu", "gelu_new", "relu"])
  func agreesWithReference(pooling: EmbeddingSpace.Pooling, activation: String) throws {
    for seed in UInt64(1)...5 {
      try check(TinyEncoder(seed: seed, activation: activation), pooling)
    }
  }

  @Test("Weights in half precision are widened", arguments: TinyTensor.Encoding.allCases)
  func halfPrecision(encoding: TinyTensor.Encoding) throws {
    try check(TinyEncoder(seed: 11), .mean, encoding: encoding)
  }

  @Test("Tensors may carry the prefix of a whole BERT model")
  func prefixed() throws { try check(TinyEncoder(seed: 12), .cls, prefix: "bert.") }

  @Test("An activation that is not known is named")
  func unknownActivation() throws {
    let folder = try TemporaryFolder()
    let model = try TinyEncoder(seed: 13, activation: "swish").write(to: folder)
    let error = #expect(throws: LociError.self) { try session(model, .mean) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("swish") == true)
  }

  @Test("A run that was stopped ends with an error, and the session still serves others")
  func stopped() throws {
    let folder = try TemporaryFolder()
    let session = try session(try TinyEncoder(seed: 15).write(to: folder), .mean)
    let run = try session.makeRun()
    run.stop()
    let error = #expect(throws: LociError.self) { try run.vectors(of: TokenBatch(Self.texts)) }
    #expect(error?.code == .engine)
    #expect(try session.makeRun().vectors(of: TokenBatch(Self.texts)).count == 4 * 32)
  }

  @Test("Ids outside of the vocabulary are refused by the engine, and nothing traps")
  func foreignIDs() throws {
    let folder = try TemporaryFolder()
    let session = try session(try TinyEncoder(seed: 14).write(to: folder), .max)
    #expect(throws: LociError.self) { try session.makeRun().vectors(of: TokenBatch([[99, -99]])) }
  }
}
