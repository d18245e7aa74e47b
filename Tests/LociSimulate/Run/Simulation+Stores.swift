import Loci
import LociSimulation
import LociTestKit

extension Simulation {
  /// The places where vectors can be. The first may lie in the records' own store.
  static let backends = ["native", "near", "far"]
  /// The models that can make them.
  static let models = ["1", "2"]

  static func memory(
    on disk: SimulatedDisk, _ scenario: Scenario, _ embedders: [UnreliableEmbedder],
    _ clock: SimulatedClock, _ seams: Seams, pinned: String?
  ) -> Memory {
    let records = seams.records(SimulatedRecordStore(on: disk))
    let surroundings = Surroundings {
      clock.advance(milliseconds: 1)
      return clock.now
    } sleep: { duration in
      await clock.sleep(milliseconds: duration.milliseconds)
      try Task.checkCancellation()
    }
    let vectors: @Sendable (String) -> any VectorStore = { backend in
      seams.vectors(store(backend, on: disk, scenario))
    }
    let first = VectorSide(backend: backends[0], model: models[0])
    guard scenario.canMove else {
      return Memory(
        records: records, vectors: vectors(first.backend), surroundings: surroundings
      ) { embedders[0] }
    }
    let sides = Backends(initial: first, pinnedBackend: pinned) { backend in
      vectors(backend)
    } embedder: { model in
      try Self.embedder(model, among: embedders)
    }
    return Memory(records: records, backends: sides, surroundings: surroundings)
  }

  private static func store(
    _ backend: String, on disk: SimulatedDisk, _ scenario: Scenario
  ) -> SimulatedVectorStore {
    let follows = scenario.sharesTransactions && backend == backends[0]
    return SimulatedVectorStore(on: disk, named: backend, following: follows ? "records" : nil)
  }

  private static func embedder(
    _ model: String, among embedders: [UnreliableEmbedder]
  ) throws -> UnreliableEmbedder {
    guard let embedder = embedders.first(where: { $0.base.space.revision == model }) else {
      throw LociError(.notFound, "There is no model \(model).")
    }
    return embedder
  }

  /// The records themselves, without what tests put around them.
  var records: SimulatedRecordStore { SimulatedRecordStore(on: disk) }

  /// The vectors of a backend themselves.
  func vectors(of backend: String) -> SimulatedVectorStore {
    Self.store(backend, on: disk, scenario)
  }

  /// Where searches go.
  func serving() async throws -> (vectors: SimulatedVectorStore, embedder: UnreliableEmbedder) {
    guard scenario.canMove else { return (vectors(of: Self.backends[0]), embedders[0]) }
    let side = try await calmly { try await memory.servingSide }
    return (vectors(of: side.backend), try Self.embedder(side.model, among: embedders))
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
