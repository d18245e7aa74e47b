import Foundation
import LociCore

/// The sides that an operation reads and writes.
struct SidesInUse: Sendable {
  /// The store that holds the records, where that can change.
  var store: String?
  /// Where searches go, and what every write must reach.
  var serving: SideHandle
  /// What writes reach as well, where that is possible: the target of a move, and what other
  /// processes search while this one is pinned elsewhere.
  var others: [SideHandle] = []
  /// Where vectors were before; what is forgotten is forgotten there, too.
  var previous: SideHandle?

  /// The same place with a second model, whose vectors rerank what the serving one's found.
  var closer: SideHandle?

  /// What writes reach.
  var written: [SideHandle] { [serving] + others + [closer].compactMap(\.self) }
}

/// Says where vectors are right now. Asked anew by every operation, since another process may be
/// moving them.
package actor SideTracker {
  package nonisolated let backends: Backends
  private let records: any RecordStore
  private let isFixed: Bool
  private let settleOnce: @Sendable (SideTracker) async throws -> Void
  private let access: StoreAccess
  private let surroundings: Surroundings
  private var open: SideHandles
  private var known: (notes: StoreNotes, followsToggle: Bool, sides: SidesInUse)?
  private let stores: StoreTracker?
  /// What was embedded lately, by whichever model.
  nonisolated let embeddings = EmbeddingCache()
  private var storeName: String?
  private var settling: Task<Void, any Error>?

  /// - Parameters:
  ///   - stores: Where the records are, where they can move, too.
  ///   - isFixed: Whether these are parts that an app gave by hand, which never move.
  ///   - access: Where it is `reading`, nothing is brought over but by a recall.
  ///   - settle: Brings over what the serving side lacks, at first use. Where that is impossible
  ///     now, the next process tries again, and what is missing is found by words until then.
  init(
    records: any RecordStore, stores: StoreTracker? = nil, backends: Backends,
    isFixed: Bool = false,
    access: StoreAccess = .writing, surroundings: Surroundings,
    settle: @escaping @Sendable (SideTracker) async throws -> Void = { _ in }
  ) {
    self.records = records
    self.stores = stores
    self.access = access
    self.surroundings = surroundings
    self.backends = backends
    self.isFixed = isFixed
    settleOnce = settle
    open = SideHandles(backends, surroundings, embeddings: embeddings)
  }

  /// The sides right now.
  ///
  /// The first call brings over what the serving side lacks, where the configuration names another
  /// one than the memory was used with before.
  /// - Parameter isRecall: A recall follows what the configuration names also where everything else
  ///   only reads.
  func current(isRecall: Bool = false) async throws -> SidesInUse {
    if isFixed {
      return SidesInUse(
        serving: handle(of: backends.initial), closer: closer(beside: backends.initial))
    }
    if access == .writing || isRecall, settling == nil {
      settling = independently { [settleOnce] in try await settleOnce(self) }
    }
    if let settling { _ = await settling.result }
    let notes = try await records.notes()
    try await noticeOtherStore()
    let followsToggle = settling != nil
    if let known, known.notes == notes, known.followsToggle == followsToggle { return known.sides }
    let placement = try Placement(notes, initial: backends.initial)
    let sides = try await sides(placement, followsToggle: followsToggle)
    known = (notes, followsToggle, sides)
    return sides
  }

  /// The sides as they were seen last; nothing is read but where none was seen of this store. For
  /// who looks at ``current(isRecall:)`` once the work is done.
  func lastSeen() async throws -> SidesInUse {
    try await noticeOtherStore()
    if let known { return known.sides }
    return try await current()
  }

  /// A side, opened when it is needed.
  func handle(of side: VectorSide) -> SideHandle { open.handle(of: side) }

  /// Throws where the memory was made of parts that can't be named.
  nonisolated func requireMovable() throws {
    guard isFixed else { return }
    throw LociError(
      .unsupported, "This memory was made of parts of the app's own, so it can't be moved.",
      remedy: "Give it backends, or open it with Memory.open.")
  }

  /// Beside another store, the same name may mean other vectors.
  private func noticeOtherStore() async throws {
    guard let stores else { return }
    let name = try await stores.current().name
    if let storeName, storeName != name {
      open = SideHandles(backends, surroundings, embeddings: embeddings)
      known = nil
    }
    storeName = name
  }

  private func sides(_ placement: Placement, followsToggle: Bool) async throws -> SidesInUse {
    var serving = placement.serving
    if followsToggle { serving = try await backends.pinned(over: serving) }
    serving.model = backends.callModel ?? serving.model
    var written = [serving]
    for side in [placement.serving, placement.target].compactMap(\.self)
    where !written.contains(side) {
      written.append(side)
    }
    var sides = SidesInUse(
      store: storeName, serving: handle(of: serving), closer: closer(beside: serving))
    sides.others = written.dropFirst().map { handle(of: $0) }
    if let previous = placement.previous, !written.contains(where: { $0.place == previous.place }) {
      sides.previous = handle(of: previous)
    }
    return sides
  }

  private func closer(beside serving: VectorSide) -> SideHandle? {
    guard let model = backends.closerModel, model != serving.model else { return nil }
    var closer = serving
    closer.model = model
    return handle(of: closer)
  }
}
