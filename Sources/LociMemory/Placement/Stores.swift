import Foundation
package import LociCore

/// A store of records that was opened, and the vectors that live in it.
package struct OpenStore: Sendable {
  /// Its name, as in `store.backend`.
  package let name: String
  package let records: any RecordStore
  /// The name of the vector backend that lives in it.
  package let ownBackend: String
  package let ownVectors: any VectorStore
  /// What it can say about itself; nil for a store of the app's own.
  package let care: (any StoreCare)?

  /// Takes the parts of an open store.
  package init(
    name: String, records: any RecordStore, ownBackend: String, ownVectors: any VectorStore,
    care: (any StoreCare)? = nil
  ) {
    self.name = name
    self.records = records
    self.ownBackend = ownBackend
    self.ownVectors = ownVectors
    self.care = care
  }

  /// The side of a memory that was never moved.
  package var initialSide: VectorSide {
    VectorSide(backend: ownBackend, model: VectorSide.standardModel)
  }
}

/// The stores of a memory by name, and the one that holds its records right now.
package actor Stores {
  private let open: @Sendable (_ name: String) async throws -> OpenStore
  private let surroundings: Surroundings
  private var opened: [String: OpenStore] = [:]
  private var currentName: String

  /// - Parameters:
  ///   - name: The store to begin with.
  ///   - open: Opens a store by name.
  package init(
    startingWith name: String, surroundings: Surroundings,
    open: @escaping @Sendable (_ name: String) async throws -> OpenStore
  ) {
    currentName = name
    self.surroundings = surroundings
    self.open = open
  }

  /// The store that holds the records, as far as this process knows.
  package func current() async throws -> OpenStore { try await store(currentName) }

  /// A store by name.
  package func store(_ name: String) async throws -> OpenStore {
    if let store = opened[name] { return store }
    let store = try await open(name)
    // Another task may have been faster; one pool of connections is enough.
    if let first = opened[name] { return first }
    opened[name] = store
    return store
  }

  /// Makes a store the current one.
  package func serve(_ name: String) { currentName = name }

  /// Goes where the records went, after a store said that they moved. A move that its process did
  /// not live to finish is given up; a living one is waited for.
  package func follow() async throws {
    let end = surroundings.now().addingTimeInterval(60)
    while true {
      let store = try await current()
      let note = PlacementNote(of: store, surroundings)
      let placement = try await note.read()
      guard let seal = placement.seal else { return }
      if seal.state != .moving { return try await go(from: store, by: seal) }
      if placement.mover?.isAlive(at: surroundings.now()) != true {
        try? await note.unseal(seal)
      } else if surroundings.now() > end {
        throw LociError(
          .busy, "The records have been moving to \(seal.store) for more than a minute.",
          remedy: "Wait for `loci migrate` to finish, or stop it.")
      } else {
        try await surroundings.sleep(.milliseconds(50))
      }
    }
  }

  private func go(from store: OpenStore, by seal: Placement.Seal) async throws {
    // A move may have ended between closing one store and opening the other. Only where this store
    // was left: one that is being filled says nothing of how far the move has come.
    let next = PlacementNote(of: try await self.store(seal.store), surroundings)
    let filling = Placement.Seal(store.name, .filling)
    if seal.state == .left, try await next.read().seal == filling {
      try? await next.unseal(filling)
    }
    serve(seal.store)
  }
}

/// The records of a memory, wherever they are: a call that finds its store sealed goes where the
/// records went, and asks again.
struct FollowingRecordStore: ForwardingRecordStore {
  let stores: Stores

  var base: any RecordStore { get async throws { try await stores.current().records } }

  /// Records that move on while one call follows them are not followed for ever.
  private static let maximumMoves = 20

  private func following<T: Sendable>(
    _ work: @Sendable (any RecordStore) async throws -> T
  ) async throws -> T {
    for _ in 0..<Self.maximumMoves {
      do {
        return try await work(base)
      } catch let error as LociError where error.code == .moved {
        try await stores.follow()
      }
    }
    return try await work(base)
  }

  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    try await following {
      try await $0.apply(
        changes, in: namespace, actor: actor, at: time, requiring: preconditions)
    }
  }
  func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await following { try await $0.setNotes(notes, replacing: expected) }
  }
  /// Reads don't notice a seal by themselves; but every operation asks where its vectors are.
  func notes() async throws -> StoreNotes {
    let store = try await stores.current()
    let notes = try await store.records.notes()
    guard let seal = try Placement(notes, initial: store.initialSide).seal, seal.state != .moving
    else { return notes }
    try await stores.follow()
    return try await base.notes()
  }
}
