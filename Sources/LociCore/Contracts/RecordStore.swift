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
  /// - Returns: For each change the record as it is now, or nil where it is gone.
  /// - Throws: ``LociError/Code/moved`` where the store is sealed.
  @discardableResult
  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date
  ) async throws -> [Record?]

  /// The records of the ids that exist, in no particular order.
  func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record]

  /// A page of the records that pass the filter, in id order, after `cursor`; empty at the end.
  func list(where filter: Filter, after cursor: RecordID?, limit: Int) async throws -> [Record]

  /// How many records pass the filter.
  func count(where filter: Filter) async throws -> Int

  /// The namespaces that hold records.
  func namespaces() async throws -> [Namespace]

  /// The distinct source URIs of the records that pass the filter, sorted by UTF-8 bytes.
  func sourceURIs(where filter: Filter) async throws -> [String]

  /// The records that match words of the query and pass the filter, best first, ties by id.
  ///
  /// Words that signs join without a space (`10.2.0.1`, `src/main.c`, `C++`) are a phrase first and
  /// loose words after: records that hold them so go before all others; see
  /// ``LexicalMatch/Spelling``.
  ///
  /// - Parameters:
  ///   - query: Plain text in any script; no query syntax.
  ///   - limit: At least 1.
  func search(
    words query: String, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch]

  /// Adds one to the access count of the ids that exist and sets when they were last recalled.
  func recordAccess(to ids: [RecordID], namespace: Namespace, at time: Date) async throws

  /// The newest audit entries of a namespace, newest first; of one record where an id is given.
  func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry]

  /// A small value that is kept beside the records; nil where it was never set.
  func note(_ name: StoreNote) async throws -> String?

  /// Sets a note, or removes it.
  ///
  /// - Throws: ``LociError/Code/conflict`` where the note is not `expected` (any more), and then
  ///   nothing was changed.
  func setNote(_ name: StoreNote, to value: String?, replacing expected: String?) async throws

  /// A page of the audit log of all namespaces, oldest first, after a sequence number.
  func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange]

  /// Takes over a page of another store's contents as it is, in one transaction, also into a sealed
  /// store: no audit rows are added, no times are set, no counts start anew.
  func takeOver(_ page: RecordTransfer) async throws
}
