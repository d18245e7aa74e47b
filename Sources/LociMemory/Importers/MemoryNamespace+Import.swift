public import Foundation
public import LociCore

extension MemoryNamespace {
  /// Takes in the memories of another system. What was taken in before is not taken in twice.
  ///
  /// ```swift
  /// try await ada.remember(from: URL(filePath: "memory.jsonl"), as: .mcpMemory)
  /// ```
  /// Everything in such a file is somebody else's: texts become memories, and nothing else. The
  /// notes of a folder of Obsidian's are cut into chunks, which ``ingest(_:options:progress:)``
  /// does with ``IngestOptions/readsWikiMarks``; they are no format of this call.
  /// - Parameters:
  ///   - file: The file, or the folder of notes.
  ///   - format: Whose it is.
  ///   - embeds: Whether texts are embedded at once.
  ///   - reject: Told of each place that can't be used, and why; without any text of it.
  ///   - progress: Called after each batch.
  /// - Throws: ``LociError/Code/corrupt`` where the file is not what it should be,
  ///   ``LociError/Code/notFound``, ``LociError/Code/unsupported`` for Obsidian, and what the store
  ///   throws.
  @discardableResult
  public func remember(
    from file: URL, as format: ForeignFormat, embeds: Bool = true,
    reject: @escaping @Sendable (LociError) -> Void = { _ in },
    progress: @escaping @Sendable (BulkReport) -> Void = { _ in }
  ) async throws -> BulkReport {
    let path = file.standardizedFileURL.path
    func take(_ memories: some MemoryFile) async throws -> BulkReport {
      try await remember(
        from: FoundMemories(memories, reject: reject), embeds: embeds, progress: progress)
    }
    switch format {
    case .mcpMemory: return try await take(MCPMemory(path: path))
    case .mem0: return try await take(Mem0(path: path))
    case .basicMemory: return try await take(BasicMemory(path: path))
    case .chatGPT: return try await take(ConversationFile<ChatGPT>(path: path))
    case .claude: return try await take(ConversationFile<Claude>(path: path))
    case .obsidian:
      throw LociError(
        .unsupported, "Obsidian's notes are ingested.",
        remedy: "Call ingest with readsWikiMarks.")
    }
  }
}
