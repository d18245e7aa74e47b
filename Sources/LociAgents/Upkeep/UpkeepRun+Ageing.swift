import Foundation
import LociCore
import LociMemory

// What becomes of episodes with their age: days since they, or what was said in them, were last
// used.
extension UpkeepRun {
  private static var pageSize: Int { 200 }
  private static var largest: Int { Episodes.recordsATransaction }

  /// Erases what was not used for as many days as is kept.
  func retain(_ report: inout UpkeepReport.Step) async throws {
    guard rules.retentionDays > 0 else { return report.skip("Episodes are kept for ever.") }
    try await forEachEpisode(nil, olderThan: rules.retentionDays, &report) {
      report, episode, memories, _ in
      try await erase(episode, in: memories, &report)
    }
  }

  /// Erases an episode and what was said in it: the episode itself with the last of it, so that a
  /// run that is cut off can be started again. Where it changes meanwhile, the rest of it stays.
  private func erase(
    _ episode: Episode, in memories: MemoryNamespace, _ report: inout UpkeepReport.Step
  ) async throws {
    let turns = Filter.turns(of: episode.id, nil)
    if isDryRun {
      report.changedCount += 1
      report.recordCount += 1 + (try await memories.count(where: turns))
      return
    }
    do {
      try await memories.episodes.erase(episode.record, actor: Self.actor) { count in
        report.count(transactionOf: count)
        report.recordCount += count
      }
    } catch let error as LociError where [.conflict, .notFound].contains(error.code) {
      return
    }
    report.changedCount += 1
  }

  /// Puts away what was not used for some time.
  func archive(_ report: inout UpkeepReport.Step) async throws {
    guard rules.archiveDays > 0 else { return report.skip("Episodes are never archived.") }
    try await forEachEpisode([.active], olderThan: rules.archiveDays, &report) {
      report, episode, memories, age in
      // It would have been erased by now.
      if rules.retentionDays > 0, rules.steps.contains(.retention),
        age >= Double(rules.retentionDays)
      {
        return
      }
      let turns = Filter.turns(of: episode.id, [.active])
      if isDryRun {
        report.changedCount += 1
        report.recordCount += 1 + (try await memories.count(where: turns))
        return
      }
      var patch = RecordPatch()
      patch.status = .archived
      patch.action = .archive
      // What was said first: an episode that is not archived yet is found by the next run.
      while true {
        try Task.checkCancellation()
        let page = try await memories.list(
          where: turns, orderedBy: .asSaid, limit: Self.largest)
        guard !page.isEmpty else { break }
        guard
          try await isDone(
            page.map { .patch($0.id, patch) }, in: memories,
            requiring: [.unchanged(episode.record)] + page.map(Precondition.unchanged), &report)
        else { return }
        report.recordCount += page.count
      }
      guard
        try await isDone(
          [.patch(episode.id, patch)], in: memories, requiring: [.unchanged(episode.record)],
          &report)
      else { return }
      report.recordCount += 1
      report.changedCount += 1
    }
  }

  /// Notes in tenths what is left of each episode, so that filters see it and it is written seldom.
  func decay(_ report: inout UpkeepReport.Step) async throws {
    try await forEachEpisode([.active], olderThan: 0, &report) {
      report, episode, memories, age in
      let exact = rules.decay.value(afterDays: age)
      let left: MetadataValue? = exact < 1 ? .number(Self.tenths(exact)) : nil
      guard episode.record.metadata[EpisodeKey.decay] != left else { return }
      if isDryRun {
        report.changedCount += 1
        return
      }
      var patch = RecordPatch()
      if let left {
        patch.metadata[EpisodeKey.decay] = left
      } else {
        patch.removedMetadata = [EpisodeKey.decay]
      }
      guard
        try await isDone(
          [.patch(episode.id, patch)], in: memories, requiring: [.unchanged(episode.record)],
          &report)
      else { return }
      report.changedCount += 1
    }
  }

  /// Rounded down, but for what is lost in binary.
  private static func tenths(_ value: Double) -> Double {
    ((value * 10) + 1e-9).rounded(.down) / 10
  }

  // MARK: Episode by episode

  /// Applies changes in one transaction. False where somebody else changed one of the records
  /// meanwhile, and then nothing was changed: the next run looks at it again.
  func isDone(
    _ changes: [RecordChange], in memories: MemoryNamespace, requiring conditions: [Precondition],
    _ report: inout UpkeepReport.Step
  ) async throws -> Bool {
    do {
      try await memories.change(changes, actor: Self.actor, requiring: conditions)
    } catch let error as LociError where [.conflict, .notFound].contains(error.code) {
      return false
    }
    report.count(transactionOf: changes.count)
    return true
  }

  /// Lends every episode of some statuses that was not used for so many days, and its age in days.
  private func forEachEpisode(
    _ statuses: Set<Record.Status>?, olderThan days: Int, _ report: inout UpkeepReport.Step,
    _ body: (inout UpkeepReport.Step, Episode, MemoryNamespace, _ age: Double) async throws -> Void
  ) async throws {
    for namespace in try await memory.namespaces() where namespace != .shared {
      var memories = memory[namespace]
      memories.allowsPending = true
      var cursor: RecordID?
      while true {
        try Task.checkCancellation()
        let page = try await memories.list(
          where: .episodes(statuses), after: cursor, limit: Self.pageSize)
        guard let last = page.last else { break }
        for episode in page.compactMap(Episode.init) {
          report.examinedCount += 1
          let age = try await age(of: episode, in: memories)
          if age >= Double(days) { try await body(&report, episode, memories, age) }
        }
        cursor = last.id
      }
    }
  }

  /// Days since an episode, or something that was said in it, was last used.
  private func age(of episode: Episode, in memories: MemoryNamespace) async throws -> Double {
    let now = memory.surroundings.now()
    let days = EpisodeAge.days(from: episode.lastUsedAt, to: now)
    // What was said is looked at only where that could make a difference.
    let soonest = [rules.decay.firstDay, rules.archiveDays, rules.retentionDays].filter { $0 > 0 }
    guard episode.turnCount > 0, days >= Double(soonest.min() ?? 1) else { return days }
    var (latest, cursor) = (episode.lastUsedAt, RecordCursor?.none)
    while true {
      let page = try await memories.list(
        where: .turns(of: episode.id, nil), orderedBy: .asSaid, after: cursor,
        limit: Self.pageSize)
      guard let last = page.last else { break }
      latest = max(latest, page.compactMap(\.lastAccessedAt).max() ?? latest)
      cursor = RecordCursor(after: last, in: .asSaid)
    }
    return EpisodeAge.days(from: latest, to: now)
  }
}
