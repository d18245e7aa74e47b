import LociCore

extension Memory {
  /// Trusts what this memory's note names outside of the store's own folder: places of vectors and
  /// models that the user knows, on a machine where they were not chosen.
  ///
  /// ```swift
  /// print("trusted now:", try await memory.trustPlacement())
  /// ```
  /// - Returns: What is trusted now and was not before.
  /// - Throws: ``LociError`` where the store can't be read, or the list of what is trusted not
  ///   written.
  public func trustPlacement() async throws -> [String] {
    let placement = try await placementNote.read()
    guard placement != placementNote.untouched else { return [] }
    let sides = [placement.serving, placement.target, placement.previous].compactMap(\.self)
    var names: [String] = []
    for side in sides { names += try await self.sides.backends.approve(side) }
    return names
  }
}
