import LociCore
import LociSQL

/// Keeps the words of all records in step with how Loci cuts texts into words.
enum WordIndex {
  private static let setting = "words_version"

  /// What changes of a record's row where its words do; binds the values.
  static func changes(_ words: IndexedWords, _ values: inout [Value]) -> [String] {
    let count = values.count
    values += Self.values(words)
    return [
      "words = \(WordText.vector("$\(count + 1)"))", "word_count = $\(count + 2)",
      "further_parts = $\(count + 3)",
    ]
  }

  /// The first part of the words, how many there are, and how many parts more.
  static func values(_ words: IndexedWords) -> [Value] {
    [
      .text(words.parts[0].words), .integer(Int64(words.count)),
      .integer(Int64(words.parts.count - 1)),
    ]
  }

  /// Writes the words of a text that are beyond the first part, which lies in the record's row.
  static func insertions(_ record: Record, _ words: IndexedWords) -> [Statement] {
    words.parts.enumerated().dropFirst().map { number, part in
      Statement(
        """
        INSERT INTO word_part (namespace, id, number, words, border)
        VALUES ($1, $2, $3, \(WordText.vector("$4")), \(WordText.vector("$5")))
        """,
        [
          .text(record.namespace.name), .text(record.id.text), .integer(Int64(number)),
          .text(part.words), .text(part.border),
        ])
    }
  }

  /// Writes the further parts of a text that has changed.
  static func replacements(_ record: Record, _ words: IndexedWords) -> [Statement] {
    [
      Statement(
        "DELETE FROM word_part WHERE namespace = $1 AND id = $2",
        [.text(record.namespace.name), .text(record.id.text)])
    ] + insertions(record, words)
  }

  /// Indexes everything anew where another version of Loci has cut the texts.
  static func update(_ connection: Connection) throws {
    guard try version(connection) != WordText.version else { return }
    try connection.withoutTimeout {
      try connection.write { connection in
        try connection.execute(Schema.lock)
        // Read again under the lock: another process may have been faster.
        guard try version(connection) != WordText.version else { return }
        // Whoever writes meanwhile would have other words.
        try connection.execute("LOCK TABLE record IN SHARE ROW EXCLUSIVE MODE")
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
          let words = IndexedWords(record)
          var values: [Value] = [.text(record.namespace.name), .text(record.id.text)]
          let changes = Self.changes(words, &values)
          let update = Statement(
            "UPDATE record SET \(changes.joined(separator: ", ")) WHERE namespace = $1 AND id = $2",
            values)
          return [update] + insertions(record, words)
        })
      last = page.last
    } while last != nil
    try WordTotals.recountAll(connection)
  }
}
