public import Foundation
import LociCore
public import LociIngest

extension MemoryNamespace {
  /// Takes in a text or Markdown file, or a folder of them, cut into chunks along their structure.
  ///
  /// Ingesting again keeps what is unchanged, with its vectors; what changed is embedded anew, and
  /// what vanished from a folder is removed, except where so much vanished at once that a disk may
  /// just not be mounted (``IngestReport/keptSources``). Each file is replaced in one transaction.
  /// A run that is cut off goes on where it stopped when it is run again; two at once end with the
  /// files as they are.
  ///
  /// ```swift
  /// let report = try await notes.ingest(folder) { print("\($0.readCount) of \($0.fileCount)") }
  /// for skipped in report.skipped { print(skipped.path, skipped.reason) }
  /// ```
  /// - Parameters:
  ///   - url: A file or a folder.
  ///   - options: How to cut and read.
  ///   - progress: Called after each file and each window of embedded chunks.
  /// - Throws: ``LociError/Code/notFound`` where there is nothing at the path; what is remembered
  ///   from it stays, and ``forget(source:actor:)`` removes it. For a single file whatever is wrong
  ///   with it; in a folder such files are skipped and reported. Also what loading the model
  ///   throws: cutting needs its tokenizer.
  @discardableResult
  public func ingest(
    _ url: URL, options: IngestOptions = IngestOptions(),
    progress: @escaping @Sendable (IngestReport) -> Void = { _ in }
  ) async throws -> IngestReport {
    let path = TextFile.canonicalPath(of: url)
    let kind = try await kind(at: path)
    var ingestion = try await Ingestion(into: self, options, progress: progress)
    return kind == .folder
      ? try await ingestion.run(folder: url) : try await ingestion.run(file: url)
  }

  /// Takes in a text that is no file, such as a page that was fetched or a message: what came from
  /// the same address before is replaced, as with a file.
  ///
  /// ```swift
  /// try await notes.ingest(text: page, uri: "https://example.org/tea", format: .html)
  /// ```
  /// - Parameters:
  ///   - text: The text.
  ///   - uri: Its address, by which ``forget(source:actor:)`` finds it again; not empty.
  ///   - format: How its structure is read.
  ///   - options: How to cut; what is said of files does not matter here.
  /// - Throws: ``LociError/Code/invalidArgument`` for an empty address; ``LociError/Code/corrupt``
  ///   or ``LociError/Code/unsupported`` for a text that is not of its format; what loading the
  ///   model and the store throw.
  @discardableResult
  public func ingest(
    text: String, uri: String, format: TextFormat = .markdown,
    options: IngestOptions = IngestOptions()
  ) async throws -> IngestReport {
    guard !uri.isEmpty else {
      throw LociError(
        .invalidArgument, "A text to be ingested needs an address.",
        remedy: "Give an uri, such as the page's address.")
    }
    var ingestion = try await Ingestion(into: self, options) { _ in }
    return try await ingestion.run(text: TextFile(text: text, uri: uri, as: format))
  }

  private func kind(at path: String) async throws -> OpenedFile.Kind {
    let failure: LociError
    do throws(LociError) {
      return try OpenedFile.at(path).stamp().kind
    } catch {
      failure = error
    }
    guard failure.code == .notFound else { throw failure }
    throw try await vanished(path) ?? failure
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.wholeMatch(of: #/[\w/.\-]+/#) != nil
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  /// The error for a path where nothing is any more, but something is remembered.
  private func vanished(_ path: String) async throws -> LociError? {
    let count = try await sources(at: path).count
    guard count > 0 else { return nil }
    let remembered = count == 1 ? "1 source is" : "\(count) sources are"
    return LociError(
      .notFound,
      "There is no file or folder \(path) any more; \(remembered) still remembered from there.",
      remedy: "`loci forget --source \(Self.quoted(path))` removes what is remembered.")
  }
}
