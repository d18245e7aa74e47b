import LociCore

/// The notes of a store, inside the caller's transaction.
struct Notes {
  let connection: Connection

  /// Asks for the seal alone: what ``StoreNotes/requireUnsealed(_:)`` looks at.
  static let readingSeal = Statement(
    "SELECT value FROM note WHERE name = $1", [.text(StoreNote.seal.name)])

  static let reading = Statement("SELECT name, value FROM note", [])

  /// The notes in the answer to ``reading``.
  static func all(in answer: ResultSet) -> StoreNotes {
    var notes = StoreNotes()
    for row in answer.rows {
      guard let name = StoreNote.named(row.text(0)) else { continue }
      notes[name] = row.text(1)
    }
    return notes
  }

  func set(_ notes: StoreNotes, replacing expected: StoreNotes) throws {
    // One at a time, and never while a change to the records is under way.
    try connection.run([AuditLog.lock])
    try connection.run([Self.reading]).map(Self.all).first?.require(toBe: expected)
    for name in notes.changed(from: expected) {
      if let value = notes[name] {
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
}
