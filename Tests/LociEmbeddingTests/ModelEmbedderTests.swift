import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("Embedding texts")
struct ModelEmbedderTests {
  private let folder: TemporaryFolder
  private let tiny = TinyEncoder(seed: 3)

  init() throws { folder = try TemporaryFolder() }

  /// The reference is exact, so the weights are not rounded.
  private func embedder(
    _ options: InferenceOptions = InferenceOptions(precision: .float32)
  ) throws -> ModelEmbedder {
    try ModelEmbedder(model: tiny.write(to: folder), options: options)
  }

  /// What the reference makes of words, without special tokens.
  private func expected(_ ids: [Int32]) -> [Double] {
    ReferenceEncoder(architecture: tiny.architecture, tensors: tiny.tensors)
      .vector(of: [2] + ids + [3], pooling: .mean)
  }

  @Test("Answers come in the callers' order, and equal texts get equal vectors", arguments: 1...5)
  func order(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<60).map { _ in
      let count = Int.random(in: 0...9, using: &generator)
      return (0..<count).map { _ in Int32.random(in: 4...8, using: &generator) }
    }
    let embeddings = try await embedder(InferenceOptions(tokensPerBatch: 32, precision: .float32))
      .embed(
        texts.map { $0.map { TinyEncoder.words[Int($0)] }.joined(separator: " ") }, as: .passage)
    #expect(embeddings.count == texts.count)
    for (text, embedding) in zip(texts, embeddings) {
      #expect(cosine(expected(text), embedding.vector.components) >= 0.999_999)
      #expect(embedding.tokenCount == text.count + 2)
    }
  }

  @Test("One call gives what a batch gives")
  func aloneAndTogether() async throws {
    let embedder = try embedder()
    let texts = ["", "tea", "red green blue", "coffee tea coffee tea coffee"]
    let together = try await embedder.embed(texts, as: .passage)
    for (text, embedding) in zip(texts, together) {
      let alone = try await embedder.embed(text, as: .passage)
      #expect(alone.vector == embedding.vector)
    }
  }

  @Test("A long text is cut at the space's maximum, and says so")
  func truncation() async throws {
    let words = [String](repeating: "tea", count: 11)
    let embedder = try embedder()
    let texts = [10, 11].map { words.prefix($0).joined(separator: " ") }
    let embeddings = try await embedder.embed(texts, as: .passage)
    #expect(embeddings.map(\.isTruncated) == [false, true])
    #expect(embeddings.map(\.tokenCount) == [12, 12])
    #expect(embeddings[0].vector == embeddings[1].vector)
    #expect(embedder.tokenCount(of: texts[1]) == 11)
  }

  @Test("A query gets its space's prefix, and a passage does not")
  func prefixes() async throws {
    let embedder = try embedder()
    let query = try await embedder.embed("tea", as: .query)
    let passage = try await embedder.embed("tea", as: .passage)
    #expect(cosine(expected([4, 7]), query.vector.components) >= 0.999_999)
    #expect(cosine(expected([7]), passage.vector.components) >= 0.999_999)
  }

  @Test("No texts give no vectors")
  func nothing() async throws {
    #expect(try await embedder().embed([], as: .query).isEmpty)
  }

  @Test("A token's vector is the last layer's, without padding, alone as among others")
  func tokens() async throws {
    let embedder = try embedder()
    let texts = ["tea", "", "red green blue tea coffee", "tea"]
    let reference = ReferenceEncoder(architecture: tiny.architecture, tensors: tiny.tensors)
    let found = try await embedder.embedTokens(texts, as: .passage)
    #expect(found.count == texts.count)
    for (text, tokens) in zip(texts, found) {
      let words = text.split(separator: " ").compactMap {
        TinyEncoder.words.firstIndex(of: String($0)).map(Int32.init)
      }
      let expected = reference.states(of: [2] + words + [3])
      #expect(tokens.count == expected.count)
      for (token, state) in zip(tokens, expected) {
        #expect(cosine(state, token.components) >= 0.999_999)
      }
      #expect(try await embedder.embedTokens([text], as: .passage) == [tokens])
    }
    #expect(try await embedder.embedTokens([], as: .query).isEmpty)
  }

  @Test("A model in ONNX Runtime whose graph pools gives no vectors of tokens, and says so")
  func noTokens() async throws {
    let embedder = try embedder(InferenceOptions(engine: .onnxRuntime))
    let error = await #expect(throws: LociError.self) {
      try await embedder.embedTokens(["tea"], as: .query)
    }
    #expect(error?.code == .unsupported)
  }

  @Test("A space that is longer than the model's positions is refused")
  func tooLong() throws {
    let model = try tiny.write(to: folder, maximumTokens: 25)
    let error = #expect(throws: LociError.self) { try ModelEmbedder(model: model) }
    #expect(error?.code == .invalidConfiguration)
  }

  @Test("A tokenizer of another model is refused")
  func otherTokenizer() throws {
    var model = try tiny.write(to: folder)
    model.architecture.vocabularySize = 4
    let error = #expect(throws: LociError.self) { try ModelEmbedder(model: model) }
    #expect(error?.code == .corrupt)
  }

  @Test("A model whose vectors have another dimension than its space is refused")
  func otherDimension() async throws {
    var model = try tiny.write(to: folder)
    model.space.dimension = 16
    let embedder = try ModelEmbedder(model: model)
    let error = await #expect(throws: LociError.self) { try await embedder.embed("a", as: .query) }
    #expect(error?.code == .dimensionMismatch)
  }

  @Test("Many calls at once all get their own answers")
  func concurrentCalls() async throws {
    let embedder = try embedder()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        let (id, role): (Int32, EmbeddingRole) = (Int32(4 + index % 5), .passage)
        group.addTask {
          let found = try await embedder.embed(TinyEncoder.words[Int(id)], as: role)
          #expect(cosine(expected([id]), found.vector.components) >= 0.999_999)
        }
      }
      try await group.waitForAll()
    }
  }
}

@Suite("Embedding with the real model", .timeLimit(.minutes(5)))
struct RealEmbedderTests {
  @Test("Related texts are closer than unrelated ones, and vectors have length 1")
  func meaning() async throws {
    let embedder = try ModelEmbedder(model: await ModelLibrary().resolve())
    let texts = ["Alice prefers tea to coffee.", "The bridge is closed for repairs."]
    let found = try await embedder.embed(texts, as: .passage).map(\.vector)
    let query = try await embedder.embed("what does Alice drink?", as: .query).vector
    let (near, far) = try (query.similarity(to: found[0]), query.similarity(to: found[1]))
    #expect(near.value > 0.5 && far.value < 0.2)
    let length = found[0].components.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(length - 1) < 1e-5)
  }

  @Test("The vectors of a text's tokens make its vector, and those of the same word are close")
  func tokens() async throws {
    let embedder = try ModelEmbedder(model: await ModelLibrary().resolve())
    let texts = ["The bank of the river", "Alice sat on the bank of the river.", "Money"]
    let tokens = try await embedder.embedTokens(texts, as: .passage)
    #expect(tokens.map(\.count) == [7, 11, 3])
    func nearest(_ token: UnitVector, in others: [UnitVector]) throws -> Float {
      try others.map { try token.similarity(to: $0).value }.max() ?? -1
    }
    let bank = tokens[0][2]
    #expect(try nearest(bank, in: tokens[1]) > 0.6)
    #expect(try nearest(bank, in: tokens[2]) < 0.5)
  }

  @Test("A query is answered long before a bulk job ends, and the cancelled job ends at once")
  func queryDuringBulk() async throws {
    let embedder = try ModelEmbedder(model: await ModelLibrary().resolve())
    let texts = (0..<20_000).map { "Passage \($0): " + String(repeating: "many words ", count: 90) }
    let bulk = Task { try await embedder.embed(texts, as: .passage) }
    try await Task.sleep(for: .milliseconds(50))
    for index in 0..<3 { _ = try await embedder.embed("a short query \(index)", as: .query) }
    bulk.cancel()
    await #expect(throws: CancellationError.self) { try await bulk.value }
  }
}
