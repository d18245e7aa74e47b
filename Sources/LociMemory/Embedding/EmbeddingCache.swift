import LociCore
import Synchronization

/// What a cache of the embeddings of the last 1000 texts that were embedded one by one, questions
/// above all, has spared.
public struct EmbeddingCacheCounts: Hashable, Sendable {
  /// Texts that were embedded before.
  public let hits: Int
  /// Texts that had to be embedded.
  public let misses: Int
  /// How many embeddings are kept.
  public let size: Int
}

/// The embeddings of the last texts that were embedded one by one, questions above all, so that a
/// text which comes again costs nothing.
///
/// Texts that come in batches are not kept: they would push out what comes again. What is kept of
/// them is used.
final class EmbeddingCache: Sendable {
  struct Key: Hashable {
    let text: ContentHash
    let role: EmbeddingRole
    let space: EmbeddingSpace
  }

  private struct State {
    var entries: [Key: (embedding: Embedding, use: UInt64)] = [:]
    var use: UInt64 = 0
    var (hits, misses) = (0, 0)
  }

  /// The most embeddings that are kept; of 384 numbers each, some 2 MB.
  static let standardCapacity = 1000

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int = standardCapacity) { self.capacity = capacity }

  /// How often a text was asked for that was kept, and one that was not.
  var counts: EmbeddingCacheCounts {
    state.withLock {
      EmbeddingCacheCounts(hits: $0.hits, misses: $0.misses, size: $0.entries.count)
    }
  }

  /// The embedding of a text, where it is kept. Complexity: O(1).
  func embedding(of key: Key) -> Embedding? {
    state.withLock { state in
      guard let found = state.entries[key]?.embedding else {
        state.misses += 1
        return nil
      }
      state.hits += 1
      state.use += 1
      state.entries[key]?.use = state.use
      return found
    }
  }

  /// The embedding of a text of a batch, where it is kept; it is not counted. Complexity: O(1).
  func kept(_ key: Key) -> Embedding? { state.withLock { $0.entries[key]?.embedding } }

  /// Keeps an embedding; the one that was not asked for longest makes room. Complexity:
  /// O(capacity), which is little beside what embedding takes.
  func keep(_ embedding: Embedding, of key: Key) {
    state.withLock { state in
      if state.entries.count >= capacity, state.entries[key] == nil,
        let oldest = state.entries.min(by: { $0.value.use < $1.value.use })?.key
      {
        state.entries[oldest] = nil
      }
      state.use += 1
      state.entries[key] = (embedding, state.use)
    }
  }
}

/// An embedder that asks a cache first.
struct CachedEmbedder: Embedder {
  let base: any Embedder
  let cache: EmbeddingCache

  var space: EmbeddingSpace { base.space }
  var notes: [String] { base.notes }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    guard texts.count == 1 else { return try await embedUnknown(of: texts, as: role) }
    let key = EmbeddingCache.Key(text: ContentHash(of: texts[0]), role: role, space: base.space)
    if let known = cache.embedding(of: key) { return [known] }
    let embeddings = try await base.embed(texts, as: role)
    if embeddings.count == 1 { cache.keep(embeddings[0], of: key) }
    return embeddings
  }

  /// Embeds the texts of a batch that are not kept.
  private func embedUnknown(
    of texts: [String], as role: EmbeddingRole
  ) async throws -> [Embedding] {
    let known = texts.map {
      cache.kept(EmbeddingCache.Key(text: ContentHash(of: $0), role: role, space: base.space))
    }
    let unknown = zip(texts, known).filter { $1 == nil }.map(\.0)
    guard unknown.count < texts.count else { return try await base.embed(texts, as: role) }
    var new = (unknown.isEmpty ? [] : try await base.checkedEmbeddings(of: unknown, as: role))[...]
    return known.compactMap { $0 ?? new.popFirst() }
  }

  func embedTokens(
    _ texts: [String], as role: EmbeddingRole
  ) async throws -> [[UnitVector]] {
    try await base.embedTokens(texts, as: role)
  }

  func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
  func canRead(_ text: String) throws -> Bool { try base.canRead(text) }
}
