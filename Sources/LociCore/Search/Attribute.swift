package import Foundation

/// What filters and lists can see of a record beside its namespace and metadata: one name and one
/// kind of value in every store.
public enum Attribute: String, Hashable, Sendable, Codable, CaseIterable {
  /// The name of ``Record/collection``.
  case collection
  /// The name of ``Record/status``.
  case status
  /// The name of ``Record/category``.
  case category
  /// ``Record/createdAt``.
  case createdAt = "created_at"
  /// The address of ``Record/source``.
  case sourceURI = "source_uri"
  /// The name of ``Record/audience``.
  case audience
  /// ``Record/author``.
  case author
  /// The id of ``Record/whole``.
  case whole
  /// ``Record/position``.
  case position
  /// ``Record/occurredAt``.
  case occurredAt = "occurred_at"
  /// ``Record/validFrom``.
  case validFrom = "valid_from"
  /// ``Record/validUntil``.
  case validUntil = "valid_until"
  /// ``Record/knownFrom``.
  case knownFrom = "known_from"
  /// ``Record/knownUntil``.
  case knownUntil = "known_until"
  /// ``Record/importance``.
  case importance
  /// ``Record/confidence``.
  case confidence

  /// What a value is in every store.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case text
    /// A whole number, or a time in milliseconds since 1970, UTC.
    case integer
    case real
  }

  /// What its values are.
  package var kind: Kind {
    switch self {
    case .collection, .status, .category, .sourceURI, .audience, .author, .whole: .text
    case .createdAt, .position, .occurredAt, .validFrom, .validUntil, .knownFrom, .knownUntil,
      .importance:
      .integer
    case .confidence: .real
    }
  }

  /// Whether every record has a value.
  package var isRequired: Bool {
    [.collection, .status, .createdAt].contains(self) || former != nil
  }

  /// What every record had before there was the attribute; nil where that was nothing, and where
  /// there was no time before it.
  package var former: AttributeValue? {
    switch self {
    case .audience: .text(Record.Audience.everyone.rawValue)
    case .importance: .integer(3)
    case .confidence: .real(1)
    default: nil
    }
  }
}

/// A value of an attribute as stores hold it.
package enum AttributeValue: Hashable, Sendable, Codable {
  case text(String)
  case integer(Int64)
  case real(Double)

  package init?(_ time: Date?) {
    guard let time else { return nil }
    self = .integer(time.millisecondsSince1970)
  }

  /// What it is.
  package var kind: Attribute.Kind {
    switch self {
    case .text: .text
    case .integer: .integer
    case .real: .real
    }
  }
}

extension VectorAttributes {
  /// The value of an attribute; nil where there is none.
  package subscript(attribute: Attribute) -> AttributeValue? {
    switch attribute {
    case .collection: .text(collection.name)
    case .status: .text(status.rawValue)
    case .category: category.map { .text($0.name) }
    case .createdAt: AttributeValue(createdAt)
    case .sourceURI: sourceURI.map { .text($0) }
    case .audience: .text(audience.rawValue)
    case .author: author.map { .text($0) }
    case .whole: whole.map { .text($0.text) }
    case .position: position.map { .integer(Int64($0)) }
    case .occurredAt: AttributeValue(occurredAt)
    case .validFrom: AttributeValue(validFrom)
    case .validUntil: AttributeValue(validUntil)
    case .knownFrom: AttributeValue(knownFrom)
    case .knownUntil: AttributeValue(knownUntil)
    case .importance: .integer(Int64(importance))
    case .confidence: .real(confidence)
    }
  }

  /// Puts together what a store holds.
  ///
  /// - Parameter value: The value of an attribute; nil where there is none.
  /// - Throws: ``LociError/Code/corrupt`` or ``LociError/Code/invalidArgument`` for what no
  ///   attribute can be.
  package init(
    namespace: Namespace, metadata: Metadata, _ value: @escaping (Attribute) -> AttributeValue?
  ) throws(LociError) {
    let stored = StoredAttributes(value: value)
    guard let status = Record.Status(rawValue: try stored.text(.status)),
      let audience = Record.Audience(rawValue: try stored.text(.audience))
    else {
      throw LociError(.corrupt, "A status or an audience is none that Loci knows.")
    }
    guard let importance = Int(exactly: try stored.integer(.importance)) else {
      throw LociError(.corrupt, "An importance is no number that Loci knows.")
    }
    self.init(
      namespace: namespace, collection: try Record.Collection(stored.text(.collection)),
      status: status, category: try stored.optional(.category, Record.Category.init),
      createdAt: Date(millisecondsSince1970: try stored.integer(.createdAt)),
      sourceURI: stored.optionalText(.sourceURI), audience: audience,
      author: stored.optionalText(.author), whole: try stored.optional(.whole, RecordID.init),
      position: stored.optionalInteger(.position).flatMap { Int(exactly: $0) },
      occurredAt: stored.time(.occurredAt), validFrom: stored.time(.validFrom),
      validUntil: stored.time(.validUntil), knownFrom: stored.time(.knownFrom),
      knownUntil: stored.time(.knownUntil), importance: importance,
      confidence: try stored.real(.confidence), metadata: metadata)
  }
}

/// Reads attributes from a store, kind by kind.
private struct StoredAttributes {
  let value: (Attribute) -> AttributeValue?

  func optionalText(_ attribute: Attribute) -> String? {
    if case .text(let text) = value(attribute) { text } else { nil }
  }

  func optionalInteger(_ attribute: Attribute) -> Int64? {
    if case .integer(let number) = value(attribute) { number } else { nil }
  }

  func time(_ attribute: Attribute) -> Date? {
    optionalInteger(attribute).map(Date.init(millisecondsSince1970:))
  }

  func real(_ attribute: Attribute) throws(LociError) -> Double {
    guard case .real(let number) = value(attribute) else { return try required(nil, attribute) }
    return number
  }

  func text(_ attribute: Attribute) throws(LociError) -> String {
    try required(optionalText(attribute), attribute)
  }

  func integer(_ attribute: Attribute) throws(LociError) -> Int64 {
    try required(optionalInteger(attribute), attribute)
  }

  func optional<Value>(
    _ attribute: Attribute, _ make: (String) throws(LociError) -> Value
  ) throws(LociError) -> Value? {
    guard let text = optionalText(attribute) else { return nil }
    return try make(text)
  }

  private func required<Value>(
    _ value: Value?, _ attribute: Attribute
  ) throws(LociError) -> Value {
    guard let value else {
      throw LociError(.corrupt, "The store has no \(attribute.rawValue) where there must be one.")
    }
    return value
  }
}
