public import LociCore

/// How the vectors of one space agree with the records.
public struct FsckReport: Sendable {
  /// The space.
  public let space: EmbeddingSpace
  /// Whether it is the space of the model in use; only there does a missing vector count.
  public let isCurrent: Bool
  /// What was found, and what was done about it.
  public let findings: ReconciliationReport

  /// Whether what disagreed was repaired.
  public let wasRepaired: Bool

  /// Whether all is well now.
  public var isClean: Bool {
    findings.pending == 0 && (wasRepaired || findings.disagreements == 0)
  }
}

extension Memory {
  /// Compares records and vectors on the serving side, and repairs what disagrees: vectors whose
  /// record is gone, that were made from another text, or that are missing, and attributes that
  /// filters would see wrongly. A repair also takes away the rights that others have to its files.
  ///
  /// Complexity: O(records + vectors). It may run while others write.
  /// - Parameters:
  ///   - repairs: Whether anything is changed.
  ///   - progress: Called after each page with what was found so far in its space.
  /// - Returns: The current model's space first.
  /// - Throws: What opening the vectors or, for the current space, the model throws.
  public func fsck(
    repairs: Bool, progress: (ReconciliationReport) -> Void = { _ in }
  ) async throws -> [FsckReport] {
    if repairs { try privateStore?.close() }
    let serving = try await projections.serving()
    let side = serving.side
    let embedder = try await repairs ? side.embedder() : side.installedEmbedder()
    let current = embedder.space
    let others = try await serving.side.vectors().spaces().filter { $0 != current }
    var reports: [FsckReport] = []
    for space in [current] + others {
      var pass = Reconciliation(space: space, projection: serving)
      pass.embeds = space == current
      if pass.embeds { pass.canRead = { try embedder.canRead($0) } }
      pass.repairs = repairs
      var findings = try await pass.run(progress)
      if space != current { (findings.missing, findings.pending) = (0, 0) }
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
}
