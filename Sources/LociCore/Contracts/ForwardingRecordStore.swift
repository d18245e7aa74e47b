package import Foundation

/// A record store that hands every call on to another one, but for those that it makes its own.
package protocol ForwardingRecordStore: RecordStore {
  /// Where calls go; asked anew by each.
  var base: any RecordStore { get async throws }
}

extension ForwardingRecordStore {
  @discardableResult
  package func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    try await base.apply(
      changes, in: namespace, actor: actor, at: time, requiring: preconditions)
  }

  package func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    try await base.get(ids, namespace: namespace)
  }

  package func versions(
    of ids: [RecordID], in namespace: Namespace
  ) async throws -> [RecordVersion] {
    try await base.versions(of: ids, in: namespace)
  }

  package func list(
    in namespace: Namespace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try await base.list(in: namespace, where: filter, after: cursor, limit: limit)
  }

  package func list(
    in namespace: Namespace, where filter: Filter, orderedBy order: RecordOrder,
    after cursor: RecordCursor?, limit: Int
  ) async throws -> [Record] {
    try await base.list(
      in: namespace, where: filter, orderedBy: order, after: cursor, limit: limit)
  }

  package func count(in namespace: Namespace, where filter: Filter) async throws -> Int {
    try await base.count(in: namespace, where: filter)
  }

  package func namespaces() async throws -> [Namespace] { try await base.namespaces() }

  package func sourceURIs(in namespace: Namespace, where filter: Filter) async throws -> [String] {
    try await base.sourceURIs(in: namespace, where: filter)
  }

  package func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch] {
    try await base.search(words: query, in: namespace, limit: limit, where: filter)
  }

  package func recordAccess(_ accesses: [RecordAccess]) async throws {
    try await base.recordAccess(accesses)
  }

  package func damagedRecords() async throws -> [DamagedRecord] {
    try await base.damagedRecords()
  }

  package func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry] {
    try await base.audit(namespace, record: record, limit: limit)
  }

  package func notes() async throws -> StoreNotes { try await base.notes() }

  package func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await base.setNotes(notes, replacing: expected)
  }

  package func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange] {
    try await base.auditLog(after: sequence, limit: limit)
  }

  package func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry] {
    try await base.auditLog(of: namespace, after: sequence, limit: limit)
  }

  package func keyValue(_ name: KeyName) async throws -> KeyValue? {
    try await base.keyValue(name)
  }

  package func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue] {
    try await base.keyValues(on: shelf, in: namespace, after: key, limit: limit)
  }

  package func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    try await base.setKeyValue(name, to: value, at: time, expecting: expected)
  }

  package func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue] {
    try await base.allKeyValues(after: name, limit: limit)
  }

  package func takeOver(_ page: RecordTransfer) async throws { try await base.takeOver(page) }
}
