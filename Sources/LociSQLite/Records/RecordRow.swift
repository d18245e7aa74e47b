import LociCore
import LociSQL

/// The statements that write a record's row.
enum RecordRow {
  /// What ``RecordCodec`` reads, then the row's number.
  static let selection = RecordCodec.columns.list(of: "record") + ", record.number"

  static let insertion = """
    INSERT INTO record (\(RecordCodec.columns.list))
    VALUES (\(RecordCodec.columns.parameters))
    """

  /// Takes the record's values, then the row's number.
  static let update = """
    UPDATE record SET \(RecordCodec.columns.names.map { "\($0) = ?" }.joined(separator: ", "))
    WHERE number = ?
    """

  /// The number of a row of ``selection``.
  static func number(_ row: Row) -> Int64 { row.integer(RecordCodec.columns.count) }
}
