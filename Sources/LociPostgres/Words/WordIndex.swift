import LociCore
import LociSQL

/// Keeps the words of all records in step with how Loci cuts texts into words.
enum WordIndex {
  private static let setting = "words_version"

  /// Writes the words of a text that are beyond the first part, which lies in the record's row.
  static func insertions(_ record: Record, _ parts: [String]) -> [Statement] {
    parts.enumerated().dropFirst().map { number, words in
      Statement(
        """
        INSERT INTO word_part (namespace, id, number, words)
        VALUES ($1, $2, $3, \(WordText.vector("$4")))
        """,
        [
          .text(record.namespace.name), .text(record.id.text), .integer(Int64(number)),
          .text(words),
        ])
    }
  }

  /// Writes the further parts of a text that has changed.
  static func replacements(_ record: Record, _ parts: [String]) -> [Statement] {
    [
      Statement(
        "DELETE FROM word_part WHERE namespace = $1 AND id = $2",
        [.text(record.namespace.name), .text(record.id.text)])
    ] + insertions(record, parts)
  }

  /// Indexes everything anew where another version of Loci has cut the texts.
  static func update(_ connection: Connection) throws {
    guard try version(connection) != WordText.version else { return }
    try connection.withoutTimeout {
      try connection.write { connection in
        try connection.execute(Schema.lock)
        // Read again under the lock: another process may have been faster.
        guard try version(connection) != WordText.version else { return }
        try rebuild(connection)
        try connection.execute(
          """
          INSERT INTO setting (name, value) VALUES ($1, $2)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value
          """, [.text(setting), .text(WordText.version)])
      }
    }
  }

  private static func version(_ connection: Connection) throws -> String? {
    try connection.first("SELECT value FROM setting WHERE name = $1", [.text(setting)]) {
      $0.text(0)
    }
  }

  /// Indexes everything anew, in pages. Complexity: O(size of all texts).
  private static func rebuild(_ connection: Connection) throws {
    try connection.execute("DELETE FROM word_part")
    var last: Record?
    repeat {
      let page = try connection.rows(
        """
        SELECT \(RecordCodec.columns.list) FROM record WHERE (namespace, id) > ($1, $2)
        ORDER BY namespace, id LIMIT 200
        """,
        [.text(last?.namespace.name ?? ""), .text(last?.id.text ?? "")], RecordCodec.unchecked)
      try connection.run(
        page.flatMap { record in
          let parts = WordText.indexed(record)
          let update = Statement(
            """
            UPDATE record SET words = \(WordText.vector("$3")) WHERE namespace = $1 AND id = $2
            """,
            [.text(record.namespace.name), .text(record.id.text), .text(parts[0])])
          return [update] + insertions(record, parts)
        })
      last = page.last
    } while last != nil
  }
}
