import Foundation
import LociCore

/// Follows a toggle that was switched by hand: brings over what the side that the configuration
/// names lacks. Nothing is embedded; what the other side lacks, too, stays pending.
struct TogglePass: Sendable {
  let records: any RecordStore
  let backends: Backends
  let surroundings: Surroundings
  let progress: @Sendable (ReconciliationReport) -> Void
  let live: @Sendable (VectorSide) async -> LiveSide

  func run() async throws {
    let note = PlacementNote(records: records, surroundings: surroundings)
    let before = try await note.read().placement ?? Placement(serving: backends.initial)
    let wanted = backends.pinned(over: before.serving)
    guard wanted != before.serving || before.isUnchecked,
      before.mover?.isAlive(at: surroundings.now()) != true
    else { return }
    // A missing engine must show before anything points to it.
    let vectors = try await live(wanted).vectors()
    let placement = try await note.update(initial: backends.initial) { placement in
      guard placement.serving != wanted else { return }
      placement.previous = placement.serving
      placement.serving = wanted
      placement.target = placement.target == wanted ? nil : placement.target
      placement.isUnchecked = true
    }
    try await bringOver(from: placement.previous, to: wanted, vectors)
    try await note.update(initial: backends.initial) { placement in
      if placement.serving == wanted { placement.isUnchecked = false }
    }
  }

  private func bringOver(
    from previous: VectorSide?, to wanted: VectorSide, _ vectors: any VectorStore
  ) async throws {
    guard let previous, previous.backend != wanted.backend else { return }
    let source = try await live(previous).vectors()
    let projection = VectorProjection(records: records, side: await live(wanted))
    for space in try await source.spaces() {
      let pass = Reconciliation(space: space, projection: projection, source: source)
      _ = try await pass.run(progress)
    }
  }
}
