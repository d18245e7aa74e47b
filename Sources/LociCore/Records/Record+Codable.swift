import Foundation

extension Record: Codable {
  private enum Key: String, CodingKey {
    case id, namespace, collection, text, category, metadata, author
    case authorName = "author_name"
    case audience, source, whole, position
    case occurredAt = "occurred_at"
    case validFrom = "valid_from"
    case validUntil = "valid_until"
    case knownFrom = "known_from"
    case knownUntil = "known_until"
    case status, importance, confidence
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case lastAccessedAt = "last_accessed_at"
    case accessCount = "access_count"
  }

  /// Decodes a record; what may be left out is what its initialiser takes by default.
  ///
  /// - Throws: `DecodingError`, also for a field outside its range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func field<Value: Decodable>(_ key: Key, else standard: Value) throws -> Value {
      try container.decodeIfPresent(Value.self, forKey: key) ?? standard
    }
    func field<Value: Decodable>(_ key: Key) throws -> Value? {
      try container.decodeIfPresent(Value.self, forKey: key)
    }
    let id = try container.decode(RecordID.self, forKey: .id)
    let namespace = try container.decode(Namespace.self, forKey: .namespace)
    let text = try container.decode(String.self, forKey: .text)
    let createdAt = try container.decode(Date.self, forKey: .createdAt)
    let collection = try field(.collection, else: Collection.memories)
    let metadata = try field(.metadata, else: Metadata())
    let audience = try field(.audience, else: Audience.everyone)
    let status = try field(.status, else: Status.active)
    let (importance, confidence) = (
      try field(.importance, else: 3), try field(.confidence, else: 1.0)
    )
    let accessCount = try field(.accessCount, else: 0)
    let category: Category? = try field(.category)
    let (author, authorName): (String?, String?) = (try field(.author), try field(.authorName))
    let source: Source? = try field(.source)
    let (whole, position): (RecordID?, Int?) = (try field(.whole), try field(.position))
    let occurredAt: Date? = try field(.occurredAt)
    let (validFrom, validUntil): (Date?, Date?) = (try field(.validFrom), try field(.validUntil))
    let (knownFrom, knownUntil): (Date?, Date?) = (try field(.knownFrom), try field(.knownUntil))
    let (updatedAt, lastAccessedAt): (Date?, Date?) = (
      try field(.updatedAt), try field(.lastAccessedAt)
    )
    self = try decoder.checked { () throws(LociError) in
      try Record(
        id: id, namespace: namespace, collection: collection, text: text, category: category,
        metadata: metadata, author: author, authorName: authorName, audience: audience,
        source: source, whole: whole, position: position, occurredAt: occurredAt,
        validFrom: validFrom, validUntil: validUntil, knownFrom: knownFrom, knownUntil: knownUntil,
        status: status, importance: importance, confidence: confidence, createdAt: createdAt,
        updatedAt: updatedAt, lastAccessedAt: lastAccessedAt, accessCount: accessCount)
    }
  }

  /// Encodes every field that has a value. Names are those of `loci list --json`; how times are
  /// written is the encoder's choice.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(namespace, forKey: .namespace)
    try container.encode(collection, forKey: .collection)
    try container.encode(text, forKey: .text)
    try container.encodeIfPresent(category, forKey: .category)
    try container.encode(metadata, forKey: .metadata)
    try container.encodeIfPresent(author, forKey: .author)
    try container.encodeIfPresent(authorName, forKey: .authorName)
    try container.encode(audience, forKey: .audience)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encodeIfPresent(whole, forKey: .whole)
    try container.encodeIfPresent(position, forKey: .position)
    try container.encodeIfPresent(occurredAt, forKey: .occurredAt)
    try container.encodeIfPresent(validFrom, forKey: .validFrom)
    try container.encodeIfPresent(validUntil, forKey: .validUntil)
    try container.encodeIfPresent(knownFrom, forKey: .knownFrom)
    try container.encodeIfPresent(knownUntil, forKey: .knownUntil)
    try container.encode(status, forKey: .status)
    try container.encode(importance, forKey: .importance)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(updatedAt, forKey: .updatedAt)
    try container.encodeIfPresent(lastAccessedAt, forKey: .lastAccessedAt)
    try container.encode(accessCount, forKey: .accessCount)
  }
}

extension Record.Source: Codable {
  private enum Key: String, CodingKey { case uri, heading, lines }

  /// Decodes a source; throws `DecodingError` for lines that are none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      uri: try container.decode(String.self, forKey: .uri),
      heading: try container.decodeIfPresent(String.self, forKey: .heading))
    guard let bounds = try container.decodeIfPresent([Int].self, forKey: .lines) else { return }
    guard bounds.count == 2, bounds[0] >= 1, bounds[0] <= bounds[1] else {
      throw DecodingError.dataCorruptedError(
        forKey: .lines, in: container, debugDescription: "Lines are a first and a last one.")
    }
    lines = bounds[0]...bounds[1]
  }

  /// Encodes the source; lines as the first and the last.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(uri, forKey: .uri)
    try container.encodeIfPresent(heading, forKey: .heading)
    try container.encodeIfPresent(lines.map { [$0.lowerBound, $0.upperBound] }, forKey: .lines)
  }
}
