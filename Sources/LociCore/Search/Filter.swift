public import Foundation

/// Which records a search, a listing or a count may see. It is applied inside the search, before
/// top-k.
public struct Filter: Hashable, Sendable {
  /// The namespace; there is no way to leave it out.
  public var namespace: Namespace
  /// The collections; nil means all.
  public var collections: Set<Record.Collection>?
  /// The statuses; nil means all.
  public var statuses: Set<Record.Status>?
  /// The categories; nil means all.
  public var categories: Set<Record.Category>?
  /// Records created at or after this time.
  public var createdFrom: Date?
  /// Records created before this time.
  public var createdBefore: Date?
  /// Records from this source.
  public var sourceURI: String?
  /// Conditions on metadata; all must hold.
  public var metadata: [MetadataCondition]

  /// Makes a filter; by default active records of every collection.
  public init(
    namespace: Namespace, collections: Set<Record.Collection>? = nil,
    statuses: Set<Record.Status>? = [.active], categories: Set<Record.Category>? = nil,
    createdFrom: Date? = nil, createdBefore: Date? = nil, sourceURI: String? = nil,
    metadata: [MetadataCondition] = []
  ) {
    self.namespace = namespace
    self.collections = collections
    self.statuses = statuses
    self.categories = categories
    self.createdFrom = createdFrom
    self.createdBefore = createdBefore
    self.sourceURI = sourceURI
    self.metadata = metadata
  }

  /// Whether a record with these attributes passes.
  public func matches(_ attributes: VectorAttributes) -> Bool {
    namespace == attributes.namespace
      && collections?.contains(attributes.collection) ?? true
      && statuses?.contains(attributes.status) ?? true
      && categories.map { wanted in attributes.category.map(wanted.contains) ?? false } ?? true
      && createdFrom.map { attributes.createdAt >= $0.wholeMilliseconds } ?? true
      && createdBefore.map { attributes.createdAt < $0.wholeMilliseconds } ?? true
      && sourceURI.map { uri in
        attributes.sourceURI.map { $0.utf8.elementsEqual(uri.utf8) } ?? false
      } ?? true
      && metadata.allSatisfy { $0.matches(attributes.metadata) }
  }
}

/// A test of one metadata key. A record without the key passes only ``Comparison/notEqual``.
public struct MetadataCondition: Hashable, Sendable {
  /// How the record's value is compared with the condition's. Strings compare by UTF-8 bytes,
  /// numbers by value, false before true; values of two kinds are never equal nor ordered.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    /// The same kind and value.
    case equal = "="
    /// Another kind or value, or no value.
    case notEqual = "!="
    /// Smaller.
    case less = "<"
    /// Smaller or the same.
    case lessOrEqual = "<="
    /// Larger.
    case greater = ">"
    /// Larger or the same.
    case greaterOrEqual = ">="
  }

  /// The metadata key.
  public var key: String
  /// How to compare.
  public var comparison: Comparison
  /// What to compare with.
  public var value: MetadataValue

  /// Makes a condition.
  public init(_ key: String, _ comparison: Comparison, _ value: MetadataValue) {
    self.key = key
    self.comparison = comparison
    self.value = value
  }

  /// Whether a record's metadata passes.
  public func matches(_ metadata: Metadata) -> Bool {
    let stored = metadata.value(ofExactly: key)
    switch comparison {
    case .equal: return stored == value
    case .notEqual: return stored != value
    case .less: return stored.map { $0.precedes(value) } ?? false
    case .greater: return stored.map { value.precedes($0) } ?? false
    case .lessOrEqual: return stored.map { $0 == value || $0.precedes(value) } ?? false
    case .greaterOrEqual: return stored.map { $0 == value || value.precedes($0) } ?? false
    }
  }
}

extension MetadataValue {
  fileprivate func precedes(_ other: MetadataValue) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)):
      left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.number(let left), .number(let right)): left < right
    case (.bool(let left), .bool(let right)): !left && right
    default: false
    }
  }
}
