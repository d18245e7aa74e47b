public import LociCore

/// What following a setting that wants vectors elsewhere tells.
public enum SettingsMoveProgress: Sendable {
  /// Vectors are being brought over, because the configuration names another backend or path than
  /// the memory was used with before.
  case vectors(ReconciliationReport)
  /// Vectors that should be brought over can't be read where they were: words find what they found
  /// until the place is back, or until a repair made them anew.
  case unreachableVectors(LociError)
}

/// Follows a toggle that was switched by hand: brings over what the side that the configuration
/// names lacks. Nothing is embedded; what the other side lacks, too, stays pending, and so does
/// everything where that side is gone.
struct SettingsMove: Sendable {
  let records: any RecordStore
  let surroundings: Surroundings
  let progress: @Sendable (SettingsMoveProgress) -> Void
  let sides: SideTracker

  func run() async throws {
    let note = PlacementNote(
      records: records, initial: sides.backends.initial, surroundings: surroundings)
    let before = try await note.read()
    let wanted = try await sides.backends.pinned(over: before.serving)
    guard wanted != before.serving || before.isUnchecked,
      before.mover?.isAlive(at: surroundings.now()) != true
    else { return }
    _ = try await sides.backends.approve(wanted)
    // A missing engine or model, or a place that can't be reached, must show before anything points
    // to it.
    _ = try await sides.handle(of: wanted).vectors().spaces()
    if wanted.model != before.serving.model {
      _ = try await sides.handle(of: wanted).installedEmbedder()
    }
    let placement = try await note.update { placement in
      guard placement.serving != wanted else { return }
      placement.previous = placement.serving
      placement.serving = wanted
      placement.target = placement.target == wanted ? nil : placement.target
      placement.isUnchecked = true
    }
    try await bringOver(from: placement.previous, to: wanted)
    try await note.update { placement in
      if placement.serving == wanted { placement.isUnchecked = false }
    }
  }

  private func bringOver(from previous: VectorSide?, to wanted: VectorSide) async throws {
    guard let previous, previous.place != wanted.place else { return }
    guard let (source, spaces) = try await source(previous) else { return }
    let projection = VectorProjection(records: records, side: await sides.handle(of: wanted))
    for space in spaces {
      let pass = Reconciliation(space: space, projection: projection, source: source)
      _ = try await pass.run { progress(.vectors($0)) }
    }
  }

  /// The vectors of the side that served before; nil where they are gone, and waiting is no use.
  private func source(
    _ previous: VectorSide
  ) async throws -> (any VectorStore, [EmbeddingSpace])? {
    do {
      let vectors = try await sides.handle(of: previous).vectors()
      return (vectors, try await vectors.spaces())
    } catch let error as LociError {
      progress(
        .unreachableVectors(
          LociError(
            error.code, "The vectors of \(previous.place) can't be brought over.",
            remedy: "Make that place readable again; or run `loci fsck --repair`, which makes them "
              + "anew. Until then only words find their texts.", underlying: error)))
      if [.io, .notFound].contains(error.code) { return nil }
      throw error
    }
  }
}
