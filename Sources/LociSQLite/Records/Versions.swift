import LociCore
import LociSQL

/// The earlier texts of records, inside the caller's transaction. What erases a record erases them.
extension Connection {
  /// Those of records, oldest first.
  func versions(of ids: [RecordID], in namespace: Namespace) throws -> [RecordVersion] {
    try rows(
      """
      SELECT \(VersionCodec.columns.list) FROM version
      WHERE namespace = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id, number
      """,
      [.text(namespace.name), .text(try MetadataJSON.array(ids.map(\.text)))], VersionCodec.decode)
  }

  /// The newest one of a record.
  func lastVersion(of id: RecordID, in namespace: Namespace) throws -> RecordVersion? {
    try first(
      """
      SELECT \(VersionCodec.columns.list) FROM version
      WHERE namespace = ? AND id = ? ORDER BY number DESC LIMIT 1
      """, [.text(namespace.name), .text(id.text)], VersionCodec.decode)
  }

  func insert(_ version: RecordVersion) throws {
    try execute(
      """
      INSERT INTO version (\(VersionCodec.columns.list))
      VALUES (\(VersionCodec.columns.parameters))
      """, VersionCodec.values(version))
  }

  /// Puts versions in the place of a record's own.
  func replaceVersions(of record: Record, by versions: [RecordVersion]) throws {
    try execute(
      "DELETE FROM version WHERE namespace = ? AND id = ?",
      [.text(record.namespace.name), .text(record.id.text)])
    for version in versions { try insert(version) }
  }
}
