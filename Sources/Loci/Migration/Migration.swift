import LociCore

extension Memory {
  /// Moves vectors to another backend or makes them with another model, while searches go on on the
  /// old side and every write reaches both.
  ///
  /// It copies, follows what changes meanwhile, builds the new side's index, compares both sides,
  /// and only then lets the new one serve. The old side stays as it is, for
  /// ``rollBack(progress:)``. A move that was cut off at any moment goes on when it is started
  /// again.
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
      records: records, sides: sides, note: placementNote, old: old,
      new: await sides.live(side), progress: progress)
    if isDryRun { return try await move.rehearse() }
    _ = (try await move.new.vectors(), try await move.new.embedder())
    return try await placementNote.withLease {
      try await move.run()
    }
  }

  /// Gives up an unfinished move, or goes back to the side that served before the last one; what
  /// was written meanwhile is brought along.
  ///
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
  var wantedSide: VectorSide? {
    get async throws {
      let serving = try await servingSide
      var wanted = try await sides.backends.pinned(over: serving)
      wanted.model = sides.backends.callModel ?? wanted.model
      return wanted == serving ? nil : wanted
    }
  }

  var placementNote: PlacementNote {
    PlacementNote(
      records: records, initial: sides.backends.initial, surroundings: surroundings)
  }
}

/// One move from a side to another, by the process that holds the lease.
struct SideMove: Sendable {
  let records: any RecordStore
  let sides: VectorSides
  let note: PlacementNote
  let old: LiveSide
  let new: LiveSide
  let progress: @Sendable (MigrationProgress) -> Void

  /// Passes over everything until one finds nothing to do. Writes reach both sides by then, so
  /// this ends soon; a writer that is never quiet must not hold it up for ever.
  private static let maximumPasses = 8

  func rehearse() async throws -> MigrationReport {
    var report = MigrationReport(from: old.side, to: new.side, isDryRun: true)
    report.recordCount = try await records.totalCount()
    guard old.side != new.side else { return report }
    report.changes = try await pass(.vectors, total: report.recordCount, repairs: false)
    return report
  }

  func run() async throws -> MigrationReport {
    var report = MigrationReport(from: old.side, to: new.side, isDryRun: false)
    report.recordCount = try await records.totalCount()
    guard old.side != new.side else {
      try await finish(&report)
      return report
    }
    try await begin()
    try await follow(&report, .vectors)
    progress(MigrationProgress(step: .index, completed: 0, total: nil))
    for space in try await spaces() { try await new.vectors().rebuildIndex(in: space) }
    let comparison = SideComparison(
      records: records, old: old, new: new, surroundings: note.surroundings)
    report.verification = try await comparison.run { [progress, total = report.recordCount] in
      progress(MigrationProgress(step: .verification, completed: $0, total: total))
    }
    try await cutOver()
    try await finish(&report)
    return report
  }

  private func begin() async throws {
    try await note.update { [new] placement in
      if let other = placement.target, other != new.side {
        throw LociError(
          .conflict, "A move to \(other) is not finished.",
          remedy: "Finish it with the same command, or give it up with `loci migrate --rollback`.")
      }
      placement.target = new.side
    }
  }

  private func follow(
    _ report: inout MigrationReport, _ step: MigrationProgress.Step
  ) async throws {
    for _ in 0..<Self.maximumPasses {
      let changes = try await pass(step, total: report.recordCount, repairs: true)
      report.changes.add(changes)
      if changes.disagreements == changes.pending { return }
    }
  }

  private func cutOver() async throws {
    try await note.update { [old, new] placement in
      placement.serving = new.side
      placement.previous = old.side
      placement.previousStore = nil
      placement.target = nil
      placement.isUnchecked = true
    }
  }

  /// A write that began before the cut-over may have missed the new side: one more look.
  private func finish(_ report: inout MigrationReport) async throws {
    guard try await note.read().isUnchecked else { return }
    try await follow(&report, .cutOver)
    try await note.update { $0.isUnchecked = false }
  }

  /// The spaces that are copied: all that the old side has, where the model stays.
  private func spaces() async throws -> [EmbeddingSpace] {
    let space = try await new.embedder().space
    guard old.side.place != new.side.place else { return [space] }
    return [space] + (try await old.vectors().spaces()).filter { $0 != space }
  }

  private func pass(
    _ step: MigrationProgress.Step, total: Int, repairs: Bool
  ) async throws -> ReconciliationReport {
    var result = ReconciliationReport()
    let embedder = try await new.embedder()
    let current = embedder.space
    for space in try await spaces() {
      var pass = Reconciliation(
        space: space, projection: VectorProjection(records: records, side: new))
      if old.side.place != new.side.place { pass.source = try await old.vectors() }
      pass.embeds = space == current
      if pass.embeds { pass.canRead = { try embedder.canRead($0) } }
      pass.repairs = repairs
      let report = try await pass.run { [progress] in
        progress(MigrationProgress(step: step, completed: $0.examined, total: total))
      }
      if space == current { result = report }
    }
    return result
  }
}
