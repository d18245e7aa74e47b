import LociCore

/// What ``MemoryNamespace/forget(source:actor:)`` erased.
public struct ForgottenSources: Hashable, Sendable {
  /// The addresses of the sources, in the order of their UTF-8 bytes.
  public let sources: [String]
  /// How many records came from them.
  public let recordCount: Int
}

extension MemoryNamespace {
  /// The sources that are remembered at an address or below it, in the order of their UTF-8 bytes.
  ///
  /// ```swift
  /// let path = TextFile.canonicalPath(of: folder)
  /// print("from there:", try await notes.sources(at: path))
  /// ```
  /// - Parameter address: A file's or a folder's path as it was ingested: absolute, symbolic links
  ///   resolved (``TextFile/canonicalPath(of:)``). It need not be there any more. Also any other
  ///   address that a record's source has.
  /// - Complexity: O(n) in the namespace's records.
  public func sources(at address: String) async throws -> [String] {
    try await sources(at: address, where: Filter(statuses: nil))
  }

  func sources(at address: String, where filter: Filter) async throws -> [String] {
    try await memory.records.sourceURIs(in: namespace, where: filter).filter {
      SourcePath.isPath($0, atOrBelow: address)
    }
  }

  /// Erases what came from a file, or from all files below a folder, whether they are still there
  /// or not: text, words and vectors, in every collection, and what the files said in earlier
  /// versions. What is left is a line in the audit log for each record.
  ///
  /// ```swift
  /// try await notes.forget(source: TextFile.canonicalPath(of: URL(filePath: "old/notes")))
  /// ```
  /// - Parameters:
  ///   - address: As in ``sources(at:)``.
  ///   - actor: Who does it, for the audit log.
  /// - Returns: What was erased; nothing where no source is at the address or below it.
  /// - Throws: ``LociError/Code/invalidArgument`` for an empty address, and what the store throws;
  ///   sources before the failing one are erased by then.
  @discardableResult
  public func forget(source address: String, actor: String? = nil) async throws -> ForgottenSources
  {
    guard !address.isEmpty else {
      throw LociError(
        .invalidArgument, "A source's address must not be empty.",
        remedy: "Name a file or a folder.")
    }
    let uris = try await sources(at: address)
    var count = 0
    for uri in uris {
      let records = try await memory.records.all(
        in: namespace, where: Filter(statuses: nil, sourceURI: uri))
      count += try await forget(records.map(\.id), actor: actor)
    }
    var names = Set(uris.map(ExactText.init))
    for file in try await files(at: address) {
      try await fileShelf.erase(file.id)
      names.insert(ExactText(file.uri))
    }
    return ForgottenSources(sources: names.sorted().map(\.text), recordCount: count)
  }

  /// What is kept of ingested files beside their chunks.
  package var fileShelf: FileShelf {
    FileShelf(
      records: memory.records, namespace: namespace, surroundings: memory.surroundings)
  }

  /// The ingested files at an address or below it.
  private func files(at address: String) async throws -> [IngestedFile] {
    var files: [IngestedFile] = []
    try await fileShelf.forEachFile { file in
      if SourcePath.isPath(file.uri, atOrBelow: address) { files.append(file) }
    }
    return files
  }
}

extension RecordStore {
  /// All records of a namespace that pass a filter, in id order.
  func all(in namespace: Namespace, where filter: Filter) async throws -> [Record] {
    var records: [Record] = []
    try await forEachPage(in: namespace, where: filter) { records += $0 }
    return records
  }
}
