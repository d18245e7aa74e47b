public import Foundation
public import LociCore
import LociSQL

/// Records, their audit log and their words in one SQLite file.
///
/// Made by ``SQLiteDatabase``. Writes go through one connection, reads through others, so a long
/// write never holds up a read.
public struct SQLiteRecordStore: RecordStore {
  let pool: ConnectionPool
  private let damage = DamageLog()

  init(pool: ConnectionPool) { self.pool = pool }

  /// Applies changes with their audit rows, words and vectors, all or none; see ``RecordStore``.
  ///
  /// A vector of a record whose text changes, or that is deleted, goes in the same transaction.
  @discardableResult
  public func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    guard !changes.isEmpty else { return [] }
    let check = PreconditionCheck(preconditions)
    let answers = try await pool.write { connection in
      try Notes(connection: connection).requireUnsealed()
      try check.check(
        record: { try connection.whole($0, in: namespace) },
        count: { try connection.count($0, in: namespace) })
      let writer = RecordWriter(
        connection: connection, namespace: namespace, actor: actor, time: time.wholeMilliseconds)
      return try changes.map(writer.apply)
    }
    damage.forget(changes.map(\.id), in: namespace)
    return answers
  }

  /// The records of the ids that exist, in no particular order.
  public func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    guard !ids.isEmpty else { return [] }
    let asked = Set(ids)
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(RecordRow.selection) FROM record
        WHERE namespace = ? AND id IN (SELECT value FROM json_each(?))
        """,
        [.text(namespace.name), .text(try MetadataJSON.array(ids.map(\.text)))]
      ) { row in
        whole(row) { record in
          // What an index says is not always what the row says.
          record.namespace == namespace && asked.contains(record.id)
        }
      }.compactMap(\.self)
    }
  }

  /// The earlier texts of records; see ``RecordStore``.
  public func versions(
    of ids: [RecordID], in namespace: Namespace
  ) async throws -> [RecordVersion] {
    try await pool.read { try $0.versions(of: ids, in: namespace) }
  }

  /// A page of the records that pass the filter, in id order, after `cursor`.
  public func list(
    in namespace: Namespace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    return try await pool.read { connection in
      var found: [Record] = []
      var (last, isAtEnd) = (cursor?.text ?? "", false)
      // A page is full although some of its records are damaged: a short one is the last one.
      while found.count < limit, !isAtEnd {
        let wanted = limit - found.count
        let ids = try page(of: namespace, filter, after: last, limit: wanted, connection) {
          found.append($0)
        }
        isAtEnd = ids.count < wanted || !ids.allSatisfy { last.utf8Precedes($0) }
        last = ids.last ?? last
      }
      return found
    }
  }

  /// Reads a page; returns the ids of all its rows, of damaged ones, too.
  private func page(
    of namespace: Namespace, _ filter: Filter, after id: String, limit: Int,
    _ connection: Connection,
    _ body: (Record) -> Void
  ) throws -> [String] {
    let condition = try FilterSQL(filter, in: namespace, table: "record")
    return try connection.rows(
      """
      SELECT \(RecordRow.selection) FROM record
      WHERE \(condition.sql) AND record.id > ? ORDER BY record.id LIMIT ?
      """,
      condition.values + [.text(id), .integer(Int64(limit))]
    ) { row in
      if let record = whole(row, where: { $0.namespace == namespace }) { body(record) }
      return RecordCodec.name(row).id
    }
  }

  /// A page of the records that pass the filter, in an order, after `cursor`; see ``RecordStore``.
  ///
  /// Complexity: O(page) by ``Attribute/createdAt``, else O(records that pass).
  public func list(
    in namespace: Namespace, where filter: Filter, orderedBy order: RecordOrder,
    after cursor: RecordCursor?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    try order.require(cursor)
    return try await pool.read { connection in
      var found: [Record] = []
      var (place, isAtEnd) = (cursor.map(PagePlace.init), false)
      while found.count < limit, !isAtEnd {
        let wanted = limit - found.count
        var condition = try FilterSQL(filter, in: namespace, table: "record")
        condition.start(after: place, in: order)
        let places = try connection.rows(
          """
          SELECT \(RecordRow.selection) FROM record WHERE \(condition.sql)
          ORDER BY \(condition.ordering(order)) LIMIT ?
          """, condition.values + [.integer(Int64(wanted))]
        ) { row in
          if let record = whole(row, where: { $0.namespace == namespace }) { found.append(record) }
          return PagePlace(of: row, in: order)
        }
        // Where an index is damaged, a page may lead back to where it began.
        isAtEnd = places.count < wanted || places.last == place
        place = places.last ?? place
      }
      return found
    }
  }

  /// The record in a row of ``RecordRow/selection``; nil where it is damaged, which is noted.
  private func whole(_ row: Row, where isExpected: (Record) -> Bool = { _ in true }) -> Record? {
    damage.whole(RecordCodec.name(row)) {
      let record = try RecordCodec.decode(row)
      guard isExpected(record) else {
        throw LociError(.corrupt, "A record is not the one that an index says it is.")
      }
      return record
    }
  }

  /// The damaged records that reads have met and left out, sorted.
  public func damagedRecords() async throws -> [DamagedRecord] { damage.records }

  /// Looks for damaged records in the whole store. Complexity: O(size of all texts).
  func findDamage() async throws -> [DamagedRecord] {
    let found = DamageLog()
    try await pool.read { connection in
      try connection.forEach("SELECT \(RecordRow.selection) FROM record NOT INDEXED") { row in
        _ = found.whole(RecordCodec.name(row)) { try RecordCodec.decode(row) }
        return true
      }
    }
    return found.records
  }

  /// How many records pass the filter.
  public func count(in namespace: Namespace, where filter: Filter) async throws -> Int {
    try await pool.read { try $0.count(filter, in: namespace) }
  }

  /// The namespaces that hold records. Complexity: O(log n) each.
  public func namespaces() async throws -> [Namespace] {
    try await pool.read { connection in
      // Steps from one namespace to the next through the index, instead of reading every row.
      try connection.rows(
        """
        WITH RECURSIVE step (name) AS (
          SELECT min(namespace) FROM record
          UNION ALL
          SELECT (SELECT min(namespace) FROM record WHERE namespace > name)
          FROM step WHERE name IS NOT NULL)
        SELECT name FROM step WHERE name IS NOT NULL
        """
      ) { try Namespace($0.text(0)) }
    }
  }

  /// The distinct source URIs of the records that pass the filter, sorted by UTF-8 bytes.
  public func sourceURIs(in namespace: Namespace, where filter: Filter) async throws -> [String] {
    try await pool.read { connection in
      let condition = try FilterSQL(filter, in: namespace, table: "record")
      return try connection.rows(
        """
        SELECT DISTINCT source_uri FROM record
        WHERE \(condition.sql) AND source_uri IS NOT NULL ORDER BY source_uri
        """, condition.values
      ) { $0.text(0) }
    }
  }

  /// The records that match words of the query; see ``RecordStore``.
  ///
  /// Of a longer query, the first 256 distinct terms count.
  public func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch] {
    try Limit.check(limit)
    return try await pool.read { connection in
      try WordSearch(query, in: namespace, connection)?.best(limit, where: filter) ?? []
    }
  }

  /// Adds to the access counts of the records that exist and sets when they were last recalled;
  /// see ``RecordStore``.
  public func recordAccess(_ accesses: [RecordAccess]) async throws {
    guard !accesses.isEmpty else { return }
    try await pool.writeAtOnce { connection in
      try Notes(connection: connection).requireUnsealed()
      for access in accesses {
        // A count beyond what 64 bits hold would be no integer any more.
        try connection.execute(
          """
          UPDATE record SET access_count = min(access_count, \(Int64.max) - ?1) + ?1,
            last_accessed_at = ?2 WHERE namespace = ?3 AND id = ?4
          """,
          [
            .integer(Int64(access.count)), .integer(access.lastTime.millisecondsSince1970),
            .text(access.namespace.name), .text(access.id.text),
          ])
      }
    }
  }

  /// The newest audit entries of a namespace, newest first; of one record where an id is given.
  public func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    let condition = record == nil ? "" : "AND record = ?"
    let values = [Value.text(namespace.name)] + (record.map { [.text($0.text)] } ?? [])
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(AuditCodec.columns.list) FROM audit
        WHERE namespace = ? \(condition) ORDER BY sequence DESC LIMIT ?
        """,
        values + [.integer(Int64(limit))]
      ) { try AuditCodec.decode($0).entry }
    }
  }

  /// The small values that are kept beside the records.
  public func notes() async throws -> StoreNotes {
    try await pool.read { try Notes(connection: $0).all }
  }

  /// Changes notes where they still are what was expected; see ``RecordStore``.
  public func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await pool.write { try Notes(connection: $0).set(notes, replacing: expected) }
  }

  /// A page of the audit log of all namespaces, oldest first, after a sequence number.
  public func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange] {
    try Limit.check(limit)
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(AuditCodec.columns.list) FROM audit
        WHERE sequence > ? ORDER BY sequence LIMIT ?
        """, [.integer(sequence), .integer(Int64(limit))], AuditCodec.decode)
    }
  }

  /// A page of a namespace's audit log, oldest first, after a sequence number.
  public func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(AuditCodec.columns.list) FROM audit
        WHERE namespace = ? AND sequence > ? ORDER BY sequence LIMIT ?
        """, [.text(namespace.name), .integer(sequence), .integer(Int64(limit))]
      ) { try AuditCodec.decode($0).entry }
    }
  }

  /// Takes over a page of another store's contents as it is; see ``RecordStore``.
  public func takeOver(_ page: RecordTransfer) async throws {
    try await pool.write { connection in try RecordTransferWriter(connection: connection).take(page)
    }
  }
}

extension String {
  fileprivate func utf8Precedes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
