import LociCore

/// Version 13: each line of the audit log carries the hash of the line before it in its namespace.
/// Lines that are there already are chained as they are; what their records were is not known.
enum AuditChainMigration: Migration {
  static let version = 13

  static let up = """
    ALTER TABLE audit ADD COLUMN previous bytea, ADD COLUMN state bytea, ADD COLUMN hash bytea;
    """

  static let down = "ALTER TABLE audit DROP COLUMN hash, DROP COLUMN state, DROP COLUMN previous;"

  static func finish(_ connection: Connection) throws {
    var heads: [String: ChainHash] = [:]
    var sequence = Int64.min
    while true {
      let page = try connection.rows(
        """
        SELECT sequence, namespace, time, action, record, actor FROM audit
        WHERE sequence > $1 ORDER BY sequence LIMIT 200
        """, [.integer(sequence)]
      ) { row in
        let namespace = row.text(1)
        let previous = heads[namespace] ?? .start
        let hash = AuditChain.hash(
          namespace, row.integer(2), row.text(3), row.text(4),
          row.isNull(5) ? nil : row.text(5), nil, after: previous)
        heads[namespace] = hash
        return (sequence: row.integer(0), previous: previous, hash: hash)
      }
      guard let last = page.last?.sequence else { return }
      try connection.run(
        page.map { line in
          Statement(
            "UPDATE audit SET previous = $1, hash = $2 WHERE sequence = $3",
            [
              .bytes(line.previous.bytes), .bytes(line.hash.bytes), .integer(line.sequence),
            ])
        })
      sequence = last
    }
  }
}
