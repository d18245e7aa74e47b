import Foundation
import LociCore

extension Memory {
  /// Makes a memory whose records can move between stores.
  package init(
    stores: Stores, backends: Backends, surroundings: Surroundings,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) {
    let records = FollowingRecordStore(stores: stores)
    self.init(
      records: records,
      sides: VectorSides(
        records: records, stores: stores, backends: backends, surroundings: surroundings,
        progress: progress),
      stores: stores, surroundings: surroundings)
  }

  /// Moves everything to another store: records, their audit log, and their vectors, which that
  /// store keeps itself.
  ///
  /// It copies while the memory stays in use, then lets writers wait for the moment in which both
  /// stores are compared byte for byte, and only then the new one serves. Other processes follow. A
  /// move that was cut off goes on when it is started again; until then the old store serves.
  /// - Parameters:
  ///   - store: Where to.
  ///   - isDryRun: Only counts what would be copied.
  ///   - progress: Called after each page.
  /// - Throws: ``LociError/Code/conflict`` where that store holds records of its own or differs
  ///   after copying, ``LociError/Code/busy`` where another process is moving this memory, and what
  ///   opening the store throws. Then the old one goes on serving.
  @discardableResult
  public func migrate(
    to store: StoreBackend, isDryRun: Bool = false,
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> RecordMoveReport {
    try await migrate(toStore: store.rawValue, isDryRun: isDryRun, progress: progress)
  }

  @discardableResult
  package func migrate(
    toStore name: String, isDryRun: Bool = false,
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> RecordMoveReport {
    guard let stores else {
      throw LociError(
        .unsupported, "This memory was made of parts of the app's own, so it can't be moved.",
        remedy: "Open it with Memory.open.")
    }
    let serving = try await sides.current().serving
    let old = try await stores.current()
    guard old.name != name else {
      return RecordMoveReport(from: name, to: name, isDryRun: isDryRun)
    }
    let new = try await stores.store(name)
    var own = OpenSides(
      Backends(
        initial: sides.backends.initial, vectors: { _, _ in new.ownVectors },
        embedder: sides.backends.embedder))
    let move = RecordMove(
      old: old, new: new, serving: serving,
      ownSide: own.live(VectorSide(backend: new.ownBackend, model: serving.side.model)),
      surroundings: surroundings, progress: progress)
    if isDryRun { return try await move.rehearse() }
    let report = try await move.run()
    await stores.serve(name)
    return report
  }

  /// Follows `store.backend` where it was switched by hand: what is only in the store that was used
  /// before is brought over. Where nothing is configured, the memory's own word counts.
  func followStoreToggle(
    _ configuration: Configuration,
    progress: @escaping @Sendable (MigrationProgress) -> Void
  ) async throws {
    guard let stores else { return }
    let current = try await stores.current()
    if let seal = try await Seal.read(current.records).seal {
      guard let wanted = configuration.storeBackend, !seal.isMoving else {
        return try await stores.follow()
      }
      await stores.serve(seal.store)
      _ = try await migrate(to: wanted, progress: progress)
    } else if configuration.storeBackend == .postgres,
      FileManager.default.fileExists(atPath: configuration.storePath),
      try await current.records.note(.placement) == nil, try await namespaces().isEmpty
    {
      // A new server store beside a file that was used until now.
      let before = try await stores.store(StoreBackend.sqlite.rawValue)
      guard try await Seal.read(before.records).seal == nil,
        try await !before.records.namespaces().isEmpty
      else { return }
      await stores.serve(before.name)
      _ = try await migrate(to: .postgres, progress: progress)
    }
  }
}
