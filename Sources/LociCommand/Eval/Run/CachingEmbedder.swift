package import Loci
import Synchronization

/// An embedder that makes no vector that a cache has.
package final class CachingEmbedder: Embedder {
  private let base: any Embedder
  private let cache: EmbeddingCache?
  private let made = Mutex(0)

  /// Puts a cache of the embedder's space before it; nil is none.
  package init(_ base: any Embedder, cache: EmbeddingCache?) {
    (self.base, self.cache) = (base, cache)
  }

  package var space: EmbeddingSpace { base.space }
  package var notes: [String] { base.notes }

  /// How many texts the embedder itself was given.
  package var madeCount: Int { made.withLock { $0 } }

  package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    let prefix = role == .query ? space.queryPrefix : space.passagePrefix
    let hashes = texts.map { ContentHash(of: prefix + $0) }
    var found: [ContentHash: Embedding] = [:]
    var missing: [(hash: ContentHash, text: String)] = []
    var asked: Set<ContentHash> = []
    for (hash, text) in zip(hashes, texts) where asked.insert(hash).inserted {
      if let embedding = cache?.embedding(of: hash) {
        found[hash] = embedding
      } else {
        missing.append((hash, text))
      }
    }
    if !missing.isEmpty {
      let embeddings = try await base.checkedEmbeddings(of: missing.map(\.text), as: role)
      made.withLock { $0 += missing.count }
      let new = zip(missing, embeddings).map { (hash: $0.hash, embedding: $1) }
      cache?.add(new)
      found.merge(new.map { ($0.hash, $0.embedding) }) { $1 }
    }
    // Each was found or made; what an embedder left out has been thrown.
    return hashes.compactMap { found[$0] }
  }

  package func embedTokens(
    _ texts: [String], as role: EmbeddingRole
  ) async throws -> [[UnitVector]] {
    try await base.embedTokens(texts, as: role)
  }

  package func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
  package func canRead(_ text: String) throws -> Bool { try base.canRead(text) }
}

/// An embedder that reads nothing, so that nothing is embedded where words alone are asked.
struct WordsAlone: Embedder {
  let space = EmbeddingSpace(
    provider: "local", model: "none", revision: "1", dimension: 1, pooling: .mean,
    maximumTokens: 1)

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    throw LociError(
      .unsupported, "A measurement by words alone embeds nothing.", remedy: "Use another mode.")
  }

  func tokenCount(of text: String) throws -> Int { 0 }
  func canRead(_ text: String) throws -> Bool { false }
}
