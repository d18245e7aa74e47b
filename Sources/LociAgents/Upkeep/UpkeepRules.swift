public import Foundation
public import LociCore
import LociMemory

/// A part of upkeep, in the order in which they are done.
public enum UpkeepStep: String, Hashable, Sendable, Codable, CaseIterable {
  /// Reads all of the store, to see whether it is whole. A damaged one is not backed up, since the
  /// backups that are there may be better.
  case examination
  /// Erases episodes that were not used for long, and what was said in them.
  case retention
  /// Puts away episodes that were not used for some time: they are kept and not recalled.
  case archive
  /// Notes what is left of episodes that are not used, as `decay` in their metadata.
  case decay
  /// Unites episodes that say the same.
  case consolidation
  /// Embeds what lacks a fresh vector.
  case embedding
  /// Brings up to date what the store's engine knows of its contents, so that it searches well.
  case optimization
  /// Gives back the room that deleted records took; others wait to write meanwhile.
  case compaction
  /// Writes a backup.
  case backup
}

/// What upkeep does, and after which time.
public struct UpkeepRules: Hashable, Sendable {
  /// What is done.
  public var steps: Set<UpkeepStep>
  /// Episodes that were not used for so many days are erased; 0 keeps them for ever. Nothing but
  /// episodes is ever erased.
  public var retentionDays: Int
  /// Episodes that were not used for so many days are archived; 0 never does.
  public var archiveDays: Int
  /// How what an episode counts falls.
  public var decay: EpisodeDecay
  /// Episodes at least as similar as this are united where their words allow it; nil: none are.
  public var consolidationSimilarity: Similarity?
  /// Where backups go; nil writes none.
  public var backupFolder: URL?
  /// How many backups are kept.
  public var backupsKept: Int

  /// Makes rules.
  ///
  /// ```swift
  /// var rules = UpkeepRules()
  /// rules.retentionDays = 0
  /// rules.steps.remove(.compaction)
  /// ```
  public init(
    steps: Set<UpkeepStep> = Set(UpkeepStep.allCases), retentionDays: Int = 365,
    archiveDays: Int = 180, decay: EpisodeDecay = EpisodeDecay(),
    consolidationSimilarity: Similarity? = Similarity(0.85), backupFolder: URL? = nil,
    backupsKept: Int = Memory.backupsKept
  ) {
    self.steps = steps
    self.retentionDays = retentionDays
    self.archiveDays = archiveDays
    self.decay = decay
    self.consolidationSimilarity = consolidationSimilarity
    self.backupFolder = backupFolder
    self.backupsKept = backupsKept
  }
}
