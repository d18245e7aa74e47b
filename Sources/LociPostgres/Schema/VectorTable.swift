import Foundation
import LociCore
import LociSQL

/// The table of a space, and how an entry lies in it.
struct VectorTable: Sendable {
  /// pgvector's `halfvec` can be indexed up to this many components.
  static let maximumIndexedDimension = 4000
  /// pgvector's `vector` has at most this many components.
  static let maximumDimension = 16_000

  let space: EmbeddingSpace
  let name: String

  init(_ space: EmbeddingSpace, name: String) {
    self.space = space
    self.name = name
  }

  /// What a new space's table is called.
  static func name(of space: EmbeddingSpace) -> String { "vector_\(space.key)" }

  /// A name that can stand in SQL as it is, or ``LociError/Code/corrupt``.
  static func checked(_ name: String) throws(LociError) -> String {
    guard name.wholeMatch(of: #/vector_[0-9a-f]{32}/#) != nil else {
      throw LociError(.corrupt, "A space's table has a name that Loci never gives.")
    }
    return name
  }

  /// The table of a space, where there is one.
  static func find(_ space: EmbeddingSpace, _ connection: Connection) throws -> VectorTable? {
    try connection.first("SELECT place FROM space WHERE key = $1", [.text(space.key)]) {
      VectorTable(space, name: try checked($0.text(0)))
    }
  }

  /// The table of a space, made where it is missing, inside the caller's transaction.
  static func ensure(
    _ space: EmbeddingSpace, _ connection: Connection, indexKind: PostgresSettings.IndexKind
  ) throws -> VectorTable {
    try connection.execute(Schema.lock)
    // Read under the lock: another process may have been faster.
    if let found = try find(space, connection) { return found }
    let table = VectorTable(space, name: name(of: space))
    try table.make(connection, indexKind: indexKind)
    return table
  }

  private func make(_ connection: Connection, indexKind: PostgresSettings.IndexKind) throws {
    guard space.dimension <= Self.maximumDimension else {
      throw LociError(
        .unsupported, "A space has \(space.dimension) dimensions; pgvector holds up to 16000.")
    }
    try connection.executeScript(definition)
    if let index = index(indexKind), indexKind == .hnsw { try connection.execute(index) }
    try connection.execute(
      "INSERT INTO space (key, definition, place) VALUES ($1, $2, $3)",
      [.text(space.key), .text(try space.definition()), .text(name)])
  }

  /// Every space of the store.
  static func spaces(_ connection: Connection) throws -> [EmbeddingSpace] {
    try connection.rows("SELECT definition FROM space ORDER BY number") {
      try EmbeddingSpace(definition: $0.text(0))
    }
  }

  /// Vectors stay in their rows as long as they fit into a page: an exact search reads all of them.
  private var definition: String {
    """
    CREATE TABLE \(name) (
      namespace text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      part bigint NOT NULL DEFAULT 0,
      embedded_at bigint,
      content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
      \(AttributeColumns.definitions(ContextMigration.typeName)),
      metadata text NOT NULL,
      facts jsonb GENERATED ALWAYS AS (metadata::jsonb) STORED,
      components vector(\(space.dimension)) NOT NULL,
      PRIMARY KEY (namespace, id, part)
    ) WITH (toast_tuple_target = 8160);
    CREATE INDEX ON \(name) USING gin (facts jsonb_path_ops);
    CREATE INDEX ON \(name) (namespace, category) WHERE category IS NOT NULL;
    CREATE INDEX ON \(name) (namespace, source_uri) WHERE source_uri IS NOT NULL;
    """
  }

  // MARK: The index

  /// The vectors in half precision, as they are indexed.
  var halves: String { "components::halfvec(\(space.dimension))" }

  /// The name of the index; there is one at most.
  var indexName: String { "\(name)_near" }

  /// Whether the table has an index that can be used.
  func hasIndex(_ connection: Connection) throws -> Bool {
    // By the table: an index of this name elsewhere on the search path is another store's.
    try connection.first(
      """
      SELECT 1 FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      WHERE i.indrelid = '\(name)'::regclass AND c.relname = '\(indexName)' AND i.indisvalid
      """, [], { _ in true }) != nil
  }

  /// Makes the index; nil where there is none of that kind for the space.
  func index(
    _ kind: PostgresSettings.IndexKind, named index: String? = nil, rows: Int = 0
  ) -> String? {
    guard space.dimension <= Self.maximumIndexedDimension else { return nil }
    let name = index ?? indexName
    let method: String
    switch kind {
    case .exact: return nil
    case .hnsw: method = "hnsw ((\(halves)) halfvec_cosine_ops)"
    case .ivfflat:
      // pgvector's advice: a thousandth of the rows up to a million, then their square root.
      let lists = max(10, rows <= 1_000_000 ? rows / 1000 : Int(Double(rows).squareRoot()))
      method = "ivfflat ((\(halves)) halfvec_cosine_ops) WITH (lists = \(lists))"
    }
    return "CREATE INDEX \(name) ON \(self.name) USING \(method)"
  }

  // MARK: Rows

  /// The columns that ``decode(_:)`` reads.
  static let selection = EntryCodec.columns.list + ", components"

  /// An entry's values, in the order of the columns.
  func values(_ entry: VectorEntry) throws -> [Value] {
    try EntryCodec.values(entry).map(Value.init) + [.vector(entry.vector.components)]
  }

  /// Reads an entry, or throws ``LociError/Code/corrupt``.
  func decode(_ row: Row) throws -> VectorEntry {
    try EntryCodec.decode(row) {
      try UnitVector(normalizing: components(row, EntryCodec.columns.count))
    }
  }

  /// As pgvector's `vector_send` writes it: the dimension, an unused field, the components.
  private func components(_ row: Row, _ column: Int) throws -> [Float] {
    unsafe try row.withBytes(column) { bytes in
      guard bytes.count == 4 + space.dimension * 4 else {
        throw LociError(
          .corrupt, "A stored vector has \(bytes.count) bytes; \(4 + space.dimension * 4) expected."
        )
      }
      return (0..<space.dimension).map { index in
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 + index * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(bigEndian: bits))
      }
    }
  }
}
