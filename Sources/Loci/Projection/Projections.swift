import LociCore

/// Keeps the vectors of every side in step with records. Called after the records were written, so
/// that a move that began meanwhile is seen.
///
/// The serving side's answer counts. What another side misses is found by whoever moves it there.
struct Projections: Sendable {
  let records: any RecordStore
  let sides: VectorSides

  /// The side that searches use.
  func serving() async throws -> VectorProjection {
    VectorProjection(records: records, side: try await sides.current().serving)
  }

  /// Embeds records; see ``VectorProjection/project(_:)``.
  func project(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      return try await everywhere { try await $0.project(batch) }
    } catch  where error.endsTheWork {
      throw error
    } catch {
      return batch.map { _ in .pending(error) }
    }
  }

  /// Embeds a record whose vector is missing or was made from another text.
  func projectIfStale(_ record: Record) async throws -> Remembered.Projection {
    try await everywhere { try await $0.projectIfStale(record) }
  }

  /// Follows changes of records; see ``VectorProjection/follow(_:)``.
  func follow(_ changed: [Record]) async throws {
    try await everywhere { try await $0.follow(changed) }
  }

  /// Deletes vectors in every space of every side, also of the one that served before.
  func remove(_ ids: [RecordID], namespace: Namespace) async throws {
    try await everywhere { try await $0.remove(ids, namespace: namespace) }
    guard let previous = try await sides.current().previous else { return }
    try? await VectorProjection(records: records, side: previous)
      .remove(ids, namespace: namespace)
  }

  /// Works on every side, and looks again: where searches go elsewhere by now, whoever moved the
  /// memory may have looked at this record before its vector was there.
  private func everywhere<T: Sendable>(
    _ work: (VectorProjection) async throws -> T
  ) async throws -> T {
    var current = try await sides.current()
    while true {
      let answer = try await work(VectorProjection(records: records, side: current.serving))
      for side in current.others {
        try Task.checkCancellation()
        _ = try? await work(VectorProjection(records: records, side: side))
      }
      guard let now = try? await sides.current(), now.serving.side != current.serving.side else {
        return answer
      }
      current = now
    }
  }
}
