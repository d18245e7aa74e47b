import Loci

/// Remembers with an embedder of one's own, in a memory that touches no file, as an app's tests do.
@main
enum OwnEmbedder {
  /// Counts letters: words that share letters are similar.
  struct Letters: Embedder {
    let space = EmbeddingSpace(
      provider: "example", model: "letters", revision: "1", dimension: 26, pooling: .mean,
      maximumTokens: 512)

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
      try texts.map { text in
        var counts = [Float](repeating: 0.01, count: 26)
        for letter in text.lowercased().utf8 where (97...122).contains(letter) {
          counts[Int(letter) - 97] += 1
        }
        return Embedding(
          vector: try UnitVector(normalizing: counts), tokenCount: try tokenCount(of: text),
          isTruncated: false)
      }
    }

    func tokenCount(of text: String) throws -> Int { text.split(separator: " ").count }
  }

  static func main() async throws {
    let ada = try Memory.inMemory(embedder: Letters()).namespace("bot:ada")
    let remembered = try await ada.remember("Alice prefers tea", metadata: ["asked": 0])
    let answer = try await ada.recall("tea", limit: 1)
    print("recalled:", answer.hits.map(\.record.text))

    try await ada.update(remembered.record.id) { record in
      guard case .number(let count)? = record.metadata["asked"] else { return }
      record.metadata["asked"] = .number(count + 1)
    }
    for try await record in ada.records() { print("kept:", record.text, record.metadata) }
    print("forgotten:", try await ada.forget(where: Filter()))
  }
}
