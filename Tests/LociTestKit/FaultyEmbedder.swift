package import LociCore
import Synchronization

/// An embedder that fails on command, and counts how often it did.
package final class FaultyEmbedder: Embedder {
  private let base: BagOfWordsEmbedder
  private let state = Mutex(State())

  private struct State {
    var isBroken = false
    var poison: String?
    var isHeld = false
    var waiting = 0
    var failures = 0
    var embedded = 0
  }

  /// Wraps a working embedder.
  package init(_ base: BagOfWordsEmbedder = BagOfWordsEmbedder()) { self.base = base }

  /// The space of its vectors.
  package var space: EmbeddingSpace { base.space }

  /// Whether every call fails.
  package var isBroken: Bool {
    get { state.withLock(\.isBroken) }
    set { state.withLock { $0.isBroken = newValue } }
  }

  /// Calls with a text that holds this fail.
  package var poison: String? {
    get { state.withLock(\.poison) }
    set { state.withLock { $0.poison = newValue } }
  }

  /// Whether every call waits until this is false again, or its task is cancelled.
  package var isHeld: Bool {
    get { state.withLock(\.isHeld) }
    set { state.withLock { $0.isHeld = newValue } }
  }

  /// How many calls have had to wait.
  package var waitingCount: Int { state.withLock(\.waiting) }

  /// How many calls failed.
  package var failureCount: Int { state.withLock(\.failures) }

  /// How many texts were embedded.
  package var embeddedCount: Int { state.withLock(\.embedded) }

  package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    if isHeld { state.withLock { $0.waiting += 1 } }
    while isHeld { try await Task.sleep(for: .milliseconds(2)) }
    let fails = state.withLock { state in
      let fails =
        state.isBroken || state.poison.map { bad in texts.contains { $0.contains(bad) } } ?? false
      if fails { state.failures += 1 } else { state.embedded += texts.count }
      return fails
    }
    if fails { throw LociError(.engine, "The test's embedder was told to fail.") }
    return try await base.embed(texts, as: role)
  }

  package func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
}
