import Foundation
import LociCore
import LociIngest

/// Takes in a folder, then whatever changes in it.
///
/// That something changed is told by the system, or else it is looked after; what it was is always
/// found by walking the folder and comparing what the files are. So bursts, a queue that ran over
/// and changes while it was busy all end with the folder as it is.
struct FolderFollower {
  private let namespace: MemoryNamespace
  private let walk: FolderWalk
  private let options: IngestOptions
  private let following: FollowOptions
  private let progress: @Sendable (IngestReport) -> Void
  private let tell: @Sendable (FollowEvent) throws -> Void

  private let watch: FolderWatch?
  /// Whether the system tells of every folder.
  private var isTold = false
  /// Whether there has been a first round.
  private var isStarted = false
  /// The files of the last round, with what they were; nil for one that has to be read again.
  private var known: [ExactText: OpenedFile.Stamp?] = [:]
  private var lastKept: [String] = []
  private var lastFailure: String?
  private var failureCount = 0
  /// Whether a file could not be read because it changed meanwhile.
  private var hasUnread = false

  /// How often it is asked whether something changed.
  private static let askEvery = Duration.milliseconds(100)
  /// After so long the folder is looked through although nothing was told.
  private static let walkEvery = Duration.seconds(300)
  /// A file that changed so shortly ago may change once more and look the same: clocks of file
  /// systems are coarse.
  private static let settledNanoseconds: Int64 = 2_000_000_000
  /// What may be over when it is tried again.
  private static let passing: Set<LociError.Code> = [
    .notFound, .invalidArgument, .io, .busy, .conflict, .timedOut, .overloaded, .diskFull,
  ]

  init(
    _ namespace: MemoryNamespace, _ url: URL, _ options: IngestOptions, _ following: FollowOptions,
    progress: @escaping @Sendable (IngestReport) -> Void,
    tell: @escaping @Sendable (FollowEvent) throws -> Void
  ) {
    (self.namespace, self.options, self.following) = (namespace, options, following)
    (self.progress, self.tell) = (progress, tell)
    walk = FolderWalk(url, selection: options.selection)
    watch = following.polls ? nil : FolderWatch()
  }

  private var surroundings: Surroundings { namespace.memory.surroundings }

  /// Works until it is cancelled; an error of the first round, and one that does not pass, ends it.
  mutating func run() async throws {
    while true {
      try Task.checkCancellation()
      do {
        try await round()
        (isStarted, failureCount, lastFailure) = (true, 0, nil)
      } catch let error as LociError where isStarted && Self.passing.contains(error.code) {
        failureCount += 1
        if error.message != lastFailure { try tell(.failed(error)) }
        lastFailure = error.message
      }
      try await waitForChange()
    }
  }

  // MARK: A round

  private mutating func round() async throws {
    var findings = try look()
    // Some editors move a file away before they write it anew.
    if isMissingAny(in: findings) {
      try await surroundings.sleep(following.quiet)
      findings = try look()
    }
    let changed = findings.files.filter { file in
      guard let stamp = known[ExactText(file.uri)] else { return true }
      return stamp != file.stamp
    }
    guard !isStarted || !changed.isEmpty || isMissingAny(in: findings) else { return }
    var ingestion = try await Ingestion(into: namespace, options, progress: progress)
    let report = try await ingestion.run(findings, only: isStarted ? changed : nil)
    remember(findings, but: report.skipped)
    let isNews = !isStarted || report.isNews || report.keptSources != lastKept
    lastKept = report.keptSources
    if isNews { try tell(.ingested(report)) }
  }

  /// Walks the folder, once more where folders were found that were not followed while it walked.
  private mutating func look() throws -> FolderWalk.Findings {
    var findings = try walk.findings()
    guard let watch else { return findings }
    for _ in 0..<10 {
      let (isWhole, hasNew) = watch.follow(findings)
      isTold = isWhole
      guard hasNew else { break }
      findings = try walk.findings()
    }
    return findings
  }

  private func isMissingAny(in findings: FolderWalk.Findings) -> Bool {
    let names = Set(findings.files.map { ExactText($0.uri) })
    return known.keys.contains { !names.contains($0) }
  }

  private mutating func remember(
    _ findings: FolderWalk.Findings, but skipped: [FolderWalk.Skipped]
  ) {
    let now = surroundings.now().millisecondsSince1970 * 1_000_000
    let again = Set(
      skipped.filter { [.conflict, .io, .notFound].contains($0.reason.code) }
        .map { ExactText($0.path) })
    known = [:]
    for file in findings.files {
      let name = ExactText(file.uri)
      let isSettled = now - file.stamp.changedNanoseconds > Self.settledNanoseconds
      known[name] = .some(isSettled && !again.contains(name) ? file.stamp : nil)
    }
    hasUnread = !again.isEmpty
  }

  // MARK: Waiting

  private func waitForChange() async throws {
    guard let watch, isTold, !hasUnread, failureCount == 0 else {
      let factor = 1 << min(max(failureCount - 1, 0), 5)
      return try await surroundings.sleep(following.interval * factor)
    }
    let start = surroundings.uptime()
    while !watch.hasChanged() {
      guard surroundings.uptime() - start < Self.walkEvery else { return }
      try await surroundings.sleep(Self.askEvery)
    }
    let burst = surroundings.uptime()
    repeat {
      try await surroundings.sleep(following.quiet)
    } while watch.hasChanged() && surroundings.uptime() - burst < following.longestBurst
  }
}

extension IngestReport {
  /// Whether anything was done, or could not be.
  fileprivate var isNews: Bool {
    addedCount + movedCount + removedCount + pendingCount + removedSources.count
      + movedSources.count + skipped.count > 0
  }
}
