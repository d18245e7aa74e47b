import LociEmbedding

/// Says which sentences mean the same, with the embedder alone.
@main
enum Similar {
  static let sentences = [
    "A man is playing the guitar.", "Somebody makes music on a string instrument.",
    "The stock market fell today.", "Share prices went down.",
  ]

  static func main() async throws {
    let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
    let embedder = try ModelEmbedder(model: model)
    let embeddings = try await embedder.embed(sentences, as: .passage)
    for (place, sentence) in sentences.enumerated() {
      let others = try embeddings.indices.filter { $0 != place }.map { other in
        (
          text: sentences[other],
          similarity: try embeddings[place].vector.similarity(to: embeddings[other].vector)
        )
      }
      if let closest = others.max(by: { $0.similarity < $1.similarity }) {
        print(sentence, "~", closest.text, closest.similarity)
      }
    }
  }
}
