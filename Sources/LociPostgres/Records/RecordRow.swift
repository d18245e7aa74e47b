import LociCore
import LociSQL

/// The statements that write a record's row and its words.
enum RecordRow {
  private static let columns = RecordCodec.columns

  /// The columns that ``RecordCodec`` reads.
  static let selection = columns.list

  /// Adds a record with its words.
  static func insertions(_ record: Record) throws -> [Statement] {
    let parts = WordText.indexed(record)
    let insertion = Statement(
      """
      INSERT INTO record (\(columns.list), words)
      VALUES (\((1...columns.count).map { "$\($0)" }.joined(separator: ", ")),
        \(WordText.vector("$\(columns.count + 1)")))
      """, try values(record) + [.text(parts[0])])
    return [insertion] + WordIndex.insertions(record, parts)
  }

  /// Puts a record in the place of another one of the same name.
  static func updates(from old: Record, to new: Record) throws -> [Statement] {
    // Namespace and id come first, and name the row.
    var changes = columns.names.enumerated().dropFirst(2).map { "\($1) = $\($0 + 1)" }
    var values = try values(new)
    var replacements: [Statement] = []
    if !old.hasSameWords(as: new) {
      let parts = WordText.indexed(new)
      values.append(.text(parts[0]))
      changes.append("words = \(WordText.vector("$\(values.count)"))")
      replacements = WordIndex.replacements(new, parts)
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
