import LociCore

/// The notes of a store, inside the caller's transaction.
struct Notes {
  let connection: Connection

  static func reading(_ name: StoreNote) -> Statement {
    Statement("SELECT value FROM note WHERE name = $1", [.text(name.name)])
  }

  subscript(name: StoreNote) -> String? {
    get throws {
      let note = Self.reading(name)
      return try connection.first(note.sql, note.values) { $0.text(0) }
    }
  }

  func set(_ name: StoreNote, to value: String?, replacing expected: String?) throws {
    // One at a time, and never while a change to the records is under way.
    try connection.run([AuditLog.lock])
    try name.require(self[name], toBe: expected)
    if let value {
      try connection.execute(
        """
        INSERT INTO note (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """, [.text(name.name), .text(value)])
    } else {
      try connection.execute("DELETE FROM note WHERE name = $1", [.text(name.name)])
    }
  }
}
