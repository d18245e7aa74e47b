public import LociMemory

/// What counts as a duplicate, and what becomes of it.
public struct DuplicateRule: Hashable, Sendable {
  /// What is done with a text that is a duplicate of a record.
  public enum Resolution: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing is stored; the record stays as it is.
    case skip
    /// Nothing is stored; the record takes the higher importance and confidence, and what the new
    /// metadata say beside its own.
    case merge
    /// It is stored all the same; the answer names the record.
    case store
  }

  /// What is done with a duplicate.
  public var resolution: Resolution
  /// The nearest record is a duplicate where it is more similar than this; 0.85 by default.
  public var threshold: Similarity

  /// Makes a rule.
  ///
  /// ```swift
  /// let strict = DuplicateRule(.merge, above: Similarity(0.95))
  /// ```
  public init(_ resolution: Resolution = .skip, above threshold: Similarity = Similarity(0.85)) {
    self.resolution = resolution
    self.threshold = threshold
  }
}

/// A record that says the same as a text.
public struct Duplicate: Hashable, Sendable {
  /// The record.
  public let record: Record
  /// The cosine of the text's and the record's vectors; nil where the model can't read the text, so
  /// that the same words were looked for.
  public let similarity: Similarity?
}

/// What became of a text that was remembered unless it was a duplicate.
public struct RememberedOnce: Sendable {
  /// What was done.
  public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    /// The text was stored.
    case stored
    /// Nothing was stored, and nothing changed.
    case skipped
    /// Nothing was stored; the record that says the same took up what was new.
    case merged
  }

  /// What was done.
  public let action: Action
  /// The new record; or the one that says the same, as it is now.
  public let remembered: Remembered
  /// The record that says the same, as it was found; nil where there was none.
  public let duplicate: Duplicate?

  /// The new record, or the one that says the same.
  public var record: Record { remembered.record }
}
