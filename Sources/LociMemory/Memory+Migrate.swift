import LociCore

extension Memory {
  /// Moves vectors to another backend or makes them with another model, while searches go on on the
  /// old side and every write reaches both.
  ///
  /// It copies, follows what changes meanwhile, builds the new side's index, compares both sides,
  /// and only then lets the new one serve. The old side stays as it is, for
  /// ``rollBack(progress:)``. A move that was cut off at any moment goes on when it is started
  /// again.
  ///
  /// ```swift
  /// var side = try await memory.servingSide
  /// side.model = "BAAI/bge-small-en-v1.5"
  /// let report = try await memory.migrate(to: side)
  /// ```
  /// - Parameters:
  ///   - side: Where to; without a location, the one that the configuration names for its backend.
  ///   - isDryRun: Only tells what would be brought over. Opening the new side's store may still
  ///     make an empty one.
  ///   - progress: Called after each page.
  /// - Throws: ``LociError/Code/busy`` where another process is moving this memory,
  ///   ``LociError/Code/conflict`` where a move to another side is unfinished or where the sides
  ///   differ, and what opening the side throws. Then the old side goes on serving.
  @discardableResult
  public func migrate(
    to side: VectorSide, isDryRun: Bool = false,
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> MigrationReport {
    try sides.requireMovable()
    var side = side
    if side.location == nil { side.location = try await sides.backends.location(side) }
    _ = try await sides.backends.approve(side)
    return try await move(to: side, isDryRun: isDryRun, progress: progress)
  }

  private func move(
    to side: VectorSide, isDryRun: Bool = false,
    progress: @escaping @Sendable (MigrationProgress) -> Void
  ) async throws -> MigrationReport {
    try await sides.backends.requireAllows(side)
    let old = try await sides.current().serving
    let move = SideMove(
      records: records, note: placementNote, old: old,
      new: await sides.handle(of: side), progress: progress)
    if isDryRun { return try await move.rehearse() }
    _ = (try await move.new.vectors(), try await move.new.embedder())
    return try await placementNote.withLease {
      try await move.run()
    }
  }

  /// Gives up an unfinished move, or goes back to the side that served before the last one; what
  /// was written meanwhile is brought along.
  ///
  /// ```swift
  /// try await memory.rollBack()
  /// ```
  /// - Throws: ``LociError/Code/notFound`` where nothing was ever moved, and what
  ///   `migrate` throws.
  @discardableResult
  public func rollBack(
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> RollBackReport {
    try sides.requireMovable()
    _ = try await sides.current()
    let placement = try await placementNote.read()
    if let target = placement.target {
      try await placementNote.withLease { [self] in
        _ = try await placementNote.update {
          if $0.target == target { $0.target = nil }
        }
      }
      return .givenUp(target)
    }
    if let store = placement.previousStore {
      return .records(try await migrate(toStore: store, progress: progress))
    }
    guard let previous = placement.previous else {
      throw LociError(
        .notFound, "This memory was never moved, so there is no way back.",
        remedy: "`loci status` shows where it is.")
    }
    return .vectors(try await move(to: previous, progress: progress))
  }

  /// Where vectors are searched right now.
  public var servingSide: VectorSide {
    get async throws { try await sides.current().serving.side }
  }

  /// The side that the configuration names, where another one serves.
  package var wantedSide: VectorSide? {
    get async throws {
      let serving = try await servingSide
      var wanted = try await sides.backends.pinned(over: serving)
      wanted.model = sides.backends.callModel ?? wanted.model
      return wanted == serving ? nil : wanted
    }
  }

  package var placementNote: PlacementNote {
    PlacementNote(
      records: records, initial: sides.backends.initial, surroundings: surroundings)
  }

  /// Moves everything to a store by its name.
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
    var own = SideHandles(
      Backends(
        initial: sides.backends.initial, vectors: { _, _ in new.ownVectors },
        embedder: sides.backends.embedder), surroundings)
    let move = RecordMove(
      old: old, new: new, serving: serving,
      ownSide: own.handle(of: VectorSide(backend: new.ownBackend, model: serving.side.model)),
      surroundings: surroundings, progress: progress)
    if isDryRun { return try await move.rehearse() }
    let report = try await move.run()
    await stores.serve(name)
    return report
  }
}
