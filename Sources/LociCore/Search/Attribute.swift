import Foundation

/// What filters can see of a record beside its namespace and metadata: one name and one kind of
/// value in every store.
package enum Attribute: String, Hashable, Sendable, CaseIterable {
  case collection
  case status
  case category
  case createdAt = "created_at"
  case sourceURI = "source_uri"

  /// What a value is in every store.
  package enum Kind: Hashable, Sendable {
    case text
    /// A whole number, or a time in milliseconds since 1970, UTC.
    case integer
  }

  /// What its values are.
  package var kind: Kind {
    switch self {
    case .collection, .status, .category, .sourceURI: .text
    case .createdAt: .integer
    }
  }
}

/// A value of an attribute as stores hold it.
package enum AttributeValue: Hashable, Sendable {
  case text(String)
  case integer(Int64)
}

extension VectorAttributes {
  /// The value of an attribute; nil where there is none.
  package subscript(attribute: Attribute) -> AttributeValue? {
    switch attribute {
    case .collection: .text(collection.name)
    case .status: .text(status.rawValue)
    case .category: category.map { .text($0.name) }
    case .createdAt: .integer(createdAt.millisecondsSince1970)
    case .sourceURI: sourceURI.map { .text($0) }
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
    guard let status = Record.Status(rawValue: try stored.text(.status)) else {
      throw LociError(.corrupt, "A status is none that Loci knows.")
    }
    self.init(
      namespace: namespace, collection: try Record.Collection(stored.text(.collection)),
      status: status, category: try stored.optional(.category, Record.Category.init),
      createdAt: Date(millisecondsSince1970: try stored.integer(.createdAt)),
      sourceURI: stored.optionalText(.sourceURI), metadata: metadata)
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
