public import Foundation
import LociCore
public import LociMemory

extension Memory {
  /// Keeps the memory in order: erases and puts away episodes that nobody uses, unites those that
  /// say the same, embeds what lacks a vector, tidies the store and writes a backup.
  ///
  /// It runs beside everything else, in small transactions, and beside itself: a second run is told
  /// that one is at it. A run that was cut off is gone on with for a day. Nothing that it reads
  /// counts as recalled. A step that fails is told in the report, and the others are done.
  ///
  /// ```swift
  /// var rules = UpkeepRules()
  /// rules.backupFolder = folder
  /// for step in try await memory.upkeep(rules, isDryRun: true).steps {
  ///   print(step.step, step.changedCount)
  /// }
  /// ```
  /// - Parameters:
  ///   - rules: What is done, and after which time.
  ///   - isDryRun: Only tells what would be done; nothing is changed.
  ///   - progress: Called before each step with what was done so far.
  /// - Throws: ``LociError/Code/busy`` where upkeep is running already, and then nothing was done;
  ///   what reading the store's notes throws.
  @discardableResult
  public func upkeep(
    _ rules: UpkeepRules = UpkeepRules(), isDryRun: Bool = false,
    progress: @escaping @Sendable (UpkeepStep) -> Void = { _ in }
  ) async throws -> UpkeepReport {
    let run = UpkeepRun(memory: self, rules: rules, isDryRun: isDryRun, progress: progress)
    guard !isDryRun else { return try await run.report(resuming: []) }
    let note = UpkeepNote(self)
    return try await note.lease.holding {
      let now = surroundings.now()
      let state = try await note.update {
        guard !$0.isResumable(at: now) else { return }
        ($0.beganAt, $0.done) = (now, [])
      }
      let report = try await run.report(resuming: Set(state.done))
      try await note.update {
        $0.lastRunAt = $0.beganAt
        ($0.beganAt, $0.done) = (nil, [])
      }
      return report
    }
  }

  /// Does upkeep in the background where the last run is over a day old, or one was cut off. It
  /// ends where the memory is closed, and goes on when it is opened again. Others never have to
  /// wait, so nothing is compacted; and what fails is left for the next time.
  ///
  /// ```swift
  /// memory.keepUp(UpkeepRules())
  /// await memory.close()
  /// ```
  public func keepUp(_ rules: UpkeepRules) {
    background.start {
      let state = try await UpkeepNote(self).read()
      let now = surroundings.now()
      guard state.isDue(at: now) || state.isResumable(at: now) else { return }
      var rules = rules
      rules.steps.remove(.compaction)
      try await upkeep(rules)
    }
  }

  /// When the last upkeep that came to its end had begun; nil where there was none.
  ///
  /// ```swift
  /// print(try await memory.lastUpkeep as Any)
  /// ```
  public var lastUpkeep: Date? {
    get async throws { try await UpkeepNote(self).read().lastRunAt }
  }
}

/// One run of upkeep, step by step.
struct UpkeepRun: Sendable {
  let memory: Memory
  let rules: UpkeepRules
  let isDryRun: Bool
  let progress: @Sendable (UpkeepStep) -> Void

  /// Who is named in the audit log.
  static let actor = "upkeep"

  /// Does the steps that no earlier run has done.
  func report(resuming done: Set<UpkeepStep>) async throws -> UpkeepReport {
    var report = UpkeepReport(isDryRun: isDryRun)
    report.isResumed = !done.isEmpty
    for step in UpkeepStep.allCases where rules.steps.contains(step) {
      try Task.checkCancellation()
      if done.contains(step) {
        var before = UpkeepReport.Step(step)
        before.outcome = .doneBefore
        report.steps.append(before)
        continue
      }
      if step == .backup, report.isDamaged {
        var left = UpkeepReport.Step(step)
        left.skip("The store is damaged, and the backups that are there may be better.")
        report.steps.append(left)
        continue
      }
      progress(step)
      let outcome = try await outcome(of: step)
      report.steps.append(outcome)
      if !isDryRun, outcome.outcome != .failed {
        try await UpkeepNote(memory).update { $0.done.append(step) }
      }
    }
    return report
  }

  private func outcome(of step: UpkeepStep) async throws -> UpkeepReport.Step {
    var report = UpkeepReport.Step(step)
    do {
      try await perform(step, &report)
    } catch let error as CancellationError {
      throw error
    } catch {
      try Task.checkCancellation()
      report.outcome = .failed
      report.failure = error as? LociError ?? LociError(.io, "\(error)")
    }
    return report
  }

  private func perform(_ step: UpkeepStep, _ report: inout UpkeepReport.Step) async throws {
    switch step {
    case .examination: try await examine(&report)
    case .retention: try await retain(&report)
    case .archive: try await archive(&report)
    case .decay: try await decay(&report)
    case .consolidation: try await consolidate(&report)
    case .embedding: try await embed(&report)
    case .optimization: if !isDryRun { try await memory.optimize() }
    case .compaction: if !isDryRun { try await memory.compact() }
    case .backup: try await backUp(&report)
    }
  }

  private func examine(_ report: inout UpkeepReport.Step) async throws {
    guard let problems = try await memory.storeProblems() else {
      return report.skip("The store is the app's own.")
    }
    guard let first = problems.first else { return }
    throw LociError(
      .corrupt,
      "The store is damaged in \(Count.of(problems.count, "place")); the first: \(first)",
      remedy: "`loci doctor` says more; `loci restore` takes a backup back.")
  }

  private func embed(_ report: inout UpkeepReport.Step) async throws {
    guard isDryRun else {
      // Upkeep fetches no model.
      _ = try await memory.installedEmbedder
      let backfill = try await memory.backfill()
      report.examinedCount = backfill.examined
      report.changedCount = backfill.embedded
      if let failure = backfill.lastFailure { throw failure }
      return
    }
    let status = try await memory.status()
    if let problem = status.modelProblem { throw problem }
    report.examinedCount = status.namespaces.reduce(0) { $0 + $1.totalCount }
    report.changedCount = status.namespaces.reduce(0) { $0 + ($1.pendingCount ?? 0) }
  }

  private func backUp(_ report: inout UpkeepReport.Step) async throws {
    guard let folder = rules.backupFolder else {
      return report.skip("No folder of backups is named.")
    }
    guard try await memory.canBeBackedUp else {
      return report.skip("The store is the app's own: export it.")
    }
    report.changedCount = 1
    if isDryRun { return }
    report.file = try await memory.backUp(to: folder, keeping: rules.backupsKept).file
  }
}

extension UpkeepReport.Step {
  mutating func skip(_ reason: String) {
    outcome = .skipped
    self.reason = reason
  }
}
