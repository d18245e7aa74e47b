import LociCore

/// Keeps the words of all records in step with how Loci cuts texts into words.
enum WordIndex {
  private static let setting = "words_version"

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
    var last: Record?
    repeat {
      let page = try connection.rows(
        """
        SELECT \(RecordRow.selection) FROM record WHERE (namespace, id) > ($1, $2)
        ORDER BY namespace, id LIMIT 200
        """,
        [.text(last?.namespace.name ?? ""), .text(last?.id.text ?? "")], RecordRow.unchecked)
      try connection.run(
        page.map { record in
          Statement(
            """
            UPDATE record SET words = \(WordText.vector("$3")) WHERE namespace = $1 AND id = $2
            """,
            [
              .text(record.namespace.name), .text(record.id.text),
              .text(WordText.indexed(record)),
            ])
        })
      last = page.last
    } while last != nil
  }
}
