import LociCore
import LociSQL

/// Writes entries of one space.
struct VectorWriter {
  /// From this many entries on, they are copied in.
  static let copyThreshold = 64
  /// So many in one statement, which stays far below the statement timeout.
  private static let copySize = 10_000
  /// So many where the table has an HNSW index, which takes its time over each.
  private static let indexedCopySize = 1000

  private let table: VectorTable
  private let followsRecords: Bool

  init(_ table: VectorTable, followsRecords: Bool) {
    self.table = table
    self.followsRecords = followsRecords
  }

  /// The rows of entries; the last of two of one name wins.
  func rows(_ entries: [VectorEntry]) throws -> [[Value]] {
    try Self.last(of: entries).map { try table.values(entries[$0]) }
  }

  /// The statements that add or replace a few rows.
  func statements(_ rows: [[Value]]) -> [Statement] {
    let sql = insertion(of: followsRecords ? Self.recordAndValues : Self.plainValues)
    // Beside records, only name, hash, part, time and vector count.
    return rows.map { Statement(sql, followsRecords ? Array($0[0..<5] + $0.suffix(1)) : $0) }
  }

  /// The places of the last entry of each name, in the order of names, so that two batches at once
  /// never wait for each other.
  private static func last(of entries: [VectorEntry]) -> [Int] {
    let namespaces = Dictionary(grouping: entries.indices) { entries[$0].attributes.namespace }
    return namespaces.sorted { $0.key < $1.key }.flatMap { _, places in
      let parts = Dictionary(grouping: places) { entries[$0].id }
      return parts.sorted { $0.key < $1.key }.flatMap { _, places in
        let last = Dictionary(places.map { (entries[$0].part, $0) }, uniquingKeysWith: { $1 })
        return last.sorted { $0.key < $1.key }.map(\.value)
      }
    }
  }

  /// Adds or replaces many rows inside the caller's transaction.
  ///
  /// All at once where they are new, as a first batch's are. Not so where an HNSW index makes it
  /// dear to find out that they are not, or where each needs its record.
  func copy(_ rows: [[Value]], _ connection: Connection) throws {
    let isIndexed = try table.hasIndex(connection)
    if !followsRecords, !isIndexed,
      try connection.unlessTaken({ connection in
        for part in parts(of: rows, by: Self.copySize) {
          try copy(part, into: table.name, connection)
        }
      })
    {
      return
    }
    try merge(rows, by: isIndexed ? Self.indexedCopySize : Self.copySize, connection)
  }

  /// Copies rows into a table of this connection, and moves them from there.
  private func merge(_ rows: [[Value]], by size: Int, _ connection: Connection) throws {
    let incoming = "incoming_\(table.space.key)"
    try connection.executeScript(
      """
      CREATE TEMP TABLE IF NOT EXISTS \(incoming) ON COMMIT DELETE ROWS AS
        SELECT \(VectorTable.selection) FROM \(table.name) WITH NO DATA;
      """)
    let insertion = insertion(
      of: followsRecords ? recordAndIncoming(incoming) : plainIncoming(incoming))
    for part in parts(of: rows, by: size) {
      if part.startIndex > 0 { try connection.execute("TRUNCATE \(incoming)") }
      try copy(part, into: incoming, connection)
      try connection.execute(insertion)
    }
  }

  private func parts(
    of rows: [[Value]], by size: Int
  ) -> some Sequence<ArraySlice<[Value]>> {
    stride(from: 0, to: rows.count, by: size).lazy.map {
      rows[$0..<min($0 + size, rows.count)]
    }
  }

  private func copy(
    _ rows: ArraySlice<[Value]>, into table: String, _ connection: Connection
  ) throws {
    var stream = CopyStream(rows)
    try connection.copy(
      "COPY \(table) (\(VectorTable.selection)) FROM STDIN (FORMAT binary)"
    ) { stream.next() }
  }

  // MARK: SQL

  private func insertion(of source: String) -> String {
    """
    INSERT INTO \(table.name) (\(VectorTable.selection))
    \(source)
    ON CONFLICT (namespace, id, part) DO UPDATE SET \(Self.replaced.takenOver)
    """
  }

  private static let replaced = Columns(EntryCodec.replaceable + ["components"])

  private static let plainValues = """
    VALUES (\((1...EntryCodec.columns.count + 1).map { "$\($0)" }.joined(separator: ", ")))
    """

  /// The record says what filters see; where it is gone or its text is another by now, there is no
  /// row. It is held until the end, so that a change of it can't miss the vector.
  private static let recordAndValues = """
    SELECT \(EntryCodec.selection(from: "record") { $0 == .part ? "$4::bigint" : "$5::bigint" }),
      $6::vector FROM record
    WHERE namespace = $1 AND id = $2 AND content_hash = $3 FOR SHARE
    """

  /// Rows come in the order in which they were copied.
  private func plainIncoming(_ incoming: String) -> String {
    "SELECT \(VectorTable.selection) FROM \(incoming)"
  }

  private func recordAndIncoming(_ incoming: String) -> String {
    """
    SELECT \(EntryCodec.selection(from: "r") { "i.\($0.rawValue)" }), i.components
    FROM \(incoming) AS i JOIN record AS r USING (namespace, id)
    WHERE r.content_hash = i.content_hash ORDER BY r.namespace, r.id FOR SHARE OF r
    """
  }
}

/// Rows as PostgreSQL's binary COPY format, in pieces of some 64 KiB.
struct CopyStream {
  private static let pieceSize = 64 << 10
  private var rows: ArraySlice<[Value]>
  private var isStarted = false
  private var isEnded = false

  init(_ rows: ArraySlice<[Value]>) { self.rows = rows }

  /// The next piece; nil at the end.
  mutating func next() -> [UInt8]? {
    guard !isEnded else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.pieceSize + 4096)
    if !isStarted {
      isStarted = true
      bytes += Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]
      bytes.append(bigEndian: Int32(0))  // flags
      bytes.append(bigEndian: Int32(0))  // the length of what could come here
    }
    while bytes.count < Self.pieceSize, let row = rows.popFirst() { Self.append(row, to: &bytes) }
    if rows.isEmpty {
      isEnded = true
      bytes.append(bigEndian: Int16(-1))
    }
    return bytes
  }

  private static func append(_ row: [Value], to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int16(truncatingIfNeeded: row.count))
    for value in row {
      let place = bytes.count
      bytes.append(bigEndian: Int32(-1))  // NULL's length, until it is known
      guard let length = value.append(to: &bytes) else { continue }
      unsafe Swift.withUnsafeBytes(of: Int32(truncatingIfNeeded: length).bigEndian) {
        unsafe bytes.replaceSubrange(place..<(place + 4), with: $0)
      }
    }
  }
}
