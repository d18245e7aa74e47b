import Foundation
import LociCore

/// The stores of a memory by name, and the one that holds its records right now.
package actor StoreTracker {
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
