import LociCore

/// One move from a side to another, by the process that holds the lease.
struct SideMove: Sendable {
  let records: any RecordStore
  let note: PlacementNote
  let old: SideHandle
  let new: SideHandle
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
