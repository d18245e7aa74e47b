import Foundation
import LociAgents
package import LociCore
import LociIngest
package import LociMemory

/// Lists the files that were ingested.
package struct ListFilesOperation: NamespaceOperation {
  package static let name = "files_list"
  package static let summary = "list ingested files, also those that are gone"
  package static let access = StoreAccess.reading

  /// The most files.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("limit", \.limit, "The most files; 100 by default.", kind: .integer(1...1_000_000)),
    Parameter("after", \.after, "Go on after the file with this id."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> FilesAnswer {
    let files = try await namespace.files.list(after: after, limit: limit)
    return FilesAnswer(files: files, next: files.count == limit ? files.last?.id : nil)
  }
}

/// Lists what a file said and when.
package struct FileVersionsOperation: NamespaceOperation {
  package static let name = "files_versions"
  package static let summary = "list the versions of an ingested file"
  package static let access = StoreAccess.reading

  /// The file.
  package var path = ""

  package init() {}

  package static let parameters: [Parameter<Self>] = [.file(\.path)]

  package func run(in namespace: MemoryNamespace) async throws -> IngestedFile {
    try await namespace.ingestedFile(at: path)
  }
}

/// Shows what a file says, or said.
package struct ShowFileOperation: NamespaceOperation {
  package static let name = "files_show"
  package static let summary = "show the text of an ingested file, also an earlier one"
  package static let access = StoreAccess.reading

  /// The file.
  package var path = ""
  /// The number of a version; nil is the last one.
  package var version: Int?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    .file(\.path),
    Parameter(
      "version", \.version, "The number of a version; by default the last one.",
      kind: .integer(1...1_000_000_000)),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> String {
    try await namespace.files.text(of: namespace.ingestedFile(at: path).uri, version: version)
  }
}

/// Erases files, with what they said in any version.
package struct ForgetFilesOperation: NamespaceOperation {
  package static let name = "files_forget"
  package static let summary = "erase an ingested file or folder, with all earlier versions"
  package static let access = StoreAccess.writing

  /// The file or folder.
  package var path = ""
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [.file(\.path), .actor(\.actor)]

  package func run(in namespace: MemoryNamespace) async throws -> ForgetAnswer {
    var forget = ForgetOperation()
    forget.sources = [path]
    forget.actor = actor
    return try await forget.run(in: namespace)
  }
}

extension Parameter {
  /// The file that an operation is about.
  fileprivate static func file(
    _ field: any WritableKeyPath<Owner, String> & Sendable
  ) -> Self {
    Parameter("path", field, "The file.", isRequired: true, kind: .text("PATH"))
  }
}

extension MemoryNamespace {
  /// A file, by its path as a file has it, else as it was given.
  fileprivate func ingestedFile(at path: String) async throws -> IngestedFile {
    for address in [TextFile.canonicalPath(of: URL(filePath: path)), path] {
      if let file = try await files.file(at: address) { return file }
    }
    throw LociError(
      .notFound, "No such file was ingested in \(namespace).",
      remedy: "`loci files` lists them; `--namespace` looks elsewhere.")
  }
}
