import Foundation
import LociCore
import Synchronization

/// Counts which records were recalled, and writes that down when something is written anyway, or
/// when the memory is closed: a recall waits for no lock.
///
/// Counting is a courtesy. Where the store is locked or can't be written, what was to be written is
/// dropped; so is what is beyond the capacity, and what a killed process had not written.
final class AccessCounts: Sendable {
  /// The most records that wait to be counted.
  static let capacity = 10_000

  private struct Key: Hashable {
    let namespace: Namespace
    let id: RecordID
  }

  private let waiting = Mutex<[Key: RecordAccess]>([:])

  /// Takes note of a recall. Complexity: O(ids).
  func note(_ ids: [RecordID], in namespace: Namespace, at time: Date) {
    waiting.withLock { waiting in
      for id in ids {
        let key = Key(namespace: namespace, id: id)
        if waiting[key] != nil {
          waiting[key]?.count += 1
          waiting[key]?.lastTime = time
        } else if waiting.count < Self.capacity {
          waiting[key] = RecordAccess(namespace: namespace, id: id, count: 1, lastTime: time)
        }
      }
    }
  }

  /// Writes down what waits, if that is possible right now.
  func flush(into records: any RecordStore) async {
    let accesses = waiting.withLock { waiting in
      defer { waiting = [:] }
      return waiting.values.sorted { ($0.namespace, $0.id) < ($1.namespace, $1.id) }
    }
    guard !accesses.isEmpty else { return }
    try? await records.recordAccess(accesses)
  }
}

/// Records whose writes take along what was counted since the last one.
struct CountingRecordStore: ForwardingRecordStore {
  let base: any RecordStore
  let counts: AccessCounts

  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    let answers = try await base.apply(
      changes, in: namespace, actor: actor, at: time, requiring: preconditions)
    await counts.flush(into: base)
    return answers
  }
}
