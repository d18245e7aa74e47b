import Foundation
package import LociCore
import LociIngest
package import LociMemory

/// Takes in a file, or a folder of them.
package struct IngestOperation: NamespaceOperation {
  package static let name = "ingest"
  package static let summary = "take in texts, Markdown, HTML and notebooks, or folders of them"
  package static let access = StoreAccess.writing

  /// A file or a folder.
  package var path = ""
  /// Take also what matches.
  package var include: [String] = []
  /// Leave out what matches.
  package var exclude: [String] = []
  /// Whether ignore files count for nothing.
  package var ignoresNothing = false
  /// How to cut and read, as the one who offers the operation has configured it; the parameters
  /// say the rest.
  package var options = IngestOptions()
  /// Told how far it is.
  package var progress: @Sendable (IngestReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("path", \.path, "A file or a folder.", isRequired: true, kind: .text("PATH")),
    Parameter(
      "include", \.include, "Take also what is left out by itself.", kind: .list(.text("GLOB"))),
    Parameter("exclude", \.exclude, "Leave out what matches.", kind: .list(.text("GLOB"))),
    Parameter("no_ignore", \.ignoresNothing, "Do not follow .gitignore and .lociignore."),
    Parameter(
      "remove_vanished", \.options.removesVanished,
      "Remove what vanished from a folder, however much it is."),
  ]

  package func check() throws(LociError) { _ = try selection() }

  private func selection() throws(LociError) -> FileSelection {
    try FileSelection(
      include: include, exclude: exclude, followsIgnoreFiles: !ignoresNothing)
  }

  /// The options with what the parameters say.
  package func selected() throws(LociError) -> IngestOptions {
    var options = options
    options.selection = try selection()
    return options
  }

  package func run(in namespace: MemoryNamespace) async throws -> IngestAnswer {
    let report = try await namespace.ingest(
      URL(filePath: path), options: selected(), progress: progress)
    return IngestAnswer(path: path, report: report)
  }
}
