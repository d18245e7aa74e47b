import LociCore
import LociSQL

/// The FTS5 index of words, kept in step with `record` by the code that writes there.
///
/// It holds each record's text and, with the same weight, its source's heading.
enum WordIndex {
  private static let versionSetting = "segmenter_version"

  /// Adds a record's words.
  static func insert(_ record: Record, number: Int64, _ connection: Connection) throws {
    try connection.execute(
      "INSERT INTO words (rowid, text, heading) VALUES (?, ?, ?)",
      columns(record, number: number))
  }

  /// Removes a record's words. A contentless index must be told what they were: `record` is the
  /// record as it was indexed.
  static func delete(_ record: Record, number: Int64, _ connection: Connection) throws {
    try connection.execute(
      "INSERT INTO words (words, rowid, text, heading) VALUES ('delete', ?, ?, ?)",
      columns(record, number: number))
  }

  private static func columns(_ record: Record, number: Int64) -> [Value] {
    [
      .integer(number), .text(Segmenter.indexed(record.text)),
      .text(Segmenter.indexed(record.source?.heading ?? "")),
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
    try connection.forEach("SELECT number, text, source_heading FROM record") { row in
      try connection.execute(
        "INSERT INTO words (rowid, text, heading) VALUES (?, ?, ?)",
        [
          .integer(row.integer(0)), .text(Segmenter.indexed(row.text(1))),
          .text(Segmenter.indexed(row.text(2))),
        ])
      return true
    }
    try connection.execute(
      "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      [.text(versionSetting), .integer(Segmenter.version)])
  }

  /// Merges the index into one piece, which makes searching fastest.
  static func optimize(_ connection: Connection) throws {
    try connection.execute("INSERT INTO words (words) VALUES ('optimize')")
  }
}
