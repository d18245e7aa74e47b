public import Foundation
public import LociCore

/// Something to remember.
public struct NewMemory: Hashable, Sendable {
  /// The text; not blank.
  public var text: String
  /// The record's id; nil makes a new one. An id that exists is replaced.
  public var id: RecordID?
  /// The typed set that it goes to.
  public var collection: Record.Collection
  /// What kind of statement it is.
  public var category: Record.Category?
  /// How much it matters, 1…5.
  public var importance: Int
  /// How sure it is, 0…1.
  public var confidence: Double
  /// What the app says about it; filters can test it.
  public var metadata: Metadata
  /// Who said it.
  public var author: String?
  /// What people call the author.
  public var authorName: String?
  /// Whom it is for.
  public var audience = Record.Audience.everyone
  /// Where it came from.
  public var source: Record.Source?
  /// The whole that it is a part of, such as an episode.
  public var whole: RecordID?
  /// Its place among the parts of its whole.
  public var position: Int?
  /// When that happened which it tells of.
  public var occurredAt: Date?
  /// Since when it has been so; nil means always.
  public var validFrom: Date?
  /// From when on it is not so any more; nil means never.
  public var validUntil: Date?
  /// When it counts as first stored, where history is brought in; nil means now.
  public var createdAt: Date?

  /// Makes something to remember.
  ///
  /// ```swift
  /// let memory = NewMemory("Alice prefers tea", category: .preference, author: "alice")
  /// try await ada.remember(memory)
  /// ```
  public init(
    _ text: String, id: RecordID? = nil, collection: Record.Collection = .memories,
    category: Record.Category? = nil, importance: Int = 3, confidence: Double = 1,
    metadata: Metadata = [:], author: String? = nil, source: Record.Source? = nil
  ) {
    self.text = text
    self.id = id
    self.collection = collection
    self.category = category
    self.importance = importance
    self.confidence = confidence
    self.metadata = metadata
    self.author = author
    self.source = source
  }

  func record(in namespace: Namespace, _ surroundings: Surroundings) throws(LociError) -> Record {
    let now = surroundings.now()
    return try Record(
      id: id ?? surroundings.newID(now), namespace: namespace, collection: collection, text: text,
      category: category, metadata: metadata, author: author, authorName: authorName,
      audience: audience, source: source, whole: whole, position: position, occurredAt: occurredAt,
      validFrom: validFrom, validUntil: validUntil, importance: importance,
      confidence: confidence, createdAt: createdAt ?? now, updatedAt: now)
  }
}
