/// What an ingestion did, or has done so far.
public struct IngestReport: Sendable {
  /// The files that were found.
  public internal(set) var fileCount = 0
  /// The files that were read and cut.
  public internal(set) var readCount = 0
  /// The files that could not be read, and why; their earlier chunks stay.
  public internal(set) var skipped: [FolderWalk.Skipped] = []
  /// What was left out of a folder, and why; files of other endings are counted in
  /// ``otherEndings`` instead.
  public internal(set) var leftOut: [LeftOut] = []
  /// How many files have an ending that is not read, by ending in lower case; the empty one is for
  /// names that have none.
  public internal(set) var otherEndings: [String: Int] = [:]
  /// The sources that were ingested earlier and seem gone, but stay: so many vanished at once that
  /// a disk may just not be mounted. ``IngestOptions/removesVanished`` removes them.
  public internal(set) var keptSources: [String] = []
  /// The files that were found at another address than before; they keep their records, vectors
  /// and versions.
  public internal(set) var movedSources: [MovedSource] = []
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

  /// Whether everything that was meant to be done is: no file was skipped for an error, and no
  /// source that seems gone was kept.
  public var isComplete: Bool { skipped.isEmpty && keptSources.isEmpty }
}

/// A file that was moved or renamed since it was ingested.
public struct MovedSource: Hashable, Sendable {
  /// The address that it had.
  public let from: String
  /// Its address now.
  public let to: String
}

/// How an ingestion cuts and reads.
public struct IngestOptions: Hashable, Sendable {
  /// The most tokens of a chunk; nil takes what the model reads, at most 512.
  public var chunkTokens: Int?
  /// The tokens that a chunk repeats where a long passage had to be cut; nil takes 50.
  public var overlapTokens: Int?
  /// The most bytes that a file may have.
  public var maximumFileBytes: Int
  /// How much of what files said earlier is kept.
  public var keeping = FileLimits()
  /// What else is taken from a folder, and what is left out of it.
  public var selection: FileSelection
  /// Whether sources that vanished from a folder are removed however many they are. Else they are
  /// kept where the folder, or one in it, is empty and more than three were there, or where more
  /// than ten and more than half of all vanished.
  public var removesVanished: Bool
  /// Whether tags (`#tea`) and wiki links (`[[Tea]]`) of Markdown become metadata, `tags` and
  /// `links`, as Obsidian has them.
  public var readsWikiMarks = false

  /// Makes options.
  ///
  /// ```swift
  /// var options = IngestOptions(chunkTokens: 128)
  /// options.selection = try FileSelection(exclude: ["drafts/"])
  /// try await notes.ingest(folder, options: options)
  /// ```
  public init(
    chunkTokens: Int? = nil, overlapTokens: Int? = nil,
    maximumFileBytes: Int = TextFile.defaultMaximumBytes,
    selection: FileSelection = .standard, removesVanished: Bool = false
  ) {
    self.chunkTokens = chunkTokens
    self.overlapTokens = overlapTokens
    self.maximumFileBytes = maximumFileBytes
    self.selection = selection
    self.removesVanished = removesVanished
  }
}
