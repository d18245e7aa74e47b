import LociCore
import LociSQL

/// The notes of a file, inside the caller's transaction.
struct Notes {
  let connection: Connection

  var all: StoreNotes {
    get throws {
      var notes = StoreNotes()
      for (name, value) in try connection.rows(
        "SELECT name, value FROM note", [], { ($0.text(0), $0.text(1)) })
      {
        if let name = StoreNote.named(name) { notes[name] = value }
      }
      return notes
    }
  }

  func set(_ notes: StoreNotes, replacing expected: StoreNotes) throws {
    try all.require(toBe: expected)
    for name in notes.changed(from: expected) {
      if let value = notes[name] {
        try connection.execute(
          "INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)",
          [.text(name.name), .text(value)])
      } else {
        try connection.execute("DELETE FROM note WHERE name = ?", [.text(name.name)])
      }
    }
  }

  /// Throws where the records have moved away.
  func requireUnsealed() throws {
    let seal = [Value.text(StoreNote.seal.name)]
    try StoreNotes.requireUnsealed(
      connection.first("SELECT value FROM note WHERE name = ?", seal) { $0.text(0) })
  }
}
