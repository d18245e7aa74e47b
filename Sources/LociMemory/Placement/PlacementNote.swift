import LociCore

/// Reads and changes the placement that is noted beside the records of a store.
package struct PlacementNote: Sendable {
  let records: any RecordStore
  /// The side of a memory that was never moved.
  let initial: VectorSide
  let surroundings: Surroundings

  /// The placement of a memory that was never moved.
  package var untouched: Placement { Placement(serving: initial) }

  /// The placement now, in one read.
  package func read() async throws -> Placement {
    try Placement(try await records.notes(), initial: initial)
  }

  /// Changes the placement, whoever else does so meanwhile; returns it.
  ///
  /// - Parameter change: Called again where somebody else was faster; what it throws ends the
  ///   attempt.
  @discardableResult
  package func update(_ change: @Sendable (inout Placement) throws -> Void) async throws
    -> Placement
  {
    try await records.updateNotes(
      reading: { try Placement($0, initial: initial) },
      writing: { try $0.write(into: &$1, over: $2) }, change)
  }

  /// Takes a seal off, if the store has that one still.
  func unseal(_ seal: Placement.Seal) async throws {
    try await update { if $0.seal == seal { $0.seal = nil } }
  }
}

extension PlacementNote {
  /// The note of one store, whatever moves to or from it.
  package init(of store: OpenStore, _ surroundings: Surroundings) {
    self.init(records: store.records, initial: store.initialSide, surroundings: surroundings)
  }
}
