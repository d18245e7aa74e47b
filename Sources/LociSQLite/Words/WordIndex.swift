import LociCore
import LociSQL

/// The FTS5 index of words, kept in step with `record` by the code that writes there.
///
/// It holds each record's words and, with the same weight, its source's heading's. With them go the
/// totals of each namespace; see ``WordSpace``.
enum WordIndex {
  private static let versionSetting = "segmenter_version"

  /// Adds a record's words.
  static func insert(_ record: Record, number: Int64, _ connection: Connection) throws {
    try insert(
      RecordWords(record), number: number, counts: counts(record),
      in: WordSpace.make(record.namespace, connection), connection)
  }

  private static func insert(
    _ words: RecordWords, number: Int64, counts: Bool, in space: WordSpace,
    _ connection: Connection
  ) throws {
    try connection.execute(
      "INSERT INTO words (rowid, text, heading) VALUES (?, ?, ?)",
      columns(words, row: space.row(number, counts: counts)))
    if counts { try space.add(1, length: words.count, connection) }
  }

  /// Removes a record's words. A contentless index must be told what they were: `record` is the
  /// record as it was indexed.
  static func delete(_ record: Record, number: Int64, _ connection: Connection) throws {
    let (words, counts) = (RecordWords(record), counts(record))
    let space = try WordSpace.make(record.namespace, connection)
    try connection.execute(
      "INSERT INTO words (words, rowid, text, heading) VALUES ('delete', ?, ?, ?)",
      columns(words, row: space.row(number, counts: counts)))
    if counts { try space.add(-1, length: -words.count, connection) }
  }

  /// Puts a record's words in the place of those that it had.
  static func replace(
    _ old: Record, by new: Record, number: Int64, _ connection: Connection
  ) throws {
    guard !old.hasSameWords(as: new) || counts(old) != counts(new) else { return }
    try delete(old, number: number, connection)
    try insert(new, number: number, connection)
  }

  private static func counts(_ record: Record) -> Bool {
    WordStatistics.counted.matches(VectorAttributes(of: record))
  }

  private static func columns(_ words: RecordWords, row: Int64) -> [Value] {
    [
      .integer(row), .text(words.text.joined(separator: " ")),
      .text(words.heading.joined(separator: " ")),
    ]
  }

  /// Indexes everything anew where the file's segmenter is another one.
  static func update(_ connection: Connection) throws {
    guard try storedVersion(connection) != Segmenter.version else { return }
    try connection.write { connection in
      // Read again under the lock: another process may have been faster.
      if try storedVersion(connection) != Segmenter.version { try rebuild(connection) }
    }
  }

  private static func storedVersion(_ connection: Connection) throws -> Int64 {
    try connection.integer("SELECT value FROM setting WHERE name = ?", [.text(versionSetting)])
  }

  /// Indexes everything anew, inside the caller's transaction. Complexity: O(size of all texts).
  static func rebuild(_ connection: Connection) throws {
    try connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    try connection.execute("DELETE FROM word_space")
    let names = try connection.rows("SELECT DISTINCT namespace FROM record") { $0.text(0) }
    for name in names {
      let space = try WordSpace.make(Namespace(name), connection)
      try forEachRecord(of: Namespace(name), connection) { number, words, counts in
        try insert(words, number: number, counts: counts, in: space, connection)
      }
    }
    try connection.execute(
      "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      [.text(versionSetting), .integer(Segmenter.version)])
  }

  /// Lends every record's number and words, and whether it counts.
  static func forEachRecord(
    of namespace: Namespace, _ connection: Connection,
    _ body: (Int64, RecordWords, Bool) throws -> Void
  ) throws {
    let counted = try FilterSQL(WordStatistics.counted, in: namespace, table: "record")
    try connection.forEach(
      """
      SELECT number, text, source_heading, \(counted.sql) FROM record WHERE namespace = ?
      """, counted.values + [.text(namespace.name)]
    ) { row in
      let words = RecordWords(text: row.text(1), heading: row.text(2))
      try body(row.integer(0), words, row.integer(3) == 1)
      return true
    }
  }

  /// Merges the index into one piece, which makes searching fastest.
  static func optimize(_ connection: Connection) throws {
    try connection.execute("INSERT INTO words (words) VALUES ('optimize')")
  }

  /// The pages of the index that one step merges: some milliseconds.
  private static let mergedPages = 64

  /// Merges a little of the index; false where nothing was left to merge.
  static func merge(_ connection: Connection) throws -> Bool {
    let before = try connection.first("SELECT total_changes()") { $0.integer(0) } ?? 0
    try connection.execute(
      "INSERT INTO words (words, rank) VALUES ('merge', ?)", [.integer(Int64(mergedPages))])
    let after = try connection.first("SELECT total_changes()") { $0.integer(0) } ?? 0
    // As FTS5 says: one change is this row's own.
    return after - before >= 2
  }
}
