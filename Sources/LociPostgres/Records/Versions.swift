import LociCore
import LociSQL

/// The statements about the earlier texts of records. What erases a record erases them.
enum VersionRow {
  private static let columns = VersionCodec.columns

  /// Reads those of records, oldest first.
  static func reading(_ ids: some Collection<RecordID>, in namespace: Namespace) -> Statement {
    let names = RecordNames(ids, in: namespace)
    return Statement(
      "SELECT \(columns.list) FROM version WHERE \(names.condition) ORDER BY id, number",
      names.values)
  }

  /// Reads the newest one of each record.
  static func readingLast(_ ids: some Collection<RecordID>, in namespace: Namespace) -> Statement {
    let names = RecordNames(ids, in: namespace)
    return Statement(
      """
      SELECT DISTINCT ON (id) \(columns.list) FROM version WHERE \(names.condition)
      ORDER BY id, number DESC
      """, names.values)
  }

  static func insertion(_ version: RecordVersion) -> Statement {
    Statement(
      """
      INSERT INTO version (\(columns.list))
      VALUES (\((1...columns.count).map { "$\($0)" }.joined(separator: ", ")))
      """, VersionCodec.values(version).map(Value.init))
  }

  /// Erases those of records that stay.
  static func deletion(_ ids: some Collection<RecordID>, in namespace: Namespace) -> Statement {
    let names = RecordNames(ids, in: namespace)
    return Statement("DELETE FROM version WHERE \(names.condition)", names.values)
  }
}
