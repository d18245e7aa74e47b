public import Foundation
public import LociCore
import LociSQL

/// Records, their audit log and their words in a schema of a PostgreSQL database.
///
/// Made by ``PostgresDatabase``. Any number of machines may use it at once.
public struct PostgresRecordStore: RecordStore {
  let pool: ConnectionPool
  private let damage = DamageLog()

  init(pool: ConnectionPool) { self.pool = pool }

  /// Applies changes with their audit rows, words and vectors, all or none; see ``RecordStore``.
  ///
  /// - Throws: ``LociError/Code/network`` or ``LociError/Code/timedOut``, which say whether it is
  ///   unknown if the changes were written.
  @discardableResult
  public func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    guard !changes.isEmpty else { return [] }
    let check = PreconditionCheck(preconditions)
    let answers = try await pool.write(.once) {
      try $0.apply(changes, in: namespace, actor: actor, at: time, check)
    }
    damage.forget(changes.map(\.id), in: namespace)
    return answers
  }

  /// The records of the ids that exist, in no particular order.
  public func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    guard !ids.isEmpty else { return [] }
    let names = RecordNames(ids, in: namespace)
    return try await pool.rows(
      "SELECT \(RecordRow.selection) FROM record WHERE \(names.condition)", names.values, whole
    ).compactMap(\.self)
  }

  /// The record in a row of ``RecordRow/selection``; nil where it is damaged, which is noted.
  private func whole(_ row: Row) -> Record? {
    damage.whole(RecordCodec.name(row)) { try RecordCodec.decode(row) }
  }

  /// The damaged records that reads have met and left out, sorted.
  public func damagedRecords() async throws -> [DamagedRecord] { damage.records }

  /// Looks for damaged records in the whole store. Complexity: O(size of all texts).
  func findDamage() async throws -> [DamagedRecord] {
    for namespace in try await namespaces() {
      var last: String? = ""
      while let start = last {
        let ids = try await page(of: namespace, Filter(statuses: nil), start, 200)
          .map(\.id)
        last = ids.last
      }
    }
    return damage.records
  }

  /// The earlier texts of records; see ``RecordStore``.
  public func versions(
    of ids: [RecordID], in namespace: Namespace
  ) async throws -> [RecordVersion] {
    guard !ids.isEmpty else { return [] }
    let reading = VersionRow.reading(Set(ids), in: namespace)
    return try await pool.rows(reading.sql, reading.values, VersionCodec.decode)
  }

  /// A page of the records that pass the filter, in id order, after `cursor`.
  public func list(
    in namespace: Namespace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    var found: [Record] = []
    var (last, isAtEnd) = (cursor?.text ?? "", false)
    // A page is full although some of its records are damaged: a short one is the last one.
    while found.count < limit, !isAtEnd {
      let wanted = limit - found.count
      let rows = try await page(of: namespace, filter, last, wanted)
      found += rows.compactMap(\.record)
      isAtEnd = rows.count < wanted
      last = rows.last?.id ?? last
    }
    return found
  }

  private func page(
    of namespace: Namespace, _ filter: Filter, _ cursor: String, _ limit: Int
  ) async throws -> [(id: String, record: Record?)] {
    var parameters = Parameters()
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    let start = parameters.bind(.text(cursor))
    let sql = """
      SELECT \(RecordRow.selection) FROM record WHERE \(condition) AND id > \(start)
      ORDER BY id LIMIT \(parameters.bind(.integer(Int64(limit))))
      """
    return try await pool.rows(sql, parameters.values) { (RecordCodec.name($0).id, whole($0)) }
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
    var found: [Record] = []
    var (place, isAtEnd) = (cursor.map(PagePlace.init), false)
    while found.count < limit, !isAtEnd {
      let wanted = limit - found.count
      var parameters = Parameters()
      let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
      let page = FilterSQL.page(after: place, in: order, &parameters)
      let sql = """
        SELECT \(RecordRow.selection) FROM record WHERE \(condition) AND \(page.condition)
        ORDER BY \(page.ordering) LIMIT \(parameters.bind(.integer(Int64(wanted))))
        """
      let rows = try await pool.rows(sql, parameters.values) {
        (PagePlace(of: $0, in: order), whole($0))
      }
      found += rows.compactMap(\.1)
      isAtEnd = rows.count < wanted
      place = rows.last?.0 ?? place
    }
    return found
  }

  /// How many records pass the filter.
  public func count(in namespace: Namespace, where filter: Filter) async throws -> Int {
    let counting = try Connection.counting(filter, in: namespace)
    return try await pool.integer(counting.sql, counting.values)
  }

  /// The namespaces that hold records. Complexity: O(log n) each.
  public func namespaces() async throws -> [Namespace] {
    try await pool.read { try $0.namespaces(in: "record") }
  }

  /// The distinct source URIs of the records that pass the filter, sorted by UTF-8 bytes.
  public func sourceURIs(in namespace: Namespace, where filter: Filter) async throws -> [String] {
    var parameters = Parameters()
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    let sql = """
      SELECT DISTINCT source_uri FROM record
      WHERE \(condition) AND source_uri IS NOT NULL
      ORDER BY source_uri
      """
    return try await pool.rows(sql, parameters.values) { $0.text(0) }
  }

  /// The records that match words of the query; see ``RecordStore``.
  ///
  /// Of a longer query, the first 256 distinct terms count.
  public func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch] {
    try Limit.check(limit)
    return try await pool.read {
      try WordSearch(query, in: namespace, $0).best(limit, where: filter)
    }
  }

  /// Adds to the access counts of the records that exist and sets when they were last recalled;
  /// see ``RecordStore``. Records that somebody else holds are left out.
  public func recordAccess(_ accesses: [RecordAccess]) async throws {
    // In pieces, since a pipeline holds so many statements.
    for start in stride(from: 0, to: accesses.count, by: 200) {
      let updates = accesses[start...].prefix(200).map { access in
        // A count beyond what 64 bits hold would be an error.
        Statement(
          """
          WITH named AS (SELECT id FROM record WHERE namespace = $1 AND id = $2
            FOR UPDATE SKIP LOCKED)
          UPDATE record SET access_count = least(access_count, \(Int64.max) - $3) + $3,
            last_accessed_at = $4
          FROM named WHERE record.namespace = $1 AND record.id = named.id
          """,
          [
            .text(access.namespace.name), .text(access.id.text), .integer(Int64(access.count)),
            .integer(access.lastTime.millisecondsSince1970),
          ])
      }
      try await pool.write(.once) { connection in
        // Whoever holds the table, or the log's head, as a move does, is not waited for.
        try connection.execute("SET LOCAL lock_timeout = '20ms'")
        try connection.runUnsealed(updates + [Statement("SELECT 1 FROM audit_head FOR SHARE")])
      }
    }
  }

  /// The newest audit entries of a namespace, newest first; of one record where an id is given.
  public func audit(
    _ namespace: Namespace, record: RecordID?, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    let condition = record == nil ? "" : "AND record = $3"
    let values =
      [.text(namespace.name), .integer(Int64(limit))] + (record.map { [Value.text($0.text)] } ?? [])
    return try await pool.rows(
      """
      SELECT \(AuditCodec.columns.list) FROM audit
      WHERE namespace = $1 \(condition) ORDER BY sequence DESC LIMIT $2
      """, values
    ) { try AuditCodec.decode($0).entry }
  }

  /// The small values that are kept beside the records.
  public func notes() async throws -> StoreNotes {
    try await pool.ask([Notes.reading]) { Notes.all(in: $0[0]) }
  }

  /// Changes notes where they still are what was expected; see ``RecordStore``.
  public func setNotes(_ notes: StoreNotes, replacing expected: StoreNotes) async throws {
    try await pool.write(.once) { try Notes(connection: $0).set(notes, replacing: expected) }
  }

  /// A page of the audit log of all namespaces, oldest first, after a sequence number. A line with
  /// a smaller number than one that was seen never appears later.
  public func auditLog(after sequence: Int64, limit: Int) async throws -> [LoggedChange] {
    try Limit.check(limit)
    return try await pool.rows(
      """
      SELECT \(AuditCodec.columns.list) FROM audit
      WHERE sequence > $1 ORDER BY sequence LIMIT $2
      """, [.integer(sequence), .integer(Int64(limit))], AuditCodec.decode)
  }

  /// A page of a namespace's audit log, oldest first, after a sequence number.
  public func auditLog(
    of namespace: Namespace, after sequence: Int64, limit: Int
  ) async throws -> [AuditEntry] {
    try Limit.check(limit)
    return try await pool.rows(
      """
      SELECT \(AuditCodec.columns.list) FROM audit
      WHERE namespace = $1 AND sequence > $2 ORDER BY sequence LIMIT $3
      """, [.text(namespace.name), .integer(sequence), .integer(Int64(limit))]
    ) { try AuditCodec.decode($0).entry }
  }

  /// Takes over a page of another store's contents as it is; see ``RecordStore``.
  public func takeOver(_ page: RecordTransfer) async throws {
    try await pool.write(.repeatable) { try $0.takeOver(page) }
  }
}

extension Connection {
  /// The namespaces of a table, from one to the next through its index, instead of by every row.
  func namespaces(in table: String) throws -> [Namespace] {
    try rows(
      """
      WITH RECURSIVE step (name) AS (
        (SELECT namespace FROM \(table) ORDER BY namespace LIMIT 1)
        UNION ALL
        SELECT (SELECT namespace FROM \(table) WHERE namespace > step.name
          ORDER BY namespace LIMIT 1)
        FROM step WHERE step.name IS NOT NULL)
      SELECT name FROM step WHERE name IS NOT NULL
      """
    ) { try Namespace($0.text(0)) }
  }
}
