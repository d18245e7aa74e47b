public import Foundation
public import LociCore

/// A space in which a record has a vector.
public struct EmbeddedRecord: Hashable, Sendable {
  /// The space.
  public let space: EmbeddingSpace
  /// Whether the vector was made from the text that the record has now.
  public let isFresh: Bool
  /// When it was made, in whole milliseconds; of a text in several parts, the last of them. Nil
  /// for vectors of earlier versions, which did not note it.
  public let embeddedAt: Date?
}

extension MemoryNamespace {
  /// The spaces in which a record has a vector, where vectors are searched, and since when; none
  /// for an id that does not exist.
  ///
  /// ```swift
  /// for embedded in try await ada.embeddings(of: id) {
  ///   print(embedded.space.model, embedded.isFresh, embedded.embeddedAt as Any)
  /// }
  /// ```
  public func embeddings(of id: RecordID) async throws -> [EmbeddedRecord] {
    guard let record = try await get(id) else { return [] }
    let vectors = try await memory.vectors
    var found: [EmbeddedRecord] = []
    for space in try await vectors.spaces() {
      let entries = try await vectors.get([id], namespace: namespace, in: space)
      guard let entry = entries.first else { continue }
      found.append(
        EmbeddedRecord(
          space: space, isFresh: entry.contentHash == record.contentHash,
          embeddedAt: entries.compactMap(\.embeddedAt).max()))
    }
    return found
  }
}
