import LociCore
import LociEmbedding
import Testing

@Suite("Pairs that everybody can judge")
struct PairTests {
  @Test("Two greetings are alike to the default model, and a greeting is not physics")
  func pairs() async throws {
    let embedder = try await ModelEmbedder.open()
    let texts = ["hello world", "hi world", "quantum physics"]
    let vectors = try await embedder.embed(texts, as: .passage).map(\.vector)
    #expect(try vectors[0].similarity(to: vectors[1]).value > 0.8)
    #expect(try vectors[0].similarity(to: vectors[2]).value < 0.5)
  }
}
