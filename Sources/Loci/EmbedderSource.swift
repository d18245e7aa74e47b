import LociCore

/// Gives the embedder, and loads it once, when it is first needed: listing and reading need no
/// model, and a model that can't be loaded must not stop a record from being stored.
actor EmbedderSource {
  private let load: @Sendable () async throws -> any Embedder
  private var loading: Task<any Embedder, any Error>?

  init(load: @escaping @Sendable () async throws -> any Embedder) { self.load = load }

  /// The embedder. After a failure the next call tries again.
  func embedder() async throws -> any Embedder {
    let task = loading ?? Task { [load] in try await load() }
    loading = task
    do {
      return try await task.value
    } catch {
      if loading == task { loading = nil }
      throw error
    }
  }
}
