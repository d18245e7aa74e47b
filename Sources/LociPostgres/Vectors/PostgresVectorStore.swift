public import LociCore

/// Vectors in a schema of a PostgreSQL database, searched by pgvector.
///
/// Made by ``PostgresDatabase``. The stored vectors are exact; with an index, which of them are
/// nearest is approximate.
public struct PostgresVectorStore: VectorStore {
  /// Host, port, database and schema; no user and no password.
  public let location: String
  let pool: ConnectionPool
  let followsRecords: Bool
  let settings: PostgresSettings
  let spaceCache: SpaceCache

  /// Exact without an index; in one database with the records where vectors follow them.
  public var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "postgres", isExact: settings.indexKind == .exact,
      sharesTransactionsWithRecords: followsRecords)
  }

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  public func ensure(_ space: EmbeddingSpace) async throws {
    _ = try await madeTable(of: space)
  }

  /// The table of a space, which is made where there is none.
  private func madeTable(of space: EmbeddingSpace) async throws -> VectorTable {
    if let table = try await table(of: space) { return table }
    let indexKind = settings.indexKind
    let table = try await pool.write(.repeatable) {
      try VectorTable.ensure(space, $0, indexKind: indexKind)
    }
    spaceCache.learn(table)
    return table
  }

  /// The spaces that this store holds.
  public func spaces() async throws -> [EmbeddingSpace] {
    try await pool.read(VectorTable.spaces)
  }

  /// The namespaces that hold entries of a space.
  public func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    guard let table = try await table(of: space) else { return [] }
    return try await pool.read { try $0.namespaces(in: table.name) }
  }

  /// Adds entries, replacing those of the same namespace and id; the last of two wins.
  ///
  /// Where vectors follow records, an entry without its record, or made from another text than the
  /// record has by now, is passed over, and the record's attributes count.
  public func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    for entry in entries { try entry.vector.requireDimension(space.dimension) }
    guard !entries.isEmpty else { return }
    let writer = VectorWriter(try await madeTable(of: space), followsRecords: followsRecords)
    let rows = try writer.rows(entries)
    if rows.count < VectorWriter.copyThreshold {
      try await pool.ask(writer.statements(rows)) { _ in }
    } else {
      try await pool.write(.repeatable) { try writer.copy(rows, $0) }
    }
  }

  /// Deletes entries; unknown ids are no error. Returns how many there were.
  @discardableResult
  public func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    guard let table = try await table(of: space) else { return 0 }
    let names = RecordNames(ids, in: namespace)
    let deletion = "DELETE FROM \(table.name) WHERE \(names.condition)"
    return try await pool.ask([Statement(deletion, names.values)]) { $0[0].changeCount }
  }

  /// The entries of the ids that exist, in no particular order.
  public func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    guard let table = try await table(of: space) else { return [] }
    let names = RecordNames(ids, in: namespace)
    return try await pool.rows(
      "SELECT \(VectorTable.selection) FROM \(table.name) WHERE \(names.condition)",
      names.values, table.decode)
  }

  /// The content hashes of the ids that exist.
  public func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    guard let table = try await table(of: space) else { return [:] }
    let names = RecordNames(ids, in: namespace)
    let pairs = try await pool.rows(
      "SELECT id, content_hash FROM \(table.name) WHERE \(names.condition)", names.values
    ) { (try RecordID($0.text(0)), try ContentHash(bytes: $0.bytes(1))) }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  /// The nearest entries that pass the filter, best first, ties by id; see ``VectorStore``.
  public func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    let isExact = settings.indexKind == .exact || limit > VectorSearch.maximumIndexedLimit
    let (spaceCache, efSearch) = (spaceCache, settings.efSearch)
    return try await pool.read { connection in
      guard let table = try spaceCache.table(of: space, connection) else { return [] }
      let search = VectorSearch(
        table: table, namespace: namespace, filter: filter, limit: limit)
      return try spaceCache.usesIndex(table, connection) && !isExact
        ? try search.indexed(query, efSearch: efSearch, connection)
        : try search.exact(query, connection)
    }
  }

  /// How many entries pass the filter.
  public func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter)
    async throws -> Int
  {
    guard let table = try await table(of: space) else { return 0 }
    var parameters = Parameters()
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    return try await pool.integer(
      "SELECT count(*) FROM \(table.name) WHERE \(condition)", parameters.values)
  }

  /// A page of a namespace's entries in id order, after `cursor`; empty at the end.
  public func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try Limit.check(limit)
    guard let table = try await table(of: space) else { return [] }
    return try await pool.rows(
      """
      SELECT \(VectorTable.selection) FROM \(table.name)
      WHERE namespace = $1 AND id IN (SELECT DISTINCT id FROM \(table.name)
        WHERE namespace = $1 AND id > $2 ORDER BY id LIMIT $3)
      ORDER BY id, part
      """,
      [.text(namespace.name), .text(cursor?.text ?? ""), .integer(Int64(limit))], table.decode)
  }

  /// The table of a space; nil where there is none.
  private func table(of space: EmbeddingSpace) async throws -> VectorTable? {
    if let known = spaceCache.knownTable(of: space) { return known }
    let spaceCache = spaceCache
    return try await pool.read { try spaceCache.table(of: space, $0) }
  }

  /// Builds the index of the configured kind anew, while others read; writers wait.
  ///
  /// IVFFlat needs rows to find its clusters: below 1000 it is not built. Complexity:
  /// O(vectors × log(vectors)) for HNSW.
  public func rebuildIndex(in space: EmbeddingSpace) async throws {
    let indexKind = settings.indexKind
    try await pool.maintain { connection in
      let built = try connection.write { connection in
        let table = try VectorTable.find(space, connection)
        if let table { try IndexBuilder(table, indexKind, connection).rebuild() }
        return table
      }
      // Until then, counting the rows that pass a filter would have to look at each of them.
      if let built { try connection.executeScript("VACUUM \(built.name)") }
    }
    spaceCache.forget(space)
  }

  /// Gives back room that deleted and replaced entries took, and counts what is there anew.
  public func compact() async throws {
    try await tend("VACUUM (ANALYZE)")
  }

  /// Writes every table of the schema anew, records and words among them; each is locked meanwhile.
  ///
  /// - Returns: What may still hold what was deleted and is the server's: its write-ahead log, and
  ///   its statistics where the role may not write those anew.
  public func scrub() async throws -> [String] {
    try await pool.maintain { connection in
      let tables = try connection.rows(
        """
        SELECT quote_ident(c.relname) FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY 1
        """
      ) { $0.text(0) }
      for table in tables { try connection.executeScript("VACUUM (FULL, ANALYZE) \(table)") }
      return try ServerRemains.clear(connection)
    }
  }

  /// Counts what is there anew, so that the server plans well; nobody waits for it.
  public func analyze() async throws {
    try await tend("ANALYZE")
  }

  /// Runs a command of the server for each table that grows.
  private func tend(_ command: String) async throws {
    try await pool.maintain { connection in
      let places = try connection.rows("SELECT place FROM space") {
        try VectorTable.checked($0.text(0))
      }
      for name in places + ["record", "version", "audit"] {
        try connection.executeScript("\(command) \(name)")
      }
    }
  }
}
