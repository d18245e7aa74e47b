import Foundation
import LociCore
import LociIngest

/// One run over a file or a folder: each file's chunks replace its earlier ones in one transaction,
/// then what is new is embedded, window by window across files.
struct Ingestion {
  private let namespace: MemoryNamespace
  private let chunker: Chunker
  private let options: IngestOptions
  private let progress: @Sendable (IngestReport) -> Void
  private let files: FileShelf
  private var report = IngestReport()
  private var waiting: [Record] = []
  /// What was ingested before, and may be a file that is new.
  private var moved = MovedSources()

  /// How often a file is planned again where others change its chunks meanwhile.
  private static let attempts = 10

  init(
    into namespace: MemoryNamespace, _ options: IngestOptions,
    progress: @escaping @Sendable (IngestReport) -> Void
  ) async throws {
    self.namespace = namespace
    self.options = options
    self.progress = progress
    files = namespace.fileShelf
    let embedder = try await namespace.memory.embedder
    try await namespace.memory.vectors.ensure(embedder.space)
    chunker = try Chunker(
      for: embedder, maximumTokens: options.chunkTokens, overlapTokens: options.overlapTokens)
  }

  /// Takes in one file; whatever is wrong with it is thrown. What was below it while it was a
  /// folder is removed. A file of its folder that is gone may be this one, renamed.
  mutating func run(file url: URL) async throws -> IngestReport {
    report.fileCount = 1
    let limit = options.maximumFileBytes
    let path = TextFile.canonicalPath(of: url)
    try FileName.check(path)
    try await findMoved(at: path)
    let failure = try await take(path) { () throws(LociError) in
      try TextFile(url, maximumBytes: limit)
    }
    if let failure { throw failure }
    for uri in try await chunkSources(at: path) where !uri.utf8.elementsEqual(path.utf8) {
      try await remove(uri)
    }
    try await embedWaiting(downTo: 0)
    return report
  }

  /// Takes in a text that is in memory.
  mutating func run(text file: TextFile) async throws -> IngestReport {
    report.fileCount = 1
    let failure = try await take(file.uri) { () throws(LociError) in file }
    if let failure { throw failure }
    try await embedWaiting(downTo: 0)
    return report
  }

  /// Takes in a folder: what can't be read is reported, what vanished is removed.
  mutating func run(folder url: URL) async throws -> IngestReport {
    try await run(FolderWalk(url, selection: options.selection).findings())
  }

  /// Takes in what was found in a folder.
  ///
  /// - Parameter changed: The files that are read again; nil is all.
  mutating func run(
    _ findings: FolderWalk.Findings, only changed: [FolderWalk.File]? = nil
  ) async throws -> IngestReport {
    let wanted = changed ?? findings.files
    report.fileCount = wanted.count
    report.skipped = findings.skipped
    report.leftOut = findings.leftOut
    report.otherEndings = findings.otherEndings
    if !wanted.isEmpty { progress(report) }
    let known = Set(try await chunkSources(at: findings.folder).map(ExactText.init))
    if wanted.contains(where: { !known.contains(ExactText($0.uri)) }) {
      for uri in findings.vanished(among: known.map(\.text)).sorted() {
        moved.add(uri, holding: try await records(of: uri))
      }
    }
    let limit = options.maximumFileBytes
    for file in wanted {
      try Task.checkCancellation()
      let failure = try await take(file.uri) { () throws(LociError) in
        try findings.text(of: file, maximumBytes: limit)
      }
      guard let failure else { continue }
      if !file.promisesText, [.unsupported, .corrupt].contains(failure.code) {
        report.leftOut.append(LeftOut(path: file.uri, isFolder: false, reason: .noText))
      } else {
        report.skipped.append(FolderWalk.Skipped(path: file.uri, reason: failure))
      }
    }
    try await removeVanished(findings)
    try await embedWaiting(downTo: 0)
    return report
  }

  /// Takes in one file; returns why it can't be read, and then its earlier chunks stay.
  private mutating func take(
    _ uri: String, _ read: () throws(LociError) -> TextFile
  ) async throws -> LociError? {
    let failure = try await replace(uri, read)
    if failure == nil { report.readCount += 1 }
    report.waitingCount = waiting.count
    progress(report)
    try await embedWaiting(downTo: VectorProjection.windowSize)
    return failure
  }

  /// Looks for files that are gone from the folder of one that is new.
  private mutating func findMoved(at path: String) async throws {
    let folder = path.utf8.dropLast(path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.count)
    let known = try await chunkSources(at: String(decoding: folder, as: UTF8.self))
    guard !known.contains(where: { $0.utf8.elementsEqual(path.utf8) }) else { return }
    for uri in known where !uri.utf8.dropFirst(folder.count).contains(UInt8(ascii: "/")) {
      do throws(LociError) {
        _ = try OpenedFile.at(uri)
      } catch  where error.code == .notFound {
        moved.add(uri, holding: try await records(of: uri))
      } catch {}
    }
  }

  private mutating func removeVanished(_ findings: FolderWalk.Findings) async throws {
    try Task.checkCancellation()
    let known = try await chunkSources(at: findings.folder)
    let vanished = findings.vanished(among: known)
    let kept = options.removesVanished ? [] : findings.doubtful(vanished, among: known)
    report.keptSources = kept
    let keptNames = Set(kept.map(ExactText.init))
    for uri in vanished where !keptNames.contains(ExactText(uri)) { try await remove(uri) }
  }

  private mutating func remove(_ uri: String) async throws {
    _ = try await replace(uri) { () throws(LociError) in nil }
    report.removedSources.append(uri)
  }

  private func chunkSources(at path: String) async throws -> [String] {
    try await namespace.sources(
      at: path,
      where: Filter(collections: [.chunks], statuses: nil))
  }

  /// Makes a source's records what its chunks are, and plans again, from the file as it is then,
  /// where somebody else changed them meanwhile. Whoever changes them last sees what all did.
  ///
  /// - Parameter read: Gives the file, or nil where it is gone.
  /// - Returns: Why the file can't be read.
  private mutating func replace(
    _ uri: String, _ read: () throws(LociError) -> TextFile?
  ) async throws -> LociError? {
    let earlierCount = waiting.count
    var origin: String?
    for attempt in 1...Self.attempts {
      try Task.checkCancellation()
      let file: TextFile?
      do throws(LociError) { file = try read() } catch { return error }
      let wanted: ChunkedDocument
      do {
        wanted = try file.map(document) ?? .empty
      } catch let error as LociError where [.unsupported, .corrupt].contains(error.code) {
        return LociError(error.code, "\(uri): \(error.message)", remedy: error.remedy)
      }
      waiting.removeSubrange(earlierCount...)
      do {
        if try await replaceOnce(uri, with: wanted, of: file?.text, movedFrom: &origin) {
          return nil
        }
      } catch let error as LociError
        where [.conflict, .notFound].contains(error.code) && attempt < Self.attempts
      {
        try await namespace.memory.surroundings.sleep(.milliseconds(2 << attempt))
      }
    }
    return nil
  }

  private func document(of file: TextFile) throws -> ChunkedDocument {
    let document = try chunker.document(file.text, as: file.format)
    guard options.readsWikiMarks, file.format == .markdown else { return document }
    let marks = WikiMarks(of: file.text)
    return ChunkedDocument(
      chunks: document.chunks, metadata: marks.added(to: document.metadata))
  }

  /// Returns false where the source holds other records than planned.
  ///
  /// - Parameters:
  ///   - text: What the file says; nil where it is gone.
  ///   - origin: Where the file was before, where that was found out.
  private mutating func replaceOnce(
    _ uri: String, with document: ChunkedDocument, of text: String?, movedFrom origin: inout String?
  ) async throws -> Bool {
    var existing = try await records(of: uri)
    var isMoved = false
    if existing.isEmpty {
      origin = origin ?? moved.source(of: uri, holding: document.chunks)
      if let origin { existing = try await records(of: origin) }
      isMoved = !existing.isEmpty
    }
    var whole = IngestPlan.whole(of: existing)
    if whole == nil { whole = try await files.id(forFileAt: uri) }
    if text == nil, let whole { try await files.noteVanished(whole) }
    let plan = try IngestPlan(
      for: document, of: uri, as: whole, replacing: existing, in: namespace.namespace,
      at: namespace.memory.surroundings.now())
    let projections = namespace.memory.projections
    if !plan.renewals.isEmpty {
      try await projections.remove(plan.renewals, namespace: namespace.namespace)
    }
    let changed = try await namespace.apply(plan.changes, actor: nil).compactMap(\.self)
    if !plan.deletes.isEmpty {
      try await projections.remove(plan.deletes, namespace: namespace.namespace)
    }
    try await projections.follow(changed)
    if let text, let whole { try await files.take(text, at: uri, as: whole, options.keeping) }
    if isMoved, let origin { report.movedSources.append(.init(from: origin, to: uri)) }
    report.addedCount += plan.inserts.count
    report.movedCount += plan.patches.count
    report.removedCount += plan.deletes.count
    report.unchangedCount += plan.unchangedCount
    // A run that was cut off left chunks without vectors: they are made up for here.
    let kept = Set(existing.map(\.id)).subtracting(plan.deletes)
    let patched = changed.keyed(by: \.id)
    waiting += try await projections.serving().withoutFreshVector(
      existing.filter { kept.contains($0.id) }.map { patched[$0.id] ?? $0 },
      in: namespace.memory.embedder.space)
    waiting += plan.inserts
    guard !plan.changes.isEmpty else { return true }
    let planned = kept.union(plan.inserts.map(\.id))
    return try await records(of: uri).allSatisfy { planned.contains($0.id) }
  }

  private func records(of uri: String) async throws -> [Record] {
    try await namespace.memory.records.all(
      in: namespace.namespace,
      where: Filter(collections: [.chunks], statuses: nil, sourceURI: uri))
  }

  /// Embeds window by window until at most `rest` chunks wait, so that small files share batches.
  private mutating func embedWaiting(downTo rest: Int) async throws {
    while waiting.count > rest {
      try Task.checkCancellation()
      report.waitingCount = waiting.count
      let window = Array(waiting.prefix(VectorProjection.windowSize))
      for outcome in try await namespace.memory.projections.project(window) {
        switch outcome {
        case .pending: report.pendingCount += 1
        case .unreadable: report.unreadableCount += 1
        case .embedded, .unchanged: report.embeddedCount += 1
        }
      }
      waiting.removeFirst(window.count)
      report.waitingCount = waiting.count
      progress(report)
    }
  }
}
