import LociMemory
import LociSimulation
import LociTestKit

/// Where the configuration wants vectors, where it says so.
struct Pin: Equatable, CustomStringConvertible {
  var backend: String?
  var location: String?

  var description: String {
    "\(backend ?? "whatever the memory says") in \(location ?? "whatever place it says")"
  }
}

extension Simulation {
  /// The stores that records can be in.
  static let stores = ["first", "second"]
  /// The places where vectors can be: beside the records of a store, or elsewhere.
  static let backends = ["first", "second", "far"]
  /// The locations that vectors elsewhere can have.
  static let locations = [nil, "here", "there"]
  /// The models that can make them.
  static let models = ["1", "2"]

  static func memory(
    on disk: SimulatedDisk, _ scenario: Scenario, _ embedders: [UnreliableEmbedder],
    _ seams: Seams, _ pinned: Pin
  ) -> Memory {
    let surroundings = surroundings(disk.clock)
    let records: @Sendable (String) -> any RecordStore = {
      seams.records(SimulatedRecordStore(on: disk, named: $0))
    }
    let vectors: @Sendable (String, String?) -> any VectorStore = {
      seams.vectors(store($0, in: $1, on: disk, scenario))
    }
    let first = VectorSide(backend: backends[0], model: models[0])
    let sides = Backends(
      initial: first, pinnedBackend: pinned.backend,
      location: { $0.backend == backends[2] ? pinned.location ?? $0.location : nil }
    ) { backend, location in
      vectors(backend, location)
    } embedder: { model in
      try Self.embedder(model, among: embedders)
    }
    switch scenario.reach {
    case .fixed:
      return Memory(
        records: records(stores[0]), vectors: vectors(first.backend, nil),
        surroundings: surroundings
      ) { embedders[0] }
    case .vectors:
      return Memory(records: records(stores[0]), backends: sides, surroundings: surroundings)
    case .records:
      let stores = StoreTracker(startingWith: stores[0], surroundings: surroundings) { name in
        OpenStore(
          name: name, records: records(name), ownBackend: name, ownVectors: vectors(name, nil))
      }
      return Memory(stores: stores, backends: sides, surroundings: surroundings)
    }
  }

  private static func surroundings(_ clock: SimulatedClock) -> Surroundings {
    Surroundings {
      clock.advance(milliseconds: 1)
      return clock.now
    } uptime: {
      .milliseconds(clock.now.millisecondsSince1970)
    } sleep: { duration in
      await clock.sleep(milliseconds: duration.milliseconds)
      try Task.checkCancellation()
    }
  }

  private static func store(
    _ backend: String, in location: String?, on disk: SimulatedDisk, _ scenario: Scenario
  ) -> SimulatedVectorStore {
    let isInside =
      scenario.reach == .records ? stores.contains(backend) : backend == backends[0]
    return SimulatedVectorStore(
      on: disk, named: "\(backend) \(location ?? "") vectors",
      following: scenario.sharesTransactions && isInside ? backend : nil)
  }

  private static func embedder(
    _ model: String, among embedders: [UnreliableEmbedder]
  ) throws -> UnreliableEmbedder {
    guard let embedder = embedders.first(where: { $0.base.space.revision == model }) else {
      throw LociError(.notFound, "There is no model \(model).")
    }
    return embedder
  }

  /// The store that holds the records, as the stores' own seals say.
  func storeName() async throws -> String {
    var filling = Self.stores[0]
    for name in Self.stores {
      guard let seal = try await SimulatedRecordStore(on: disk, named: name).notes()[.seal],
        !seal.hasSuffix("(moving)")
      else { return name }
      if seal.hasSuffix("(filling)") { filling = name }
    }
    // The other one was left: the move is over but for opening this one.
    return filling
  }

  /// The records themselves, without what tests put around them.
  func records() async throws -> SimulatedRecordStore {
    try await calmly { SimulatedRecordStore(on: disk, named: try await storeName()) }
  }

  /// The vectors of a backend themselves.
  func vectors(of backend: String, in location: String? = nil) -> SimulatedVectorStore {
    Self.store(backend, in: location, on: disk, scenario)
  }

  /// Where searches go.
  func serving() async throws -> (vectors: SimulatedVectorStore, embedder: UnreliableEmbedder) {
    guard scenario.reach != .fixed else { return (vectors(of: Self.backends[0]), embedders[0]) }
    let side = try await calmly { try await memory.servingSide }
    return (
      vectors(of: side.backend, in: side.location), try Self.embedder(side.model, among: embedders)
    )
  }

  /// The backends that vectors can be in while the records are where they are.
  func reachableBackends() async throws -> [String] {
    guard scenario.reach == .records else { return Self.backends }
    return [try await calmly { try await storeName() }, Self.backends[2]]
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
