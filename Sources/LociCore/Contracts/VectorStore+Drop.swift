extension VectorStore {
  /// Deletes every entry of a space, a page at a time. Its place stays, empty, so that whoever
  /// writes to it meanwhile is in nobody's way; ``compact()`` gives the room back.
  ///
  /// - Returns: How many entries there were.
  /// - Complexity: O(entries of the space).
  @discardableResult
  public func drop(_ space: EmbeddingSpace) async throws -> Int {
    var count = 0
    for namespace in try await namespaces(in: space).sorted() {
      while true {
        try Task.checkCancellation()
        let page = try await scan(namespace, in: space, after: nil, limit: 1000)
        guard !page.isEmpty else { break }
        let ids = Set(page.map(\.id)).sorted()
        let deleted = try await delete(ids, namespace: namespace, in: space)
        guard deleted > 0 else {
          throw LociError(.storeEngine, "The store deletes no entry of a space that it lists.")
        }
        count += deleted
      }
    }
    return count
  }
}
