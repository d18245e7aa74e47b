// Texts compare by UTF-8 bytes, as every store compares them: a name that was only normalised
// otherwise is another name, and has to be written.

extension Record {
  /// Whether every field is the same; texts compare by UTF-8 bytes.
  public static func == (left: Record, right: Record) -> Bool {
    left.id == right.id && left.namespace == right.namespace
      && left.collection == right.collection && left.text.hasBytes(of: right.text)
      && left.category == right.category && left.metadata.hasBytes(of: right.metadata)
      && left.author.hasBytes(of: right.author)
      && left.authorName.hasBytes(of: right.authorName) && left.audience == right.audience
      && left.source == right.source && left.whole == right.whole
      && left.position == right.position && left.occurredAt == right.occurredAt
      && left.validFrom == right.validFrom && left.validUntil == right.validUntil
      && left.knownFrom == right.knownFrom && left.knownUntil == right.knownUntil
      && left.status == right.status && left.importance == right.importance
      && left.confidence == right.confidence && left.createdAt == right.createdAt
      && left.updatedAt == right.updatedAt && left.lastAccessedAt == right.lastAccessedAt
      && left.accessCount == right.accessCount
  }
}

extension RecordVersion {
  /// Whether every field is the same; texts compare by UTF-8 bytes.
  public static func == (left: RecordVersion, right: RecordVersion) -> Bool {
    left.namespace == right.namespace && left.id == right.id && left.number == right.number
      && left.text.hasBytes(of: right.text) && left.knownFrom == right.knownFrom
      && left.knownUntil == right.knownUntil && left.actor.hasBytes(of: right.actor)
  }
}

extension Record.Source {
  /// Whether address, heading and lines are the same; texts compare by UTF-8 bytes.
  public static func == (left: Record.Source, right: Record.Source) -> Bool {
    left.uri.hasBytes(of: right.uri) && left.heading.hasBytes(of: right.heading)
      && left.lines == right.lines
  }
}

extension Metadata {
  /// The value of a key with these very bytes.
  package func value(ofExactly key: String) -> MetadataValue? {
    index(forKey: key).flatMap { self[$0].key.hasBytes(of: key) ? self[$0].value : nil }
  }

  /// Sets values; a key that was only normalised otherwise takes the new one's bytes.
  mutating func set(_ values: Metadata) {
    for (key, value) in values {
      self[key] = nil
      self[key] = value
    }
  }

  /// Whether both have the same keys and values, byte by byte.
  func hasBytes(of other: Metadata) -> Bool {
    count == other.count && allSatisfy { other.value(ofExactly: $0.key) == $0.value }
  }
}

extension String {
  fileprivate func hasBytes(of other: String) -> Bool { Name.areEqual(self, other) }
}

extension String? {
  /// Whether both have the same UTF-8 bytes, or are nil.
  func hasBytes(of other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let left?, let right?): Name.areEqual(left, right)
    default: false
    }
  }
}
