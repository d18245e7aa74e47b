import Foundation
import LociCore

/// The records of a memory, wherever they are: a call that finds its store sealed goes where the
/// records went, and asks again.
struct FollowingRecordStore: ForwardingRecordStore {
  let stores: StoreTracker

  var base: any RecordStore { get async throws { try await stores.current().records } }

  /// Records that move on while one call follows them are not followed for ever.
  private static let maximumMoves = 20

  private func following<T: Sendable>(
    _ work: @Sendable (any RecordStore) async throws -> T
  ) async throws -> T {
    for _ in 0..<Self.maximumMoves {
      do {
        return try await work(base)
      } catch let error as LociError where error.code == .moved {
        try await stores.follow()
      }
    }
    return try await work(base)
  }

  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    try await following {
      try await $0.apply(
        changes, in: namespace, actor: actor, at: time, requiring: preconditions)
    }
  }
  func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    try await following {
      try await $0.setKeyValue(name, to: value, at: time, expecting: expected)
    }
  }
  func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await following { try await $0.setNotes(notes, replacing: expected) }
  }
  /// Reads don't notice a seal by themselves; but every operation asks where its vectors are.
  func notes() async throws -> StoreNotes {
    let store = try await stores.current()
    let notes = try await store.records.notes()
    guard let seal = try Placement(notes, initial: store.initialSide).seal, seal.state != .moving
    else { return notes }
    try await stores.follow()
    return try await base.notes()
  }
}
