public import LociCore

/// A space in which a record has a vector.
public struct EmbeddedRecord: Hashable, Sendable {
  /// The space.
  public let space: EmbeddingSpace
  /// Whether the vector was made from the text that the record has now.
  public let isFresh: Bool
}

extension MemoryNamespace {
  /// The spaces in which a record has a vector, where vectors are searched; none for an id that
  /// does not exist.
  ///
  /// ```swift
  /// for embedded in try await ada.embeddings(of: id) {
  ///   print(embedded.space.model, embedded.space.dimension, embedded.isFresh)
  /// }
  /// ```
  public func embeddings(of id: RecordID) async throws -> [EmbeddedRecord] {
    guard let record = try await get(id) else { return [] }
    let vectors = try await memory.vectors
    var found: [EmbeddedRecord] = []
    for space in try await vectors.spaces() {
      let hashes = try await vectors.contentHashes([id], namespace: namespace, in: space)
      if let hash = hashes[id] {
        found.append(EmbeddedRecord(space: space, isFresh: hash == record.contentHash))
      }
    }
    return found
  }
}
