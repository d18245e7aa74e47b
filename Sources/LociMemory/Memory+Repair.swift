import LociCore

extension Memory {
  /// Embeds the records of every namespace that lack a fresh vector; see
  /// ``MemoryNamespace/backfill(progress:)``.
  ///
  /// ```swift
  /// let report = try await memory.backfill { print("\($0.examined) examined") }
  /// print("\(report.embedded) embedded, \(report.failed) failed")
  /// ```
  /// - Parameter progress: Called after each page with what was done in all namespaces so far.
  /// - Throws: What loading the model throws. A record that can't be embedded is counted instead.
  @discardableResult
  public func backfill(
    progress: @Sendable (BackfillReport) -> Void = { _ in }
  ) async throws -> BackfillReport {
    var report = BackfillReport()
    for namespace in try await namespaces() {
      let before = report
      report =
        before
        + (try await projections.backfill(namespace) { progress(before + $0) })
    }
    return report
  }
}

extension Memory {
  /// Compares records and vectors on the serving side, and repairs what disagrees: vectors whose
  /// record is gone, that were made from another text, or that are missing, and attributes that
  /// filters would see wrongly. A repair also takes away the rights that others have to its files.
  ///
  /// Complexity: O(records + vectors). It may run while others write.
  ///
  /// ```swift
  /// for report in try await memory.fsck(repairs: false) where !report.isClean {
  ///   print(report.findings)
  /// }
  /// ```
  /// - Parameters:
  ///   - repairs: Whether anything is changed.
  ///   - progress: Called after each page with what was found so far in its space.
  /// - Returns: The current model's space first.
  /// - Throws: What opening the vectors or, for the current space, the model throws.
  public func fsck(
    repairs: Bool, progress: (ReconciliationReport) -> Void = { _ in }
  ) async throws -> [FsckReport] {
    if repairs {
      try examiner?.repair()
      try await care?.repairWords()
    }
    let serving = try await projections.serving()
    let side = serving.side
    let embedder = try await repairs ? side.embedder() : side.installedEmbedder()
    let current = embedder.space
    var makers = [current: (projection: serving, embedder: embedder)]
    if let closer = try await projections.closer(),
      let second = try? await repairs ? closer.side.embedder() : closer.side.installedEmbedder(),
      second.space != current
    {
      makers[second.space] = (closer, second)
    }
    let others = try await serving.side.vectors().spaces().filter { $0 != current }
    var reports: [FsckReport] = []
    for space in [current] + others {
      // A space that nobody embeds into any more is only tidied.
      let maker = makers[space]
      var pass = Reconciliation(space: space, projection: maker?.projection ?? serving)
      pass.embeds = maker != nil
      if let embedder = maker?.embedder {
        pass.canRead = { try embedder.canRead($0) }
        pass.partCount = { try TextParts(of: $0, for: embedder).rest.count + 1 }
      }
      pass.repairs = repairs
      var findings = try await pass.run(progress)
      if maker == nil { (findings.missing, findings.pending) = (0, 0) }
      reports.append(
        FsckReport(
          space: space, isCurrent: space == current, findings: findings, wasRepaired: repairs))
    }
    if repairs, reports.allSatisfy(\.isClean) { try await noteChecked(serving.side.side) }
    return reports
  }

  /// What a side that served before can't give any more is made by now.
  private func noteChecked(_ side: VectorSide) async throws {
    try await placementNote.update {
      if $0.serving == side { $0.isUnchecked = false }
    }
  }

  /// Gives back the room that deleted records and vectors took: the store's, and that of the
  /// vectors that are searched, where those lie elsewhere. Complexity: O(store).
  ///
  /// ```swift
  /// let report = try await memory.compact()
  /// print(report.byteCountBefore ?? 0, report.byteCountAfter ?? 0)
  /// ```
  /// - Throws: What the stores throw: ``LociError/Code/busy`` where somebody writes for long,
  ///   ``LociError/Code/diskFull`` where there is no room for the new file beside the old one.
  @discardableResult
  public func compact() async throws -> CompactionReport {
    let serving = try await sides.current().serving
    let store = try await stores?.current()
    let before = try await store?.care?.byteCount
    if let store, serving.side.backend != store.ownBackend {
      try await store.ownVectors.compact()
    }
    try await serving.vectors().compact()
    return CompactionReport(
      byteCountBefore: before, byteCountAfter: try await store?.care?.byteCount)
  }

  /// Brings up to date what the store's engine knows of its contents, so that it searches well, and
  /// merges the index of words, in small steps: nobody waits for it. A store of the app's own is
  /// left as it is.
  ///
  /// ```swift
  /// try await memory.optimize()
  /// ```
  /// - Throws: What the store throws.
  public func optimize() async throws { try await care?.optimize() }

  /// Whether the store can make backups.
  package var canBeBackedUp: Bool { get async throws { try await care != nil } }
}
