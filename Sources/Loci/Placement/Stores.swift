import Foundation
package import LociCore

/// A store of records that was opened, and the vectors that live in it.
package struct OpenStore: Sendable {
  /// Its name, as in `store.backend`.
  let name: String
  let records: any RecordStore
  /// The name of the vector backend that lives in it.
  let ownBackend: String
  let ownVectors: any VectorStore
  var care: (any StoreCare)?

  /// Takes the parts of an open store.
  package init(
    name: String, records: any RecordStore, ownBackend: String, ownVectors: any VectorStore
  ) {
    self.name = name
    self.records = records
    self.ownBackend = ownBackend
    self.ownVectors = ownVectors
  }

  /// The side of a memory that was never moved.
  var initialSide: VectorSide {
    VectorSide(backend: ownBackend, model: Configuration.standardModel)
  }
}

/// Why a store takes no changes, as its seal says.
struct Seal: Hashable, Sendable {
  /// What becomes of the store's records. The raw value ends the note.
  enum State: String, CaseIterable {
    /// They are in the other store.
    case left = ""
    /// They are on their way to the other store.
    case moving = " (moving)"
    /// They are copies, not yet all, of those of the other store.
    case filling = " (filling)"
  }

  /// The other store's name.
  let store: String
  let state: State

  init(_ store: String, _ state: State = .left) {
    self.store = store
    self.state = state
  }

  init(note: String) {
    state = State.allCases.last { note.hasSuffix($0.rawValue) } ?? .left
    store = String(note.dropLast(state.rawValue.count))
  }

  var isMoving: Bool { state == .moving }

  var note: String { store + state.rawValue }

  /// What seals a store, or nil.
  static func read(_ records: any RecordStore) async throws -> (seal: Seal?, note: String?) {
    let note = try await records.note(.seal)
    return (note.map(Seal.init(note:)), note)
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
  func current() async throws -> OpenStore { try await store(currentName) }

  /// A store by name.
  func store(_ name: String) async throws -> OpenStore {
    if let store = opened[name] { return store }
    let store = try await open(name)
    // Another task may have been faster; one pool of connections is enough.
    if let first = opened[name] { return first }
    opened[name] = store
    return store
  }

  /// Makes a store the current one.
  func serve(_ name: String) { currentName = name }

  /// Goes where the records went, after a store said that they moved. A move that its process did
  /// not live to finish is given up; a living one is waited for.
  func follow() async throws {
    let end = surroundings.now().addingTimeInterval(60)
    while true {
      let store = try await current()
      let (seal, note) = try await Seal.read(store.records)
      guard let seal else { return }
      if !seal.isMoving {
        let next = try await self.store(seal.store)
        // A move may have ended between closing one store and opening the other. Only where this
        // store was left: one that is being filled says nothing of how far the move has come.
        let filling = Seal(store.name, .filling)
        if seal.state == .left, try await Seal.read(next.records).seal == filling {
          try? await next.records.setNote(.seal, to: nil, replacing: filling.note)
        }
        return serve(seal.store)
      }
      let mover = try await PlacementNote(records: store.records, surroundings: surroundings).read()
        .placement?.mover
      if mover?.isAlive(at: surroundings.now()) != true {
        try? await store.records.setNote(.seal, to: nil, replacing: note)
      } else if surroundings.now() > end {
        throw LociError(
          .busy, "The records have been moving to \(seal.store) for more than a minute.",
          remedy: "Wait for `loci migrate` to finish, or stop it.")
      } else {
        try await surroundings.sleep(.milliseconds(50))
      }
    }
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
  func setNote(_ name: StoreNote, to value: String?, replacing expected: String?) async throws {
    try await following { try await $0.setNote(name, to: value, replacing: expected) }
  }
  /// Reads don't notice a seal by themselves; but every operation asks where its vectors are.
  func note(_ name: StoreNote) async throws -> String? {
    if name == .placement, let seal = try await Seal.read(base).seal, !seal.isMoving {
      try await stores.follow()
    }
    return try await base.note(name)
  }
}
