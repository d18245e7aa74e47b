public import Foundation
public import LociCore
import LociSQL

/// Values by key, inside the caller's transaction.
extension Connection {
  fileprivate static let named = "namespace = ? AND shelf = ? AND key = ?"

  fileprivate func keyValue(_ name: KeyName) throws -> KeyValue? {
    try first(
      "SELECT \(KeyValueCodec.columns.list) FROM key_value WHERE \(Self.named)",
      KeyValueCodec.values(name), KeyValueCodec.decode)
  }

  func put(_ value: KeyValue) throws {
    try execute(
      """
      INSERT OR REPLACE INTO key_value (\(KeyValueCodec.columns.list))
      VALUES (\(KeyValueCodec.columns.parameters))
      """, KeyValueCodec.values(value))
  }

  func deleteKey(_ name: KeyName) throws {
    try execute("DELETE FROM key_value WHERE \(Self.named)", KeyValueCodec.values(name))
  }
}

extension SQLiteRecordStore {
  /// The value of a key; nil where there is none.
  public func keyValue(_ name: KeyName) async throws -> KeyValue? {
    try await pool.read { try $0.keyValue(name) }
  }

  /// A page of the values of a shelf, in the order of keys, after `key`.
  public func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue] {
    try Limit.check(limit)
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(KeyValueCodec.columns.list) FROM key_value
        WHERE namespace = ? AND shelf = ? AND key > ? ORDER BY key LIMIT ?
        """,
        [
          .text(namespace.name), .text(shelf.rawValue), .text(key ?? ""), .integer(Int64(limit)),
        ], KeyValueCodec.decode)
    }
  }

  /// Sets a key's value, or takes it away, where it still is what was expected.
  public func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    let new = try value.map { try KeyValue(name, value: $0, updatedAt: time) }
    try await pool.write { connection in
      try Notes(connection: connection).requireUnsealed()
      if expected != .anything { try expected.require(connection.keyValue(name)?.value) }
      if let new { try connection.put(new) } else { try connection.deleteKey(name) }
    }
  }

  /// A page of all values of the store, in the order of their names, after `name`.
  public func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue] {
    try Limit.check(limit)
    let start = name.map { KeyValueCodec.values($0) } ?? ["", "", ""].map(Value.text)
    return try await pool.read { connection in
      try connection.rows(
        """
        SELECT \(KeyValueCodec.columns.list) FROM key_value
        WHERE (namespace, shelf, key) > (?, ?, ?) ORDER BY namespace, shelf, key LIMIT ?
        """, start + [.integer(Int64(limit))], KeyValueCodec.decode)
    }
  }
}
