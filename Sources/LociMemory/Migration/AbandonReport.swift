public import Foundation

/// What giving up the other side left.
public struct AbandonReport: Hashable, Sendable {
  /// Where records or vectors were, and are not looked for any more.
  public let abandoned: [String]
  /// The records that are here.
  public let recordCount: Int
  /// The last change that is here; what came after it, elsewhere, is not.
  public let lastChange: Date?
  /// Settings that name an abandoned place still, with where they are set.
  public let conflictingSettings: [String]

  package init(
    abandoned: [String], recordCount: Int, lastChange: Date?, conflictingSettings: [String]
  ) {
    (self.abandoned, self.recordCount) = (abandoned, recordCount)
    (self.lastChange, self.conflictingSettings) = (lastChange, conflictingSettings)
  }
}
