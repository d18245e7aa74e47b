import LociCore

/// Keeps the vectors of every side in step with records. Called after the records were written, so
/// that a move that began meanwhile is seen.
///
/// The serving side's answer counts. What another side misses is found by whoever moves it there.
struct Projections: Sendable {
  let records: any RecordStore
  let sides: SideTracker

  /// The side that searches use.
  func serving() async throws -> VectorProjection {
    VectorProjection(records: records, side: try await sides.current().serving)
  }

  /// The side of a second model, whose vectors rerank; nil where there is none.
  func closer() async throws -> VectorProjection? {
    try await sides.current().closer.map { VectorProjection(records: records, side: $0) }
  }

  /// Embeds what lacks a fresh vector, on the side that searches use and on a second model's.
  func backfill(
    _ namespace: Namespace, progress: @Sendable (BackfillReport) -> Void
  ) async throws -> BackfillReport {
    let report = try await serving().backfill(namespace, progress: progress)
    guard let closer = try await closer() else { return report }
    return report + (try await closer.backfill(namespace) { progress(report + $0) })
  }

  /// Embeds records, window by window; see ``VectorProjection/project(_:)``.
  func project(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      return try await everywhere { projection in
        var outcomes: [Remembered.Projection] = []
        for window in batch.windows(of: VectorProjection.windowSize) {
          outcomes += try await projection.project(window)
        }
        return outcomes
      }.answer
    } catch  where error.endsTheWork {
      throw error
    } catch {
      return batch.map { _ in .pending(error) }
    }
  }

  /// Follows a change of a record, and embeds it where its vector was made from another text.
  func update(_ record: Record) async throws -> Remembered.Projection {
    try await everywhere {
      try await $0.follow([record])
      return try await $0.projectIfStale(record)
    }.answer
  }

  /// Follows changes of records; see ``VectorProjection/follow(_:)``.
  func follow(_ changed: [Record]) async throws {
    _ = try await everywhere { try await $0.follow(changed) }
  }

  /// Stores entries of one namespace that were made elsewhere from the texts that records have.
  func take(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    _ = try await everywhere {
      try await $0.side.vectors().ensure(space)
      try await $0.write(entries, in: space)
    }
  }

  /// Deletes vectors in every space of every side, also of the one that served before.
  func remove(_ ids: [RecordID], namespace: Namespace) async throws {
    let sides = try await everywhere { try await $0.remove(ids, namespace: namespace) }.sides
    guard let previous = sides.previous else { return }
    try? await VectorProjection(records: records, side: previous)
      .remove(ids, namespace: namespace)
  }

  /// Works on every side that was seen last; then looks where vectors are now, once, and goes on
  /// where that is elsewhere. So either whoever moves the memory finds what was written, or is seen
  /// here.
  private func everywhere<T: Sendable>(
    _ work: (VectorProjection) async throws -> T
  ) async throws -> (answer: T, sides: SidesInUse) {
    var sides = try await self.sides.lastSeen()
    var answers: [VectorSide: T] = [:]
    while true {
      var failure: (any Error)?
      for side in sides.written where answers[side.side] == nil {
        try Task.checkCancellation()
        do {
          answers[side.side] = try await work(VectorProjection(records: records, side: side))
        } catch  where side.side == sides.serving.side {
          failure = error
          break
        } catch {
          // Whoever moves the memory there finds what is missing.
        }
      }
      // What was seen last may be long past: without a look, nothing is known to be where it is
      // searched.
      let now = try await self.sides.current()
      if now.store != sides.store {
        answers = [:]
      } else if now.serving.side == sides.serving.side {
        if let failure { throw failure }
        if now.isReached(by: sides), let answer = answers[now.serving.side] {
          return (answer, now)
        }
      }
      sides = now
    }
  }
}

extension SidesInUse {
  /// Whether other sides leave out none that has to be written to.
  fileprivate func isReached(by others: SidesInUse) -> Bool {
    Set(written.map(\.side)).isSubset(of: others.written.map(\.side))
  }
}
