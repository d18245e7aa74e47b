import Foundation
import LociCore

extension MemoryNamespace {
  /// A batch is stored in one transaction, and embedded together: enough for full batches of the
  /// model, little enough that a kill costs little.
  private static let batchSize = 1024
  /// A batch ends at so many bytes of text, too.
  private static let batchBytes = 8 << 20
  /// While one batch is written to the vectors, the model has the next.
  private static let batchesAtOnce = 2

  /// Remembers any number of texts as they come, in bounded memory. Batches are stored whole, and
  /// embedded while the next ones are read and stored.
  ///
  /// ```swift
  /// let texts = AsyncStream { stream in
  ///   for line in page.split(separator: "\n") { stream.yield(NewMemory(String(line))) }
  ///   stream.finish()
  /// }
  /// let report = try await ada.remember(from: texts)
  /// print(report.storedCount, "stored,", report.embeddedCount, "embedded")
  /// ```
  /// A run that was cut off goes on when it is started again, if the texts have ids: those that
  /// are there, and the same, are not stored again, and are embedded where they were not yet.
  /// - Parameters:
  ///   - memories: The texts. It is asked for the next ones while earlier ones are embedded.
  ///   - embeds: Whether texts are embedded at once; else ``backfill(progress:)`` does it later.
  ///   - progress: Called after each batch.
  /// - Returns: What became of them. A text whose embedding failed is stored, and counted.
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank text or a value outside its range,
  ///   what `memories` throws, and what the store throws. Batches before stay.
  @discardableResult
  public func remember<Memories: AsyncSequence>(
    from memories: Memories, embeds: Bool = true,
    progress: @escaping @Sendable (BulkReport) -> Void = { _ in }
  ) async throws -> BulkReport where Memories.Element == NewMemory {
    try await withThrowingTaskGroup(of: [Remembered.Projection].self) { group in
      var report = BulkReport()
      var (batch, bytes, running) = ([NewMemory](), 0, 0)
      var iterator = memories.makeAsyncIterator()
      var next = try await iterator.next()
      while let memory = next {
        batch.append(memory)
        bytes += memory.text.utf8.count
        next = try await iterator.next()
        guard batch.count == Self.batchSize || bytes >= Self.batchBytes || next == nil else {
          continue
        }
        try Task.checkCancellation()
        let (stored, unchanged) = try await store(batch)
        (batch, bytes) = ([], 0)
        report.storedCount += stored.count
        report.unchangedCount += unchanged.count
        if embeds {
          if running == Self.batchesAtOnce, let outcomes = try await group.next() {
            report.add(outcomes)
            running -= 1
          }
          group.addTask { try await embed(stored, unchanged) }
          running += 1
        }
        progress(report)
      }
      while let outcomes = try await group.next() {
        report.add(outcomes)
        progress(report)
      }
      return report
    }
  }

  /// Stores a batch in one transaction, but for what is there as it comes.
  private func store(
    _ batch: [NewMemory]
  ) async throws -> (stored: [Record], unchanged: [Record]) {
    let ids = Set(batch.compactMap(\.id)).sorted()
    let here =
      ids.isEmpty
      ? [:] : try await memory.records.get(ids, namespace: namespace).keyed(by: \.id)
    var (changes, unchanged) = ([RecordChange](), [Record]())
    for new in batch {
      let record = try record(for: new)
      if let old = here[record.id], new.says(nothingNewOf: old, as: record) {
        unchanged.append(old)
      } else {
        changes.append(.upsert(record))
      }
    }
    let stored = try await apply(changes, actor: batch.first?.author).compactMap(\.self)
    // Of two of one id, the last one counts.
    return (Array(stored.keyed(by: \.id).values).sorted { $0.id < $1.id }, unchanged)
  }

  private func embed(
    _ stored: [Record], _ unchanged: [Record]
  ) async throws -> [Remembered.Projection] {
    var records = stored
    if !unchanged.isEmpty, let space = try? await memory.embedder.space {
      records += try await memory.projections.serving().withoutFreshVector(unchanged, in: space)
    }
    return try await memory.projections.project(records)
  }
}

extension NewMemory {
  /// Whether a stored record says all that this does already.
  fileprivate func says(nothingNewOf old: Record, as record: Record) -> Bool {
    var record = record
    // What a new memory can't say.
    (record.status, record.knownFrom, record.knownUntil) =
      (old.status, old.knownFrom, old.knownUntil)
    return old.collection == record.collection
      && RecordPatch(from: old, to: record) == RecordPatch()
      && createdAt.map { $0.wholeMilliseconds == old.createdAt } ?? true
  }
}

extension NewMemory {
  /// Throws ``LociError/Code/invalidArgument`` where no record can be made of it.
  package func validate() throws(LociError) {
    let namespace = try Namespace("any")
    let time = createdAt ?? Date(millisecondsSince1970: 0)
    let id = if let id { id } else { try RecordID("any") }
    _ = try Record(
      id: id, namespace: namespace, collection: collection, text: text,
      category: category, metadata: metadata, validFrom: validFrom, validUntil: validUntil,
      importance: importance, confidence: confidence, createdAt: time)
  }
}
