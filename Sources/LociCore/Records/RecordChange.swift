public import Foundation

/// Changes to some of a record's fields; what is nil stays as it is.
public struct RecordPatch: Hashable, Sendable {
  /// The new text.
  public var text: String?
  /// The new category.
  public var category: Record.Category?
  /// Metadata to set, by key.
  public var metadata: Metadata = [:]
  /// Metadata keys to remove; removing comes before setting.
  public var removedMetadata: Set<String> = []
  /// The new source.
  public var source: Record.Source?
  /// The new status.
  public var status: Record.Status?
  /// The new importance, 1…5.
  public var importance: Int?
  /// The new confidence, 0…1.
  public var confidence: Double?

  /// Makes a patch that changes nothing yet.
  public init() {}

  /// The record with the patch applied; throws ``LociError/Code/invalidArgument`` where a field
  /// would be outside its range.
  public func applied(to record: Record, at time: Date) throws(LociError) -> Record {
    var result = record
    if let text, !text.utf8.elementsEqual(record.text.utf8) { result.text = text }
    if let category { result.category = category }
    if let source { result.source = source }
    if let status { result.status = status }
    if let importance { result.importance = importance }
    if let confidence { result.confidence = confidence }
    for key in removedMetadata { result.metadata[key] = nil }
    result.metadata.set(metadata)
    result.updatedAt = time.wholeMilliseconds
    try result.validate()
    return result
  }
}

/// One change to the record log. A store applies a list of them in one transaction.
public enum RecordChange: Hashable, Sendable {
  /// Adds a record; throws ``LociError/Code/conflict`` where the id exists in its namespace.
  case insert(Record)
  /// Adds a record or replaces the one of the same id, keeping its creation time and access count.
  case upsert(Record)
  /// Changes fields; throws ``LociError/Code/notFound`` where the id does not exist.
  case patch(RecordID, RecordPatch)
  /// Erases a record, its words and its vectors in this store; an unknown id is no error.
  case delete(RecordID)
}

/// A page of another store's contents, for ``RecordStore/takeOver(_:)``.
public struct RecordTransfer: Hashable, Sendable {
  /// Records to add, or to put in the place of those of the same name.
  public var records: [Record]
  /// Records to erase, by id in their namespaces; unknown ids are no error.
  public var erased: [Namespace: [RecordID]]
  /// Lines of the audit log, with their numbers; those whose number is there are passed over.
  public var log: [LoggedChange]

  /// Makes a page.
  public init(
    records: [Record] = [], erased: [Namespace: [RecordID]] = [:], log: [LoggedChange] = []
  ) {
    self.records = records
    self.erased = erased
    self.log = log
  }
}

/// A line of the audit log, and the namespace that it belongs to.
public struct LoggedChange: Hashable, Sendable {
  /// The namespace.
  public let namespace: Namespace
  /// The line.
  public let entry: AuditEntry

  /// Makes a line.
  public init(namespace: Namespace, entry: AuditEntry) {
    self.namespace = namespace
    self.entry = entry
  }
}

/// A line of the audit log: what happened to a record, without its text.
public struct AuditEntry: Hashable, Sendable {
  /// What happened.
  public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
    /// A record was added.
    case add
    /// A record's fields changed.
    case update
    /// A record was erased.
    case delete
  }

  /// The entry's place in the log; later entries have larger numbers.
  public let sequence: Int64
  /// When it happened.
  public let time: Date
  /// What happened.
  public let action: Action
  /// The record's id.
  public let record: RecordID
  /// Who did it, where that was said.
  public let actor: String?

  /// Makes an entry.
  public init(sequence: Int64, time: Date, action: Action, record: RecordID, actor: String?) {
    self.sequence = sequence
    self.time = time
    self.action = action
    self.record = record
    self.actor = actor
  }
}
