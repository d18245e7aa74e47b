import LociCore
import LociSQL

/// Version 12: each line of the audit log carries the hash of the line before it in its namespace.
/// Lines that are there already are chained as they are; what their records were is not known.
enum AuditChainMigration: Migration {
  static let version = 12

  static func up(_ connection: Connection) throws {
    for column in ["previous", "state", "hash"] {
      try connection.executeScript("ALTER TABLE audit ADD COLUMN \(column) BLOB;")
    }
    var heads: [String: ChainHash] = [:]
    var sequence = Int64.min
    while true {
      let page = try connection.rows(
        """
        SELECT sequence, namespace, time, action, record, actor FROM audit
        WHERE sequence > ? ORDER BY sequence LIMIT 1000
        """, [.integer(sequence)]
      ) { row in
        let namespace = row.text(1)
        let previous = heads[namespace] ?? .start
        let hash = AuditChain.hash(
          namespace, row.integer(2), row.text(3), row.text(4), row.optionalText(5), nil,
          after: previous)
        heads[namespace] = hash
        return (sequence: row.integer(0), previous: previous, hash: hash)
      }
      guard let last = page.last?.sequence else { return }
      for line in page {
        try connection.execute(
          "UPDATE audit SET previous = ?, hash = ? WHERE sequence = ?",
          [.bytes(line.previous.bytes), .bytes(line.hash.bytes), .integer(line.sequence)])
      }
      sequence = last
    }
  }

  static func down(_ connection: Connection) throws {
    for column in ["hash", "state", "previous"] {
      try connection.executeScript("ALTER TABLE audit DROP COLUMN \(column);")
    }
  }
}
