import Foundation
import LociCore
import LociEmbedding
import Testing

/// The model that set-up unpacks; if it is missing these tests fail, which is what they should do.
@Suite("The real model in Loci's models folder")
struct RealModelTests {
  @Test("MiniLM resolves with the settings and the hash that its authors published")
  func resolvesMiniLM() async throws {
    let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
    #expect(
      model.space
        == EmbeddingSpace(
          provider: "sentence-transformers", model: "sentence-transformers/all-MiniLM-L6-v2",
          revision: "53aa51172d142c89", dimension: 384, pooling: .mean, maximumTokens: 256))
    #expect(
      model.architecture
        == ResolvedModel.Architecture(
          hiddenSize: 384, layerCount: 6, headCount: 12, intermediateSize: 1536,
          positionCount: 512, vocabularySize: 30522, segmentCount: 2,
          normalizationEpsilon: 1e-12, activation: "gelu"))
    #expect(model.license == "Apache-2.0")
    #expect(FileManager.default.fileExists(atPath: model.tokenizerFile.path))
  }
}
