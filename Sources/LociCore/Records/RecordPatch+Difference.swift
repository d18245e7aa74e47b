extension RecordPatch {
  /// The changes that make one record another one; what a patch can't change is passed over.
  package init(from old: Record, to new: Record) {
    self.init()
    if ExactText(old.text) != ExactText(new.text) { text = new.text }
    change(\.category, old.category, new.category, clearing: .category)
    change(\.author, old.author, new.author, clearing: .author)
    change(\.authorName, old.authorName, new.authorName, clearing: .authorName)
    change(\.source, old.source, new.source, clearing: .source)
    change(\.whole, old.whole, new.whole, clearing: .whole)
    change(\.position, old.position, new.position, clearing: .position)
    change(\.occurredAt, old.occurredAt, new.occurredAt, clearing: .occurredAt)
    change(\.validFrom, old.validFrom, new.validFrom, clearing: .validFrom)
    change(\.validUntil, old.validUntil, new.validUntil, clearing: .validUntil)
    change(\.knownFrom, old.knownFrom, new.knownFrom, clearing: .knownFrom)
    change(\.knownUntil, old.knownUntil, new.knownUntil, clearing: .knownUntil)
    if old.audience != new.audience { audience = new.audience }
    if old.status != new.status { status = new.status }
    if old.importance != new.importance { importance = new.importance }
    if old.confidence != new.confidence { confidence = new.confidence }
    metadata = new.metadata.filter { old.metadata.value(ofExactly: $0.key) != $0.value }
    removedMetadata = Set(
      old.metadata.keys.filter { new.metadata.value(ofExactly: $0) == nil })
  }

  private mutating func change<Value: Equatable>(
    _ field: WritableKeyPath<Self, Value?>, _ old: Value?, _ new: Value?,
    clearing optional: OptionalField
  ) {
    guard old != new else { return }
    if new == nil { cleared.insert(optional) } else { self[keyPath: field] = new }
  }
}
