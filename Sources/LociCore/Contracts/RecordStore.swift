public import Foundation

/// Keeps records and their audit log, and finds records by words.
public protocol RecordStore: Sendable {
  /// Applies changes to one namespace in one transaction with their audit rows: all or none.
  ///
  /// - Parameters:
  ///   - changes: Applied in order.
  ///   - namespace: The namespace of every record named; another one throws
  ///     ``LociError/Code/invalidArgument``.
  ///   - actor: Who does it, for the audit log.
  ///   - time: When, for the audit log and `updatedAt`.
  ///   - preconditions: What must hold before the first change; all of it. Without changes, nothing
  ///     is checked.
  /// - Returns: For each change the record as it is now, or nil where it is gone.
  /// - Throws: ``LociError/Code/moved`` where the store is sealed; and, where a precondition does
  ///   not hold, ``LociError/Code/conflict``, ``LociError/Code/forbidden`` (another author) or
  ///   ``LociError/Code/notFound``.
  @discardableResult
  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?]

  /// The records of the ids that exist, in no particular order. Damaged ones are left out, here and
  /// in every other answer; see ``damagedRecords()``.
  func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record]

  /// The earlier texts of records, in the order of the ids, and each record's oldest first.
  ///
  /// Whatever changes a text leaves the one before, in the same transaction; what erases a record
  /// erases them.
  func versions(of ids: [RecordID], in namespace: Namespace) async throws -> [RecordVersion]

  /// A page of a namespace's records that pass the filter, in id order, after `cursor`; empty
  /// at the end.
  func list(
    in namespace: Namespace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record]

  /// A page of a namespace's records that pass the filter, in an order, after `cursor`; empty at
  /// the end. What is added or changed meanwhile is seen where it stands behind the cursor.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` for a limit below 1, or a cursor of an order by
  ///   another kind of attribute.
  func list(
    in namespace: Namespace, where filter: Filter, orderedBy order: RecordOrder,
    after cursor: RecordCursor?, limit: Int
  ) async throws -> [Record]

  /// How many records of a namespace pass the filter.
  func count(in namespace: Namespace, where filter: Filter) async throws -> Int

  /// The namespaces that hold records.
  func namespaces() async throws -> [Namespace]

  /// The distinct source URIs of a namespace's records that pass the filter, sorted by UTF-8 bytes.
  func sourceURIs(in namespace: Namespace, where filter: Filter) async throws -> [String]

  /// The records of a namespace that match words of the query and pass the filter, best first, ties
  /// by id.
  ///
  /// Words that signs join without a space (`10.2.0.1`, `src/main.c`, `C++`) are a phrase first and
  /// loose words after: records that hold them so go before all others; see
  /// ``LexicalMatch/Spelling``.
  ///
  /// - Parameters:
  ///   - query: Plain text in any script; no query syntax.
  ///   - limit: At least 1.
  func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch]

  /// Adds to the access counts of the records that exist and sets when they were last recalled, in
  /// one transaction. It waits for nobody: where the store is locked, it may throw
  /// ``LociError/Code/busy`` at once, or leave out records that are being written.
  func recordAccess(_ accesses: [RecordAccess]) async throws

  /// The damaged records that reads through this store have met and left out, sorted; of very many,
  /// some.
  func damagedRecords() async throws -> [DamagedRecord]

  /// The newest audit entries of a namespace, newest first; of one record where an id is given.
  func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry]

  /// The small values that are kept beside the records, in one read.
  func notes() async throws -> StoreNotes

  /// Changes notes, all in one transaction.
  ///
  /// - Throws: ``LociError/Code/conflict`` where they are not `expected` (any more), and then
  ///   nothing was changed.
  func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws

  /// A page of the audit log of all namespaces, oldest first, after a sequence number.
  func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange]

  /// A page of a namespace's audit log, oldest first, after a sequence number.
  func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry]

  /// The value of a key; nil where there is none.
  func keyValue(_ name: KeyName) async throws -> KeyValue?

  /// A page of the values of a shelf, in the order of keys, after `key`; empty at the end.
  func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue]

  /// Sets a key's value, or takes it away where it is nil, in one transaction. It adds no line to
  /// the audit log, which tells of records.
  ///
  /// - Throws: ``LociError/Code/conflict`` where the value is not the expected one (any more), and
  ///   then nothing was changed; ``LociError/Code/moved`` where the store is sealed.
  func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws

  /// A page of all values of the store, in the order of their names, after `name`; empty at the
  /// end.
  func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue]

  /// Takes over a page of another store's contents as it is, in one transaction, also into a sealed
  /// store: no audit rows are added, no times are set, no counts start anew.
  func takeOver(_ page: RecordTransfer) async throws
}

extension RecordStore {
  /// Applies changes without preconditions; see ``apply(_:in:actor:at:requiring:)``.
  @discardableResult
  public func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date
  ) async throws -> [Record?] {
    try await apply(changes, in: namespace, actor: actor, at: time, requiring: [])
  }

  /// Looks for the namespace's lines among those of all. Complexity: O(lines of the store).
  public func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry] {
    var (found, last): ([AuditEntry], Int64) = ([], sequence)
    while found.count < limit {
      let page = try await auditLog(after: last, limit: 1000)
      guard let end = page.last?.entry.sequence else { break }
      found += page.filter { $0.namespace == namespace }.map(\.entry).prefix(limit - found.count)
      last = end
    }
    return found
  }

  /// A store without values by key.
  public func keyValue(_ name: KeyName) async throws -> KeyValue? { nil }

  /// A store without values by key.
  public func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue] { [] }

  /// A store without values by key throws ``LociError/Code/unsupported``.
  public func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    throw LociError(.unsupported, "This store of records keeps no values by key.")
  }

  /// A store without values by key.
  public func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue] { [] }

  /// A store that can't be damaged.
  public func damagedRecords() async throws -> [DamagedRecord] { [] }

  /// Counts one access to each of these records; see ``recordAccess(_:)``.
  public func recordAccess(to ids: [RecordID], namespace: Namespace, at time: Date) async throws {
    try await recordAccess(
      Set(ids).sorted().map {
        RecordAccess(namespace: namespace, id: $0, count: 1, lastTime: time)
      })
  }
}

/// Times that a record was recalled.
public struct RecordAccess: Hashable, Sendable {
  /// The record's namespace.
  public let namespace: Namespace
  /// The record's id.
  public let id: RecordID
  /// How often, at least once.
  public var count: Int
  /// When the last time was.
  public var lastTime: Date

  /// Names accesses to a record.
  public init(namespace: Namespace, id: RecordID, count: Int, lastTime: Date) {
    self.namespace = namespace
    self.id = id
    self.count = count
    self.lastTime = lastTime
  }
}
