/// What an ingestion did, or has done so far.
public struct IngestReport: Sendable {
  /// The files that were found.
  public internal(set) var fileCount = 0
  /// The files that were read and cut.
  public internal(set) var readCount = 0
  /// The files that could not be read, and why; their earlier chunks stay.
  public internal(set) var skipped: [FolderWalk.Skipped] = []
  /// The sources that were ingested earlier and are gone; their chunks were removed.
  public internal(set) var removedSources: [String] = []
  /// Chunks whose text is new.
  public internal(set) var addedCount = 0
  /// Chunks whose text stayed, at another place or under another heading.
  public internal(set) var movedCount = 0
  /// Chunks that stayed as they were.
  public internal(set) var unchangedCount = 0
  /// Chunks whose text is gone.
  public internal(set) var removedCount = 0
  /// Chunks that were embedded.
  public internal(set) var embeddedCount = 0
  /// Chunks that could not be embedded; they are found by words, and a backfill makes up for it.
  public internal(set) var pendingCount = 0
  /// Chunks whose text the model can't read; they need no vector and are found by words.
  public internal(set) var unreadableCount = 0
  /// Chunks that are stored and wait to be embedded.
  public internal(set) var waitingCount = 0
}

/// How an ingestion cuts and reads.
public struct IngestOptions: Hashable, Sendable {
  /// The most tokens of a chunk; nil takes what the model reads, at most 512.
  public var chunkTokens: Int?
  /// The tokens that a chunk repeats where a long passage had to be cut; nil takes 50.
  public var overlapTokens: Int?
  /// The most bytes that a file may have.
  public var maximumFileBytes: Int

  /// Makes options.
  public init(
    chunkTokens: Int? = nil, overlapTokens: Int? = nil,
    maximumFileBytes: Int = TextFile.defaultMaximumBytes
  ) {
    self.chunkTokens = chunkTokens
    self.overlapTokens = overlapTokens
    self.maximumFileBytes = maximumFileBytes
  }
}
