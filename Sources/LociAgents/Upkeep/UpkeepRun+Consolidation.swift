import Foundation
import LociCore
import LociMemory

// Episodes that say the same are united: one of them takes the others' place, and each names the
// other, as `supersede` does.
extension UpkeepRun {
  /// So many of the nearest are looked at: those before one that says the same may differ in a
  /// number or a name.
  private static var comparedCount: Int { 16 }
  private static var pageSize: Int { 200 }
  /// Clocks of machines that share a memory may differ by so much.
  private static var clockSeconds: Double { 86_400 }

  /// Unites episodes that have ended and are nearly identical.
  func consolidate(_ report: inout UpkeepReport.Step) async throws {
    guard let threshold = rules.consolidationSimilarity else {
      return report.skip("No similarity is named from which on episodes are united.")
    }
    let space = try await memory.installedEmbedder.space
    let now = memory.surroundings.now()
    let state = try await UpkeepNote(memory).read()
    // What was compared before is compared with what is new, when that is looked at.
    let since =
      state.consolidatedSimilarity == threshold.value
      ? state.consolidatedAt?.addingTimeInterval(-Self.clockSeconds) : nil
    for namespace in try await memory.namespaces() where namespace != .shared {
      try await consolidate(memory[namespace], in: space, since, threshold, &report)
    }
    guard !isDryRun else { return }
    try await UpkeepNote(memory).update {
      ($0.consolidatedAt, $0.consolidatedSimilarity) = (now, threshold.value)
    }
  }

  private func consolidate(
    _ memories: MemoryNamespace, in space: EmbeddingSpace, _ since: Date?,
    _ threshold: Similarity, _ report: inout UpkeepReport.Step
  ) async throws {
    var (cursor, united) = (RecordID?.none, Set<RecordID>())
    while true {
      try Task.checkCancellation()
      let page = try await memories.list(
        where: .episodes([.active]), after: cursor, limit: Self.pageSize)
      guard let last = page.last else { return }
      let changed = page.filter { record in since.map { record.updatedAt >= $0 } ?? true }
      let vectors = Dictionary(
        grouping: try await memory.vectors.get(
          changed.map(\.id), namespace: memories.namespace, in: space), by: \.id)
      for record in changed {
        report.examinedCount += 1
        guard !united.contains(record.id), let entries = vectors[record.id],
          let first = entries.first,
          first.contentHash == record.contentHash
        else { continue }
        let same = try await sayingTheSame(
          as: record, entries, memories, in: space, threshold
        ).filter { !united.contains($0.id) }
        guard !same.isEmpty else { continue }
        try await unite([record] + same, in: memories, &united, &report)
      }
      cursor = last.id
    }
  }

  /// The episodes that have ended and say what a record says.
  private func sayingTheSame(
    as record: Record, _ entries: [VectorEntry], _ memories: MemoryNamespace,
    in space: EmbeddingSpace, _ threshold: Similarity
  ) async throws -> [Record] {
    guard let episode = Episode(record), episode.statusInLife != .active else { return [] }
    let beginning = entries.min { $0.part < $1.part }
    guard let vector = beginning?.vector else { return [] }
    let matches = try await memory.vectors.search(
      vector, namespace: memories.namespace, in: space, limit: Self.comparedCount,
      where: .episodes([.active])
    ).filter { $0.similarity >= threshold && $0.id != record.id }
    let found = try await memory.records.get(matches.map(\.id), namespace: memories.namespace)
      .keyed(by: \.id)
    return matches.compactMap { found[$0.id] }.filter {
      $0.isUnitable(with: record, areLong: entries.count > 1)
    }
  }

  /// Unites episodes in one transaction: the one that matters most stays, and of these the one that
  /// was used last.
  private func unite(
    _ records: [Record], in memories: MemoryNamespace, _ united: inout Set<RecordID>,
    _ report: inout UpkeepReport.Step
  ) async throws {
    let sorted = records.compactMap(Episode.init).sorted { left, right in
      (left.importance, left.lastUsedAt, left.id) > (right.importance, right.lastUsedAt, right.id)
    }
    guard let best = sorted.first else { return }
    let others = sorted.dropFirst()
    if !isDryRun {
      let now = memory.surroundings.now()
      var survivor = best.record
      for other in others {
        survivor.metadata.link(SupersessionKey.supersedes, to: other.id)
        survivor.confidence = max(survivor.confidence, other.record.confidence)
        survivor.metadata[EpisodeKey.outcome] =
          survivor.metadata[EpisodeKey.outcome] ?? other.record.metadata[EpisodeKey.outcome]
      }
      var patch = RecordPatch(from: best.record, to: survivor)
      patch.action = .merge
      let changes = others.map { other in
        var patch = RecordPatch()
        patch.action = .supersede
        patch.status = .superseded
        patch.metadata = [SupersessionKey.supersededBy: .string(best.id.text)]
        patch.knownUntil = other.record.end(ofKnowledgeAt: now)
        return RecordChange.patch(other.id, patch)
      }
      guard
        try await isDone(
          changes + [.patch(best.id, patch)], in: memories,
          requiring: sorted.map { .unchanged($0.record) }, &report)
      else { return }
    }
    united.formUnion(others.map(\.id))
    report.changedCount += others.count
  }
}

extension Record {
  /// Whether it is an episode that has ended and may be united with another one.
  ///
  /// - Parameter areLong: Whether the model reads them in parts, so that the words decide.
  fileprivate func isUnitable(with other: Record, areLong: Bool) -> Bool {
    guard let episode = Episode(self), episode.statusInLife != .active, status == .active,
      collection == other.collection, audience == other.audience,
      author.map({ Array($0.utf8) }) == other.author.map({ Array($0.utf8) })
    else { return false }
    return says(other, atSomeLength: areLong)
  }
}
