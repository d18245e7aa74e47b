public import Foundation

/// Changes to some of a record's fields; what is nil stays as it is.
public struct RecordPatch: Hashable, Sendable {
  /// A field that a record may do without.
  public enum OptionalField: String, Hashable, Sendable, Codable, CaseIterable {
    /// What kind of statement it is.
    case category
    /// Who said it.
    case author
    /// What people call the author.
    case authorName = "author_name"
    /// Where it came from.
    case source
    /// The whole that it is a part of.
    case whole
    /// Its place in its whole.
    case position
    /// When that happened which it tells of.
    case occurredAt = "occurred_at"
    /// Since when it has been so.
    case validFrom = "valid_from"
    /// From when on it is not so any more.
    case validUntil = "valid_until"
    /// Since when it has been known.
    case knownFrom = "known_from"
    /// From when on it is not taken for known any more.
    case knownUntil = "known_until"
  }

  /// The new text.
  public var text: String?
  /// Fields to clear; clearing comes before setting.
  public var cleared: Set<OptionalField> = []
  /// The new category.
  public var category: Record.Category?
  /// Metadata to set, by key.
  public var metadata: Metadata = [:]
  /// Metadata keys to remove; removing comes before setting.
  public var removedMetadata: Set<String> = []
  /// The new author.
  public var author: String?
  /// What people call the author from now on.
  public var authorName: String?
  /// Whom it is for from now on.
  public var audience: Record.Audience?
  /// The new source.
  public var source: Record.Source?
  /// The whole that it is a part of from now on.
  public var whole: RecordID?
  /// Its new place in its whole.
  public var position: Int?
  /// When that happened which it tells of.
  public var occurredAt: Date?
  /// Since when it has been so.
  public var validFrom: Date?
  /// From when on it is not so any more.
  public var validUntil: Date?
  /// Since when it has been known.
  public var knownFrom: Date?
  /// From when on it is not taken for known any more.
  public var knownUntil: Date?
  /// The new status.
  public var status: Record.Status?
  /// The new importance, 1…5.
  public var importance: Int?
  /// The new confidence, 0…1.
  public var confidence: Double?
  /// What the audit log calls the change; nil is ``AuditEntry/Action/update``.
  public var action: AuditEntry.Action?

  /// Makes a patch that changes nothing yet.
  ///
  /// ```swift
  /// var patch = RecordPatch()
  /// patch.importance = 5
  /// try await ada.update(id, with: patch)
  /// ```
  public init() {}

  /// The record with the patch applied; throws ``LociError/Code/invalidArgument`` where a field
  /// would be outside its range.
  public func applied(to record: Record, at time: Date) throws(LociError) -> Record {
    var result = record
    if let text, !text.utf8.elementsEqual(record.text.utf8) { result.text = text }
    for field in cleared { result.clear(field) }
    set(&result.category, category)
    set(&result.author, author)
    set(&result.authorName, authorName)
    set(&result.source, source)
    set(&result.whole, whole)
    set(&result.position, position)
    set(&result.occurredAt, occurredAt)
    set(&result.validFrom, validFrom)
    set(&result.validUntil, validUntil)
    set(&result.knownFrom, knownFrom)
    set(&result.knownUntil, knownUntil)
    if let audience { result.audience = audience }
    if let status { result.status = status }
    if let importance { result.importance = importance }
    if let confidence { result.confidence = confidence }
    for key in removedMetadata { result.metadata[key] = nil }
    result.metadata.set(metadata)
    result.updatedAt = time.wholeMilliseconds
    try result.validate()
    return result
  }

  private func set<Value>(_ field: inout Value?, _ new: Value?) {
    if let new { field = new }
  }
}

extension Record {
  fileprivate mutating func clear(_ field: RecordPatch.OptionalField) {
    switch field {
    case .category: category = nil
    case .author: author = nil
    case .authorName: authorName = nil
    case .source: source = nil
    case .whole: whole = nil
    case .position: position = nil
    case .occurredAt: occurredAt = nil
    case .validFrom: validFrom = nil
    case .validUntil: validUntil = nil
    case .knownFrom: knownFrom = nil
    case .knownUntil: knownUntil = nil
    }
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
  /// The earlier texts of these records, all of them: they take the place of those that are there.
  public var versions: [RecordVersion]
  /// Records to erase, by id in their namespaces; unknown ids are no error.
  public var erased: [Namespace: [RecordID]]
  /// Lines of the audit log, with their numbers; those whose number is there are passed over.
  public var log: [LoggedChange]
  /// Values by key, to add or to put in the place of those of the same name.
  public var keyValues: [KeyValue] = []
  /// Keys to erase; unknown ones are no error.
  public var erasedKeys: [KeyName] = []

  /// Makes a page.
  public init(
    records: [Record] = [], versions: [RecordVersion] = [],
    erased: [Namespace: [RecordID]] = [:], log: [LoggedChange] = []
  ) {
    self.records = records
    self.versions = versions
    self.erased = erased
    self.log = log
  }
}

extension RecordTransfer {
  /// The earlier texts of one of its records, oldest first.
  package func versions(of record: Record) -> [RecordVersion] {
    versions.filter { $0.id == record.id && $0.namespace == record.namespace }
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
  /// What happened. Any short name: a log may tell of what only another version does.
  public struct Action: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// Makes an action, or throws ``LociError/Code/invalidArgument``.
    public init(_ name: String) throws(LociError) {
      self.name = try Name.validate(name, as: "audit action")
    }

    private init(unchecked name: String) { self.name = name }

    /// A record was added.
    public static let add = Action(unchecked: "add")
    /// A record's fields changed.
    public static let update = Action(unchecked: "update")
    /// A record was erased.
    public static let delete = Action(unchecked: "delete")
    /// Another record took the place of this one.
    public static let supersede = Action(unchecked: "supersede")
    /// A record is not held for true any more.
    public static let invalidate = Action(unchecked: "invalidate")
    /// A record was hidden, and kept.
    public static let forget = Action(unchecked: "forget")
    /// A record that is not what was written was hidden, and kept.
    public static let quarantine = Action(unchecked: "quarantine")
    /// A record that was hidden is seen again.
    public static let restore = Action(unchecked: "restore")
    /// A record took up what another text said.
    public static let merge = Action(unchecked: "merge")
    /// A record was put away by age.
    public static let archive = Action(unchecked: "archive")
    /// A record was shown to others.
    public static let share = Action(unchecked: "share")
    /// A record is shown to nobody but its author any more.
    public static let revoke = Action(unchecked: "revoke")

    /// The name.
    public var description: String { name }

    /// Compares UTF-8 bytes.
    public static func == (left: Action, right: Action) -> Bool {
      Name.areEqual(left.name, right.name)
    }
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
  /// What ties it to the entry before it in its namespace; nil for one that came from a store
  /// without a chain.
  public var link: AuditLink?

  /// Makes an entry.
  public init(
    sequence: Int64, time: Date, action: Action, record: RecordID, actor: String?,
    link: AuditLink? = nil
  ) {
    self.link = link
    self.sequence = sequence
    self.time = time
    self.action = action
    self.record = record
    self.actor = actor
  }
}
