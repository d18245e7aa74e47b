import LociCore
import LociSimulation
import LociTestKit
import Synchronization

/// A bag of words that takes simulated time and fails now and then, as its seed says.
final class UnreliableEmbedder: Embedder {
  private struct State {
    var generator: SeededGenerator
    var failureCount = 0
    var isOn = true
  }

  let base: BagOfWordsEmbedder
  private let clock: SimulatedClock
  private let failureProbability: Double
  private let state: Mutex<State>

  init(revision: String, failureProbability: Double, seed: UInt64, clock: SimulatedClock) {
    base = BagOfWordsEmbedder(dimension: 12, revision: revision)
    self.clock = clock
    self.failureProbability = failureProbability
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
  }

  var space: EmbeddingSpace { base.space }

  var failureCount: Int { state.withLock(\.failureCount) }

  /// Whether it may fail.
  var hasFaults: Bool {
    get { state.withLock(\.isOn) }
    set { state.withLock { $0.isOn = newValue } }
  }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    let (pause, fails) = state.withLock { state in
      guard state.isOn else { return (Int64(0), false) }
      let fails = state.generator.happens(failureProbability)
      if fails { state.failureCount += 1 }
      return (Int64.random(in: 0...20, using: &state.generator), fails)
    }
    if pause > 10 { await clock.sleep(milliseconds: pause) }
    if fails { throw LociError(.engine, "The simulated model failed.", remedy: "Try again.") }
    return try await base.embed(texts, as: role)
  }

  func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
}
