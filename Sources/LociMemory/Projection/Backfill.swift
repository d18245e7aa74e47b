public import LociCore

/// How far a backfill has come.
public struct BackfillReport: Sendable {
  /// Records looked at so far.
  public internal(set) var examined = 0
  /// Records that lacked a fresh vector and have one now.
  public internal(set) var embedded = 0
  /// Records that still have none, because embedding them failed.
  public internal(set) var failed = 0
  /// Records that need none, because the model can't read their text; words find them.
  public internal(set) var unreadable = 0
  /// Why the last of them failed.
  public internal(set) var lastFailure: LociError?
}

extension BackfillReport {
  static func + (left: Self, right: Self) -> Self {
    var sum = right
    sum.examined += left.examined
    sum.embedded += left.embedded
    sum.failed += left.failed
    sum.lastFailure = right.lastFailure ?? left.lastFailure
    return sum
  }
}

extension VectorProjection {
  /// Finds the records of a namespace that lack a fresh vector and embeds them, page by page. One
  /// bad record never stops the rest; a model that can't be loaded stops it at once.
  ///
  /// It is idempotent, and a run that was cut off goes on where it stopped.
  func backfill(
    _ namespace: Namespace, progress: @Sendable (BackfillReport) -> Void
  ) async throws -> BackfillReport {
    let space = try await side.embedder().space
    try await side.vectors().ensure(space)
    var report = BackfillReport()
    try await forEachPage(of: namespace) { page in
      let pending = try await withoutFreshVector(page, in: space)
      for outcome in try await project(pending) {
        switch outcome {
        case .embedded, .unchanged: report.embedded += 1
        case .unreadable: report.unreadable += 1
        case .pending(let error):
          report.failed += 1
          report.lastFailure = error as? LociError
        }
      }
      report.examined += page.count
      progress(report)
    }
    return report
  }

  /// How many records of a namespace lack a fresh vector in the space of an embedder, and how many
  /// need none, because their text can't be read.
  func pendingCounts(
    _ namespace: Namespace, for embedder: any Embedder
  ) async throws -> (pending: Int, unreadable: Int) {
    var (pending, unreadable) = (0, 0)
    try await forEachPage(of: namespace) { page in
      for record in try await withoutFreshVector(page, in: embedder.space) {
        if try embedder.canRead(record.text) { pending += 1 } else { unreadable += 1 }
      }
    }
    return (pending, unreadable)
  }

  func withoutFreshVector(
    _ page: [Record], in space: EmbeddingSpace
  ) async throws -> [Record] {
    guard let namespace = page.first?.namespace else { return [] }
    let hashes = try await side.vectors().contentHashes(
      page.map(\.id), namespace: namespace, in: space)
    return page.filter { hashes[$0.id] != $0.contentHash }
  }

  private func forEachPage(
    of namespace: Namespace, _ body: ([Record]) async throws -> Void
  ) async throws {
    try await records.forEachPage(of: namespace, size: Self.windowSize, body)
  }
}
