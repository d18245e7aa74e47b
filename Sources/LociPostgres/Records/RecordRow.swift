import LociCore
import LociSQL

/// The statements that write a record's row and its words.
enum RecordRow {
  private static let columns = RecordCodec.columns

  /// The columns that ``RecordCodec`` reads.
  static let selection = columns.list
  /// How many those are.
  static var columnCount: Int { columns.count }

  /// Adds a record with its words.
  static func insertions(_ record: Record) throws -> [Statement] {
    let words = IndexedWords(record)
    let count = columns.count
    let insertion = Statement(
      """
      INSERT INTO record (\(columns.list), words, word_count, further_parts)
      VALUES (\((1...count).map { "$\($0)" }.joined(separator: ", ")),
        \(WordText.vector("$\(count + 1)")), $\(count + 2), $\(count + 3))
      """, try values(record) + WordIndex.values(words))
    return [insertion] + WordIndex.insertions(record, words)
  }

  /// Puts a record in the place of another one of the same name.
  static func updates(from old: Record, to new: Record) throws -> [Statement] {
    // Namespace and id come first, and name the row.
    var changes = columns.names.enumerated().dropFirst(2).map { "\($1) = $\($0 + 1)" }
    var values = try values(new)
    var replacements: [Statement] = []
    if !old.hasSameWords(as: new) {
      let words = IndexedWords(new)
      changes += WordIndex.changes(words, &values)
      replacements = WordIndex.replacements(new, words)
    }
    let update = Statement(
      "UPDATE record SET \(changes.joined(separator: ", ")) WHERE namespace = $1 AND id = $2",
      values)
    return [update] + replacements
  }

  /// Erases a record.
  static func deletion(_ id: RecordID, in namespace: Namespace) -> Statement {
    Statement(
      "DELETE FROM record WHERE namespace = $1 AND id = $2",
      [.text(namespace.name), .text(id.text)])
  }

  private static func values(_ record: Record) throws -> [Value] {
    try RecordCodec.values(record).map(Value.init)
  }
}
