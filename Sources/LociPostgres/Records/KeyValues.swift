public import Foundation
public import LociCore
import LociSQL

/// The statements about values by key.
enum KeyValueRow {
  static let columns = KeyValueCodec.columns
  private static let named = "namespace = $1 AND shelf = $2 AND key = $3"
  private static let parameters = "$1, $2, $3, $4, $5"

  static func reading(_ name: KeyName) -> Statement {
    Statement(
      "SELECT \(columns.list) FROM key_value WHERE \(named)",
      KeyValueCodec.values(name).map(Value.init))
  }

  /// Puts a value in the place of what was expected there; answers a row where it did.
  static func putting(_ value: KeyValue, expecting expected: KeyExpectation) -> Statement {
    let values = KeyValueCodec.values(value).map(Value.init)
    switch expected {
    case .anything:
      return Statement(
        """
        INSERT INTO key_value (\(columns.list)) VALUES (\(parameters))
        ON CONFLICT (namespace, shelf, key) DO UPDATE
        SET value = excluded.value, updated_at = excluded.updated_at RETURNING 1
        """, values)
    case .absent:
      return Statement(
        """
        INSERT INTO key_value (\(columns.list)) VALUES (\(parameters))
        ON CONFLICT DO NOTHING RETURNING 1
        """, values)
    case .value(let old):
      return Statement(
        """
        UPDATE key_value SET value = $4, updated_at = $5
        WHERE \(named) AND value = $6 RETURNING 1
        """,
        values + [.text(old)])
    }
  }

  static func deletion(_ name: KeyName) -> Statement {
    Statement(
      "DELETE FROM key_value WHERE \(named)", KeyValueCodec.values(name).map(Value.init))
  }

  static func deletion(_ name: KeyName, of value: String) -> Statement {
    Statement(
      "DELETE FROM key_value WHERE \(named) AND value = $4 RETURNING 1",
      KeyValueCodec.values(name).map(Value.init) + [.text(value)])
  }
}

extension PostgresRecordStore {
  /// The value of a key; nil where there is none.
  public func keyValue(_ name: KeyName) async throws -> KeyValue? {
    let reading = KeyValueRow.reading(name)
    return try await pool.rows(reading.sql, reading.values, KeyValueCodec.decode).first
  }

  /// A page of the values of a shelf, in the order of keys, after `key`.
  public func keyValues(
    on shelf: KeyShelf, in namespace: Namespace, after key: String?, limit: Int
  ) async throws -> [KeyValue] {
    try Limit.check(limit)
    return try await pool.rows(
      """
      SELECT \(KeyValueCodec.columns.list) FROM key_value
      WHERE namespace = $1 AND shelf = $2 AND key > $3 ORDER BY key LIMIT $4
      """,
      [.text(namespace.name), .text(shelf.rawValue), .text(key ?? ""), .integer(Int64(limit))],
      KeyValueCodec.decode)
  }

  /// Sets a key's value, or takes it away, where it still is what was expected.
  public func setKeyValue(
    _ name: KeyName, to value: String?, at time: Date, expecting expected: KeyExpectation
  ) async throws {
    let new = try value.map { try KeyValue(name, value: $0, updatedAt: time) }
    try await pool.write(.once) { connection in
      if let new {
        let putting = KeyValueRow.putting(new, expecting: expected)
        guard try connection.has(putting) else { throw KeyExpectation.conflict }
      } else {
        switch expected {
        case .anything: try connection.run([KeyValueRow.deletion(name)])
        case .absent: try expected.require(try connection.value(of: name))
        case .value(let old):
          guard try connection.has(KeyValueRow.deletion(name, of: old)) else {
            throw KeyExpectation.conflict
          }
        }
      }
      try connection.runUnsealed([Statement("SELECT 1 FROM audit_head FOR SHARE")])
    }
  }

  /// A page of all values of the store, in the order of their names, after `name`.
  public func allKeyValues(after name: KeyName?, limit: Int) async throws -> [KeyValue] {
    try Limit.check(limit)
    let start =
      name.map { KeyValueCodec.values($0).map(Value.init) } ?? ["", "", ""].map(Value.text)
    return try await pool.rows(
      """
      SELECT \(KeyValueCodec.columns.list) FROM key_value
      WHERE (namespace, shelf, key) > ($1, $2, $3) ORDER BY namespace, shelf, key LIMIT $4
      """, start + [.integer(Int64(limit))], KeyValueCodec.decode)
  }
}

extension Connection {
  /// Whether a statement answers a row.
  fileprivate func has(_ statement: Statement) throws -> Bool {
    try first(statement.sql, statement.values) { _ in true } ?? false
  }

  fileprivate func value(of name: KeyName) throws -> String? {
    let reading = KeyValueRow.reading(name)
    return try first(reading.sql, reading.values, KeyValueCodec.decode)?.value
  }
}
