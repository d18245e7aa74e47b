public import Foundation

extension MemoryNamespace {
  /// Takes in a folder, and from then on whatever changes in it, until the task is cancelled.
  ///
  /// Files are read once nothing has changed for a moment. New folders are followed, what is
  /// deleted is removed as ``ingest(_:options:progress:)`` does, what is moved keeps its records.
  /// Where the folder itself vanishes nothing is removed, and it is followed again when it is back.
  /// The system tells of changes (inotify); where it can't, the folder is looked through every so
  /// often.
  ///
  /// ```swift
  /// try await notes.follow(folder) { event in
  ///   if case .ingested(let report) = event { print(report.addedCount, "chunks are new") }
  /// }
  /// ```
  /// - Parameters:
  ///   - folder: The folder.
  ///   - options: How to cut and read.
  ///   - following: How long to wait for what.
  ///   - progress: Called after each file and each window of embedded chunks.
  ///   - tell: Called after each round that changed something, the first in any case. What it
  ///     throws ends the work.
  /// - Throws: `CancellationError` where the task is cancelled; what the first ingestion throws; a
  ///   later error that does not pass by itself, such as a store that moved.
  public func follow(
    _ folder: URL, options: IngestOptions = IngestOptions(),
    following: FollowOptions = FollowOptions(),
    progress: @escaping @Sendable (IngestReport) -> Void = { _ in },
    tell: @escaping @Sendable (FollowEvent) throws -> Void
  ) async throws {
    var follower = FolderFollower(
      self, folder, options, following, progress: progress, tell: tell)
    try await follower.run()
  }
}
