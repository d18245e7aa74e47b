public import Foundation

/// What a vector store knows of a record so that it can filter inside the search.
public struct VectorAttributes: Hashable, Sendable {
  /// The isolation unit.
  public var namespace: Namespace
  /// The typed set.
  public var collection: Record.Collection
  /// Where the record is in its life.
  public var status: Record.Status
  /// What kind of statement it is.
  public var category: Record.Category?
  /// When it was first stored, in whole milliseconds.
  public var createdAt: Date
  /// Where it came from.
  public var sourceURI: String?
  /// Whom it is for.
  public var audience: Record.Audience
  /// Who said it.
  public var author: String?
  /// The whole that it is a part of.
  public var whole: RecordID?
  /// Its place in its whole.
  public var position: Int?
  /// When that happened which it tells of, in whole milliseconds.
  public var occurredAt: Date?
  /// Since when it has been so, in whole milliseconds.
  public var validFrom: Date?
  /// From when on it is not so any more, in whole milliseconds.
  public var validUntil: Date?
  /// Since when it has been known, in whole milliseconds.
  public var knownFrom: Date?
  /// From when on it is not taken for known any more, in whole milliseconds.
  public var knownUntil: Date?
  /// How much it matters, 1…5.
  public var importance: Int
  /// How sure it is, 0…1.
  public var confidence: Double
  /// What the app says about it.
  public var metadata: Metadata

  /// Makes attributes.
  public init(
    namespace: Namespace, collection: Record.Collection = .memories,
    status: Record.Status = .active, category: Record.Category? = nil, createdAt: Date,
    sourceURI: String? = nil, audience: Record.Audience = .everyone, author: String? = nil,
    whole: RecordID? = nil, position: Int? = nil, occurredAt: Date? = nil,
    validFrom: Date? = nil, validUntil: Date? = nil, knownFrom: Date? = nil,
    knownUntil: Date? = nil, importance: Int = 3, confidence: Double = 1,
    metadata: Metadata = [:]
  ) {
    self.namespace = namespace
    self.collection = collection
    self.status = status
    self.category = category
    self.createdAt = createdAt.wholeMilliseconds
    self.sourceURI = sourceURI
    self.audience = audience
    self.author = author
    self.whole = whole
    self.position = position
    self.occurredAt = occurredAt?.wholeMilliseconds
    self.validFrom = validFrom?.wholeMilliseconds
    self.validUntil = validUntil?.wholeMilliseconds
    self.knownFrom = knownFrom?.wholeMilliseconds
    self.knownUntil = knownUntil?.wholeMilliseconds
    self.importance = importance
    self.confidence = confidence
    self.metadata = metadata
  }

  /// The attributes of a record.
  public init(of record: Record) {
    self.init(
      namespace: record.namespace, collection: record.collection, status: record.status,
      category: record.category, createdAt: record.createdAt, sourceURI: record.source?.uri,
      audience: record.audience, author: record.author, whole: record.whole,
      position: record.position, occurredAt: record.occurredAt, validFrom: record.validFrom,
      validUntil: record.validUntil, knownFrom: record.knownFrom, knownUntil: record.knownUntil,
      importance: record.importance, confidence: record.confidence, metadata: record.metadata)
  }
}

/// A vector of a record, or of a part of a long one, in one space, with the hash of the text that
/// it was made from.
public struct VectorEntry: Hashable, Sendable {
  /// The record, by its id in its namespace.
  public let id: RecordID
  /// Which part of the record it is, from 0.
  public let part: Int
  /// The hash of the record's text; the vector is stale where the record's is another one by now.
  public let contentHash: ContentHash
  /// The vector; its dimension is its space's.
  public let vector: UnitVector
  /// When the vector was made, in whole milliseconds; nil where that was not noted.
  public package(set) var embeddedAt: Date?
  /// What filters can see.
  public var attributes: VectorAttributes

  /// Makes an entry.
  public init(
    id: RecordID, part: Int = 0, contentHash: ContentHash, vector: UnitVector,
    embeddedAt: Date? = nil, attributes: VectorAttributes
  ) {
    self.id = id
    self.part = part
    self.contentHash = contentHash
    self.vector = vector
    self.embeddedAt = embeddedAt?.wholeMilliseconds
    self.attributes = attributes
  }

  /// The entry of a record whose text as it is, or a part of it, was embedded.
  public init(of record: Record, part: Int = 0, vector: UnitVector, embeddedAt: Date? = nil) {
    self.init(
      id: record.id, part: part, contentHash: record.contentHash, vector: vector,
      embeddedAt: embeddedAt, attributes: VectorAttributes(of: record))
  }

  /// The same vector with the attributes of its record as it is now, whose text it was made from.
  package func following(_ record: Record) -> VectorEntry {
    VectorEntry(of: record, part: part, vector: vector, embeddedAt: embeddedAt)
  }
}
