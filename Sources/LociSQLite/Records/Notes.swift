import LociCore
import LociSQL

/// The notes of a file, inside the caller's transaction.
struct Notes {
  let connection: Connection

  subscript(name: StoreNote) -> String? {
    get throws {
      try connection.first("SELECT value FROM note WHERE name = ?", [.text(name.name)]) {
        $0.text(0)
      }
    }
  }

  func set(_ name: StoreNote, to value: String?, replacing expected: String?) throws {
    try name.require(self[name], toBe: expected)
    if let value {
      try connection.execute(
        "INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", [.text(name.name), .text(value)])
    } else {
      try connection.execute("DELETE FROM note WHERE name = ?", [.text(name.name)])
    }
  }

  /// Throws where the records have moved away.
  func requireUnsealed() throws {
    try StoreNote.requireUnsealed(self[.seal])
  }
}
