import Foundation
public import LociCore
public import LociMemory

/// The files that a namespace has ingested, with what they said earlier. Their chunks are records
/// of the collection `chunks`.
///
/// ```swift
/// for ingested in try await notes.files.list() { print(ingested.uri, ingested.versions.count) }
/// ```
public struct Files: Sendable {
  private let memories: MemoryNamespace
  private var shelf: FileShelf { memories.fileShelf }

  init(of memories: MemoryNamespace) { self.memories = memories }

  /// A page of the files, in the order of their ids; also of those that are gone from their folders
  /// and not forgotten.
  ///
  /// - Parameters:
  ///   - id: The last id of the page before; nil for the first page.
  ///   - limit: The most files.
  public func list(after id: RecordID? = nil, limit: Int = 100) async throws -> [IngestedFile] {
    try await shelf.files(after: id, limit: limit)
  }

  /// The file at an address, or nil. Of several that were there one after another, it is the one
  /// that is there, else the one that vanished last.
  ///
  /// ```swift
  /// let path = TextFile.canonicalPath(of: file)
  /// for version in try await notes.files.file(at: path)?.versions ?? [] { print(version.since) }
  /// ```
  /// - Parameter address: A path as it was ingested: absolute, symbolic links resolved
  ///   (`TextFile.canonicalPath(of:)`). Also another address that was given.
  /// - Complexity: O(n) in the namespace's files.
  public func file(at address: String) async throws -> IngestedFile? {
    var found: IngestedFile?
    try await shelf.forEachFile { file in
      guard file.uri.utf8.elementsEqual(address.utf8) else { return }
      if let other = found, other.vanishedAt ?? .distantFuture >= file.vanishedAt ?? .distantFuture
      {
        return
      }
      found = file
    }
    return found
  }

  /// What a file says, or said in an earlier version.
  ///
  /// ```swift
  /// let path = TextFile.canonicalPath(of: file)
  /// let first = try await notes.files.text(of: path, version: 1)
  /// ```
  /// - Parameters:
  ///   - address: As in ``file(at:)``.
  ///   - version: The number of a version; nil is the last one.
  /// - Returns: The text, without a byte order mark, and with every line ended by a line feed.
  /// - Throws: ``LociError/Code/notFound`` where there is no such file or version, or where its
  ///   text is not kept; ``LociError/Code/corrupt`` where it is not what was ingested.
  public func text(of address: String, version: Int? = nil) async throws -> String {
    guard let file = try await file(at: address) else { throw Self.unknown }
    guard
      let wanted = file.versions.last(where: { version == nil || $0.number == version })
    else {
      throw LociError(
        .notFound, "The file has no version \(version ?? 0).",
        remedy: "`loci files versions` shows those that there are.")
    }
    return try await shelf.text(of: wanted, of: file.id)
  }

  /// Erases a file, or all files below a folder: chunks with their words and vectors, and what they
  /// said in any version. They need not be there any more; what is there is ingested again by the
  /// next ingestion.
  ///
  /// ```swift
  /// try await notes.files.forget(TextFile.canonicalPath(of: file))
  /// ```
  /// - Parameters:
  ///   - address: As in ``file(at:)``, or a folder's path.
  ///   - actor: Who does it, for the audit log.
  /// - Returns: What was erased; nothing where no file is at the address or below it.
  @discardableResult
  public func forget(_ address: String, actor: String? = nil) async throws -> ForgottenSources {
    try await memories.forget(source: address, actor: actor)
  }

  private static let unknown = LociError(
    .notFound, "No such file was ingested in this namespace.",
    remedy: "`loci files` lists them; `--namespace` looks elsewhere.")
}

extension MemoryNamespace {
  /// The files that were ingested, with what they said earlier.
  ///
  /// ```swift
  /// print(try await notes.files.list().count)
  /// ```
  public var files: Files { Files(of: self) }
}
