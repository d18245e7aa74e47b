public import LociCore

extension Memory {
  /// Deletes the vectors of models that this memory uses no more, where it searches. Going back to
  /// such a model embeds anew.
  ///
  /// ```swift
  /// for pruned in try await memory.pruneVectors() { print(pruned.space.model, pruned.count) }
  /// ```
  /// - Parameter isDryRun: Only tells what would be deleted.
  /// - Returns: The spaces, and how many vectors each had.
  /// - Throws: ``LociError/Code/conflict`` while a move is unfinished, what loading the model
  ///   throws, since it says which space is in use, and what the store throws.
  @discardableResult
  public func pruneVectors(isDryRun: Bool = false) async throws -> [PrunedSpace] {
    guard try await placementNote.read().target == nil else {
      throw LociError(
        .conflict, "A move of this memory's vectors is unfinished, and may need all of them.",
        remedy: "Finish it, or give it up with `loci migrate --rollback`.")
    }
    let sides = try await sides.current()
    var used = [try await sides.serving.installedEmbedder().space]
    if let closer = sides.closer { used.append(try await closer.installedEmbedder().space) }
    let vectors = try await vectors
    var pruned: [PrunedSpace] = []
    for space in try await vectors.spaces() where !used.contains(space) {
      var count = 0
      for namespace in try await vectors.namespaces(in: space) {
        count += try await vectors.count(
          namespace: namespace, in: space, where: Filter(statuses: nil))
      }
      guard count > 0 else { continue }
      if !isDryRun { try await vectors.drop(space) }
      pruned.append(PrunedSpace(space: space, count: count))
    }
    return pruned
  }
}

/// A space whose vectors were deleted, or would be.
public struct PrunedSpace: Hashable, Sendable {
  /// The space.
  public let space: EmbeddingSpace
  /// How many vectors it had.
  public let count: Int
}
