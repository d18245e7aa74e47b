import Foundation

/// What an import does with a record that is here already, and differs.
public enum ConflictRule: String, Hashable, Sendable, CaseIterable {
  /// What is here stays.
  case skip
  /// What comes takes its place, with its earlier texts.
  case replace
  /// What was changed later stays or comes; where both were changed at once, what is here stays.
  case newer

  /// Whether what comes takes the place of what is here and differs.
  func replaces(_ old: Date, by new: Date) -> Bool {
    switch self {
    case .skip: false
    case .replace: true
    case .newer: new > old
    }
  }
}

/// What an import did, or has done so far.
public struct ImportReport: Hashable, Sendable {
  /// The lines that were read.
  public internal(set) var lineCount = 0
  /// Records that were not here.
  public internal(set) var addedCount = 0
  /// Records that were here as they came.
  public internal(set) var unchangedCount = 0
  /// Records that differed, and are now as they came.
  public internal(set) var replacedCount = 0
  /// Records that differed, and stayed as they were.
  public internal(set) var keptCount = 0
  /// Values by key that were not here, or took the place of others.
  public internal(set) var keyValueCount = 0
  /// Lines of the audit log that were not here.
  public internal(set) var auditCount = 0
  /// Of these, the lines that have another number here, because theirs was taken.
  public internal(set) var renumberedCount = 0
  /// Vectors that were stored.
  public internal(set) var vectorCount = 0
  /// Vectors that were left out, because their records have other texts here.
  public internal(set) var leftOutVectorCount = 0

  package init() {}
}
