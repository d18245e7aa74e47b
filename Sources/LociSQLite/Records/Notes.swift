import LociCore

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
    guard try self[name] == expected else {
      throw LociError(
        .conflict, "The store's note \"\(name.name)\" was changed by somebody else meanwhile.",
        remedy: "Try again.")
    }
    if let value {
      try connection.execute(
        "INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", [.text(name.name), .text(value)])
    } else {
      try connection.execute("DELETE FROM note WHERE name = ?", [.text(name.name)])
    }
  }

  /// Throws where the records have moved away.
  func requireUnsealed() throws {
    guard let place = try self[.seal] else { return }
    throw LociError(
      .moved, "The records have moved to \(place); this store takes no changes any more.",
      remedy: "Set store.backend to \(place), or move back with `loci migrate --rollback`.")
  }
}
