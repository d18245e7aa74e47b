public import Foundation

extension MemoryNamespace {
  /// Takes in a text or Markdown file, or a folder of them, cut into chunks along their structure.
  ///
  /// Ingesting again keeps what is unchanged, with its vectors; what changed is embedded anew, and
  /// what vanished from a folder is removed. Each file is replaced in one transaction. A run that
  /// is cut off goes on where it stopped when it is run again.
  /// - Parameters:
  ///   - url: A file or a folder.
  ///   - options: How to cut and read.
  ///   - progress: Called after each file and each window of embedded chunks.
  /// - Throws: For a single file whatever is wrong with it; in a folder such files are skipped and
  ///   reported. Also what loading the model throws: cutting needs its tokenizer.
  @discardableResult
  public func ingest(
    _ url: URL, options: IngestOptions = IngestOptions(),
    progress: @escaping @Sendable (IngestReport) -> Void = { _ in }
  ) async throws -> IngestReport {
    let type = try FileStamp(path: TextFile.canonicalPath(of: url)).type
    var ingestion = try await Ingestion(into: self, options, progress: progress)
    return type == .typeDirectory
      ? try await ingestion.run(folder: url) : try await ingestion.run(file: url)
  }
}
