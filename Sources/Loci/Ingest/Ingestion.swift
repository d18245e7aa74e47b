import Foundation
import LociCore

/// One run over a file or a folder: each file's chunks replace its earlier ones in one transaction,
/// then what is new is embedded, window by window across files.
struct Ingestion {
  private let namespace: MemoryNamespace
  private let chunker: Chunker
  private let options: IngestOptions
  private let progress: @Sendable (IngestReport) -> Void
  private var report = IngestReport()
  private var waiting: [Record] = []

  init(
    into namespace: MemoryNamespace, _ options: IngestOptions,
    progress: @escaping @Sendable (IngestReport) -> Void
  ) async throws {
    self.namespace = namespace
    self.options = options
    self.progress = progress
    let embedder = try await namespace.memory.embedder
    try await namespace.memory.vectors.ensure(embedder.space)
    chunker = try Chunker(
      for: embedder, maximumTokens: options.chunkTokens, overlapTokens: options.overlapTokens)
  }

  /// Takes in one file; whatever is wrong with it is thrown.
  mutating func run(file url: URL) async throws -> IngestReport {
    report.fileCount = 1
    try await take(TextFile(url, maximumBytes: options.maximumFileBytes))
    try await embedWaiting(downTo: 0)
    return report
  }

  /// Takes in a folder: what can't be read is reported, what vanished is removed.
  mutating func run(folder url: URL) async throws -> IngestReport {
    let findings = try FolderWalk(url).findings()
    report.fileCount = findings.files.count
    report.skipped = findings.skipped
    for file in findings.files {
      try Task.checkCancellation()
      let text: TextFile
      do {
        text = try TextFile(file.url, as: file.format, maximumBytes: options.maximumFileBytes)
      } catch {
        report.skipped.append(FolderWalk.Skipped(path: file.uri, reason: error))
        continue
      }
      try await take(text)
    }
    try await removeVanished(findings)
    try await embedWaiting(downTo: 0)
    return report
  }

  private mutating func take(_ file: TextFile) async throws {
    let chunks = try chunker.chunks(of: file.text, as: file.format)
    try await replace(file.uri, with: chunks)
    report.readCount += 1
    progress(report)
    try await embedWaiting(downTo: VectorProjection.windowSize)
  }

  private mutating func removeVanished(_ findings: FolderWalk.Findings) async throws {
    let filter = Filter(
      namespace: namespace.namespace, collections: [.chunks], statuses: nil)
    let known = try await namespace.memory.records.sourceURIs(where: filter)
    for uri in findings.vanished(among: known) {
      try await replace(uri, with: [])
      report.removedSources.append(uri)
    }
  }

  private mutating func replace(_ uri: String, with chunks: [Chunk]) async throws {
    let existing = try await records(of: uri)
    let plan = try IngestPlan(
      for: chunks, of: uri, replacing: existing, in: namespace.namespace,
      at: namespace.memory.surroundings.now())
    let projections = namespace.memory.projections
    let changed = try await namespace.apply(plan.changes, actor: nil).compactMap(\.self)
    if !plan.deletes.isEmpty {
      try await projections.remove(plan.deletes, namespace: namespace.namespace)
    }
    try await projections.follow(changed)
    report.addedCount += plan.inserts.count
    report.movedCount += plan.moves.count
    report.removedCount += plan.deletes.count
    report.unchangedCount += plan.unchangedCount
    // A run that was cut off left chunks without vectors: they are made up for here.
    let kept = Set(existing.map(\.id)).subtracting(plan.deletes)
    waiting += try await projections.serving().withoutFreshVector(
      existing.filter { kept.contains($0.id) }, in: namespace.memory.embedder.space)
    waiting += plan.inserts
  }

  private func records(of uri: String) async throws -> [Record] {
    let filter = Filter(
      namespace: namespace.namespace, collections: [.chunks], statuses: nil, sourceURI: uri)
    var records: [Record] = []
    while true {
      let page = try await namespace.memory.records.list(
        where: filter, after: records.last?.id, limit: 1000)
      guard !page.isEmpty else { return records }
      records += page
    }
  }

  /// Embeds window by window until at most `rest` chunks wait, so that small files share batches.
  private mutating func embedWaiting(downTo rest: Int) async throws {
    while waiting.count > rest {
      try Task.checkCancellation()
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
