public import Foundation

/// Which records of a namespace a search, a listing or a count may see. It is applied inside the
/// search, before top-k.
public struct Filter: Hashable, Sendable, Codable {
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
  /// Whom the records are for: one of these; nil means all.
  public var audiences: Set<Record.Audience>?
  /// Who said them: one of these, byte by byte; nil means anybody.
  public var authors: [String]?
  /// Who reads, and so sees only what is for them; nil means that everything is seen.
  public var reader: Reader?
  /// The whole whose parts they are.
  public var whole: RecordID?
  /// Their places in their wholes; a record without one does not pass.
  public var positions: ClosedRange<Int>?
  /// How much they matter.
  public var importance: ClosedRange<Int>?
  /// How sure they are.
  public var confidence: ClosedRange<Double>?
  /// Conditions on times; all must hold.
  public var times: [TimeCondition]
  /// Records of what was so at this time: from ``Record/validFrom`` on and before
  /// ``Record/validUntil``.
  public var validAt: Date?
  /// Records that were known at this time: from ``Record/knownFrom`` on, or ``Record/createdAt``
  /// where that is nil, and before ``Record/knownUntil``.
  public var knownAt: Date?
  /// Conditions on metadata; all must hold.
  public var metadata: [MetadataCondition]

  /// Somebody who reads: they see what is for everyone, what they said themselves, and what is for
  /// those who trust its author where they do.
  public struct Reader: Hashable, Sendable, Codable {
    /// The author that the reader is.
    public var id: String
    /// The authors that the reader trusts.
    public var trusts: [String]

    /// Names a reader.
    ///
    /// ```swift
    /// var filter = Filter()
    /// filter.reader = Filter.Reader("bob", trusting: ["alice"])
    /// ```
    public init(_ id: String, trusting trusts: [String] = []) {
      self.id = id
      self.trusts = trusts
    }
  }

  /// Makes a filter; by default active records of every collection.
  ///
  /// ```swift
  /// var filter = Filter(categories: [.preference])
  /// filter.authors = ["alice"]
  /// filter.importance = 3...5
  /// let preferences = try await ada.list(where: filter)
  /// ```
  public init(
    collections: Set<Record.Collection>? = nil,
    statuses: Set<Record.Status>? = [.active], categories: Set<Record.Category>? = nil,
    createdFrom: Date? = nil, createdBefore: Date? = nil, sourceURI: String? = nil,
    metadata: [MetadataCondition] = []
  ) {
    self.collections = collections
    self.statuses = statuses
    self.categories = categories
    self.createdFrom = createdFrom
    self.createdBefore = createdBefore
    self.sourceURI = sourceURI
    times = []
    self.metadata = metadata
  }

  /// The filter that asks what was so at a time, as it was known then: times take the place of
  /// statuses. What was forgotten on request stays hidden.
  ///
  /// ```swift
  /// let then = Filter().asOf(lastMay)
  /// ```
  /// - Parameter known: When it was known, where that is another time.
  public func asOf(_ time: Date, known: Date? = nil) -> Filter {
    var filter = self
    filter.statuses = Set(Record.Status.allCases).subtracting([.forgotten])
    filter.validAt = time
    filter.knownAt = known ?? time
    return filter
  }

  /// Whether a record with these attributes passes, whatever its namespace is.
  public func matches(_ attributes: VectorAttributes) -> Bool {
    collections?.contains(attributes.collection) ?? true
      && statuses?.contains(attributes.status) ?? true
      && categories.map { wanted in attributes.category.map(wanted.contains) ?? false } ?? true
      && createdFrom.map { attributes.createdAt >= $0.wholeMilliseconds } ?? true
      && createdBefore.map { attributes.createdAt < $0.wholeMilliseconds } ?? true
      && sourceURI.map { attributes.sourceURI.hasBytes(of: $0) } ?? true
      && matchesPeople(attributes) && matchesNumbers(attributes) && matchesTimes(attributes)
      && metadata.allSatisfy { $0.matches(attributes.metadata) }
  }

  private func matchesPeople(_ attributes: VectorAttributes) -> Bool {
    func isAuthor(_ name: String) -> Bool { attributes.author.hasBytes(of: name) }
    return audiences?.contains(attributes.audience) ?? true
      && authors?.contains(where: isAuthor) ?? true
      && reader.map { reader in
        attributes.audience == .everyone || isAuthor(reader.id)
          || attributes.audience == .trusting && reader.trusts.contains(where: isAuthor)
      } ?? true
  }

  private func matchesNumbers(_ attributes: VectorAttributes) -> Bool {
    whole.map { attributes.whole == $0 } ?? true
      && positions.map { attributes.position.map($0.contains) ?? false } ?? true
      && importance?.contains(attributes.importance) ?? true
      && confidence?.contains(attributes.confidence) ?? true
  }

  private func matchesTimes(_ attributes: VectorAttributes) -> Bool {
    func holds(_ time: Date?, from: Date?, until: Date?) -> Bool {
      guard let time = time?.wholeMilliseconds else { return true }
      return from.map { $0 <= time } ?? true && until.map { time < $0 } ?? true
    }
    return times.allSatisfy { $0.matches(attributes) }
      && holds(validAt, from: attributes.validFrom, until: attributes.validUntil)
      && holds(
        knownAt, from: attributes.knownFrom ?? attributes.createdAt,
        until: attributes.knownUntil)
  }
}

/// A range of one of a record's times. A record without that time does not pass.
public struct TimeCondition: Hashable, Sendable, Codable {
  /// One of a record's times.
  public enum Time: String, Hashable, Sendable, Codable, CaseIterable {
    /// ``Record/createdAt``.
    case created
    /// ``Record/occurredAt``.
    case occurred
    /// ``Record/validFrom``.
    case validFrom = "valid_from"
    /// ``Record/validUntil``.
    case validUntil = "valid_until"
    /// ``Record/knownFrom``.
    case knownFrom = "known_from"
    /// ``Record/knownUntil``.
    case knownUntil = "known_until"

    var attribute: Attribute {
      switch self {
      case .created: .createdAt
      case .occurred: .occurredAt
      case .validFrom: .validFrom
      case .validUntil: .validUntil
      case .knownFrom: .knownFrom
      case .knownUntil: .knownUntil
      }
    }

    fileprivate func value(in attributes: VectorAttributes) -> Date? {
      switch self {
      case .created: attributes.createdAt
      case .occurred: attributes.occurredAt
      case .validFrom: attributes.validFrom
      case .validUntil: attributes.validUntil
      case .knownFrom: attributes.knownFrom
      case .knownUntil: attributes.knownUntil
      }
    }
  }

  /// Which time.
  public var time: Time
  /// The first time that passes.
  public var from: Date?
  /// The first time that does not pass any more.
  public var before: Date?

  /// Makes a condition; without a bound, every record passes that has the time.
  ///
  /// ```swift
  /// var filter = Filter()
  /// filter.times = [TimeCondition(.occurred, from: lastYear, before: lastMay)]
  /// ```
  public init(_ time: Time, from: Date? = nil, before: Date? = nil) {
    self.time = time
    self.from = from
    self.before = before
  }

  /// Whether a record's times pass.
  public func matches(_ attributes: VectorAttributes) -> Bool {
    guard let value = time.value(in: attributes) else { return false }
    return from.map { value >= $0.wholeMilliseconds } ?? true
      && before.map { value < $0.wholeMilliseconds } ?? true
  }
}

/// A test of one metadata key. A record without the key passes only ``Comparison/notEqual``.
///
/// A list stands for any of its elements, in the record and in the condition:
///
/// ```swift
/// MetadataCondition("tag", .equal, ["tea", "coffee"])  // it is, or one of them is
/// ```
public struct MetadataCondition: Hashable, Sendable, Codable {
  /// How the record's value is compared with the condition's. Strings compare by UTF-8 bytes,
  /// numbers by value, false before true; values of two kinds are never equal nor ordered.
  public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
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
  ///
  /// ```swift
  /// var filter = Filter()
  /// filter.metadata = [MetadataCondition("year", .greaterOrEqual, 2020)]
  /// ```
  public init(_ key: String, _ comparison: Comparison, _ value: MetadataValue) {
    self.key = key
    self.comparison = comparison
    self.value = value
  }

  /// Whether a record's metadata passes.
  public func matches(_ metadata: Metadata) -> Bool {
    let stored = metadata.value(ofExactly: key)?.elements ?? []
    let wanted = value.elements
    func passes(_ test: (MetadataValue, MetadataValue) -> Bool) -> Bool {
      stored.contains { stored in wanted.contains { test(stored, $0) } }
    }
    switch comparison {
    case .equal: return passes { $0 == $1 }
    case .notEqual: return !passes { $0 == $1 }
    case .less: return passes { $0.precedes($1) }
    case .greater: return passes { $1.precedes($0) }
    case .lessOrEqual: return passes { $0 == $1 || $0.precedes($1) }
    case .greaterOrEqual: return passes { $0 == $1 || $1.precedes($0) }
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
