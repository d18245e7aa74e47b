public import Foundation
public import LociCore

/// A record store in memory that can be broken on purpose. It has transactions: of a change nothing
/// is done or all of it, whatever goes wrong.
public struct SimulatedRecordStore: RecordStore {
  private let disk: SimulatedDisk
  private let name: String
  private let life: Int

  /// Opens a store on a disk, made where it is missing. Another handle with the same name sees the
  /// same records.
  ///
  /// ```swift
  /// let disk = SimulatedDisk()
  /// let (records, vectors) = (SimulatedRecordStore(on: disk), SimulatedVectorStore(on: disk))
  /// let memory = Memory(records: records, vectors: vectors) { BagOfWordsEmbedder() }
  /// ```
  /// - Parameters:
  ///   - disk: What survives a crash, and what goes wrong; by default a disk of its own without
  ///     faults.
  ///   - name: Tells the disk's stores apart.
  public init(on disk: SimulatedDisk = SimulatedDisk(), named name: String = "records") {
    self.disk = disk
    self.name = name
    life = disk.crashCount
    disk.prepare { if $0.records[name] == nil { $0.records[name] = StoredRecords() } }
  }

  /// Applies changes with their audit rows, all or none, and to vectors that follow these records.
  @discardableResult
  public func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    guard !changes.isEmpty else { return [] }
    let check = PreconditionCheck(preconditions)
    return try await write(.applyRecords) { records in
      try records.requireUnsealed()
      try check.check(
        record: { records[RecordName(namespace: namespace, id: $0)] },
        count: { records.passing($0, in: namespace).count })
      var transaction = RecordTransaction(
        on: records, in: namespace, actor: actor, at: time)
      let answers = try changes.map { try transaction.apply($0) }
      records = transaction.records
      return answers
    }
  }

  /// The records of the ids that exist, in the order of the ids.
  public func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    try await read(.getRecords) { records in
      ids.distinct().compactMap { records[RecordName(namespace: namespace, id: $0)] }
    }
  }

  /// The earlier texts of records.
  public func versions(
    of ids: [RecordID], in namespace: Namespace
  ) async throws -> [RecordVersion] {
    try await read(.getRecords) { records in
      Set(ids).sorted().flatMap {
        records.versions(of: RecordName(namespace: namespace, id: $0))
      }
    }
  }

  /// A page of the records that pass the filter, in id order, after `cursor`.
  public func list(
    in namespace: Namespace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    return try await read(.listRecords) { records in
      let rest = records.passing(filter, in: namespace).filter { record in
        cursor.map { $0 < record.id } ?? true
      }
      return Array(rest.sorted { $0.id < $1.id }.prefix(limit))
    }
  }

  /// A page of the records that pass the filter, in an order, after `cursor`.
  public func list(
    in namespace: Namespace, where filter: Filter, orderedBy order: RecordOrder,
    after cursor: RecordCursor?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    try order.require(cursor)
    return try await read(.listRecords) { records in
      let places = records.passing(filter, in: namespace)
        .map { (place: RecordCursor(after: $0, in: order), record: $0) }
        .filter { place, _ in cursor.map { order.precedes($0, place) } ?? true }
        .sorted { order.precedes($0.place, $1.place) }
      return places.prefix(limit).map(\.record)
    }
  }

  /// How many records pass the filter.
  public func count(in namespace: Namespace, where filter: Filter) async throws -> Int {
    try await read(.countRecords) { $0.passing(filter, in: namespace).count }
  }

  /// The namespaces that hold records, sorted.
  public func namespaces() async throws -> [Namespace] {
    try await read(.surveyRecords, \.namespaces)
  }

  /// The distinct source URIs of the records that pass the filter, sorted by UTF-8 bytes.
  public func sourceURIs(in namespace: Namespace, where filter: Filter) async throws -> [String] {
    try await read(.surveyRecords) { records in
      let uris = records.passing(filter, in: namespace).compactMap(\.source?.uri)
      return uris.distinct().sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// The records that match words of the query and pass the filter, best first, ties by id.
  public func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch] {
    try Limit.check(limit)
    return try await read(.searchRecords) { records in
      WordSearch(query, among: records.rows(of: namespace)).best(limit, where: filter)
    }
  }

  /// Adds to the access counts of the records that exist and sets when they were last recalled.
  public func recordAccess(_ accesses: [RecordAccess]) async throws {
    guard !accesses.isEmpty else { return }
    try await write(.recordAccess) { records in
      try records.requireUnsealed()
      for access in accesses {
        let name = RecordName(namespace: access.namespace, id: access.id)
        guard var record = records[name] else { continue }
        record.accessCount += access.count
        record.lastAccessedAt = access.lastTime.wholeMilliseconds
        records.set(name, to: record)
      }
    }
  }

  /// The newest audit entries of a namespace, newest first; of one record where an id is given.
  public func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    return try await read(.readAudit) { records in
      let entries = records.log.lazy.filter { $0.namespace == namespace }.map(\.entry)
        .filter { entry in record.map { $0 == entry.record } ?? true }
      return Array(entries.reversed().prefix(limit))
    }
  }

  /// The small values that are kept beside the records.
  public func notes() async throws -> StoreNotes { try await read(.readNote) { $0.notes } }

  /// Changes notes where they still are what was expected.
  public func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await write(.setNote) { try $0.setNotes(notes, replacing: expected) }
  }

  /// A page of the audit log of all namespaces, oldest first, after a sequence number.
  public func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange] {
    try Limit.check(limit)
    return try await read(.readAudit) { records in
      Array(records.log.lazy.filter { $0.entry.sequence > sequence }.prefix(limit))
    }
  }

  /// A page of a namespace's audit log, oldest first, after a sequence number.
  public func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    return try await read(.readAudit) { records in
      Array(
        records.log.lazy.filter { $0.namespace == namespace && $0.entry.sequence > sequence }
          .map(\.entry).prefix(limit))
    }
  }

  /// The value of a key; nil where there is none.
  public func keyValue(_ name: KeyName) async throws -> KeyValue? {
    try await read(.readKeyValues) { $0.keyValues[name] }
  }

  /// A page of the values of a shelf, in the order of keys, after `key`.
  public func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue] {
    try Limit.check(limit)
    let cursor = try key.map { try KeyName($0, on: shelf, in: namespace) }
    return try await read(.readKeyValues) { records in
      let found = records.keyValues.values.filter {
        $0.name.shelf == shelf && $0.name.namespace == namespace
      }
      return Self.page(of: found, after: cursor, limit)
    }
  }

  /// Sets a key's value, or takes it away, where it still is what was expected.
  public func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    let new = try value.map { try KeyValue(name, value: $0, updatedAt: time) }
    try await write(.setKeyValue) { records in
      try records.requireUnsealed()
      try expected.require(records.keyValues[name]?.value)
      records.keyValues[name] = new
    }
  }

  /// A page of all values of the store, in the order of their names, after `name`.
  public func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue] {
    try Limit.check(limit)
    return try await read(.readKeyValues) {
      Self.page(of: Array($0.keyValues.values), after: name, limit)
    }
  }

  private static func page(of values: [KeyValue], after name: KeyName?, _ limit: Int) -> [KeyValue]
  {
    let rest = values.filter { value in name.map { $0 < value.name } ?? true }
    return Array(rest.sorted { $0.name < $1.name }.prefix(limit))
  }

  /// Takes over a page of another store's contents as it is.
  public func takeOver(_ page: RecordTransfer) async throws {
    for record in page.records { try record.validate() }
    try await write(.takeOverRecords) { records in
      for (namespace, ids) in page.erased {
        for id in ids { records.set(RecordName(namespace: namespace, id: id), to: nil) }
      }
      for record in page.records {
        let name = RecordName(namespace: record.namespace, id: record.id)
        records.set(name, to: record)
        records.setVersions(of: name, to: page.versions(of: record))
      }
      for line in page.log { records.takeOver(line) }
      for name in page.erasedKeys { records.keyValues[name] = nil }
      for value in page.keyValues { records.keyValues[value.name] = value }
    }
  }

  private func read<Answer>(
    _ operation: SimulatedOperation,
    _ body: @escaping @Sendable (StoredRecords) throws -> Answer
  ) async throws -> Answer {
    let name = name
    return try await disk.perform(operation, of: name, life: life) { contents, _ in
      try body(contents.records[name] ?? StoredRecords())
    }
  }

  /// Runs a transaction, and takes along the vectors that follow these records.
  private func write<Answer>(
    _ operation: SimulatedOperation,
    _ body: @escaping @Sendable (inout StoredRecords) throws -> Answer
  ) async throws -> Answer {
    let name = name
    return try await disk.perform(operation, of: name, life: life) { contents, _ in
      var records = contents.records[name] ?? StoredRecords()
      let answer = try body(&records)
      for touched in records.takeTouched() {
        for store in contents.vectors.keys where contents.vectors[store]?.followed == name {
          contents.vectors[store]?.follow(touched, to: records[touched])
        }
      }
      contents.records[name] = records
      return answer
    }
  }
}
