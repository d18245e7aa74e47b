import Foundation
import Loci

/// The model with its cache, opened when it is first needed: a measurement by words alone loads
/// none.
actor EvalEmbedders {
  private let session: Session
  private let folder: URL
  private let isKept: Bool
  private var opened: CachingEmbedder?

  /// - Parameter isKept: Whether vectors are kept for the next run; else for this one alone.
  init(_ session: Session, isKept: Bool) {
    self.session = session
    self.isKept = isKept
    folder =
      isKept
      ? session.folders.cache.appending(path: "eval")
      : FileManager.default.temporaryDirectory.appending(path: "loci-eval-\(UUID().uuidString)")
  }

  /// How many texts were embedded, and not found.
  var madeCount: Int { opened?.madeCount ?? 0 }

  /// Gives the embedder. A cache that can't be used is noted, and none is used.
  nonisolated var embedder: @Sendable () async throws -> any Embedder {
    { try await self.open() }
  }

  /// Removes what is not kept.
  nonisolated func removeUnkept() {
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  private func open() async throws -> any Embedder {
    if let opened { return opened }
    let model = try await session.embedder()
    let caching: CachingEmbedder
    do {
      caching = CachingEmbedder(model, cache: try EmbeddingCache(model.space, in: folder))
    } catch {
      session.console.note(Printable.message(error.message))
      caching = CachingEmbedder(model, cache: nil)
    }
    opened = caching
    return caching
  }
}
