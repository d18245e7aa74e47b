import LociCore

/// Columns that have a name in the schema.
package protocol Column: RawRepresentable<String>, CaseIterable, Sendable {}

extension Column {
  /// The names of all of them, in order.
  package static var names: [String] { allCases.map(\.rawValue) }
}

extension Attribute: Column {}

/// What names a record, and what a vector was made from.
package enum IdentityColumn: String, Column {
  case namespace
  case id
  case contentHash = "content_hash"

  static func values(
    _ namespace: Namespace, _ id: RecordID, _ hash: ContentHash
  ) -> [SQLValue] {
    allCases.map { column in
      switch column {
      case .namespace: .text(namespace.name)
      case .id: .text(id.text)
      case .contentHash: .bytes(hash.bytes)
      }
    }
  }
}

/// What belongs to the attributes in every table, and is none of its own.
package enum FactColumn: String, Column {
  case metadata
}

/// Names of columns in the order in which they are selected and bound.
package struct Columns: Sendable {
  package let names: [String]
  private let places: [String: Int]

  package init(_ names: [String]) {
    self.names = names
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  package var count: Int { names.count }

  /// The names for a `SELECT` or an `INSERT`.
  package var list: String { names.joined(separator: ", ") }

  /// The names with the table's or an alias's before each.
  package func list(of table: String) -> String {
    names.map { "\(table).\($0)" }.joined(separator: ", ")
  }

  /// A `?` for each.
  package var parameters: String { names.map { _ in "?" }.joined(separator: ", ") }

  /// What an `UPDATE` sets from the row that could not be inserted.
  package var takenOver: String {
    names.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
  }

  /// Where a column is; behind the others where it is none of these.
  package func place(of column: some Column) -> Int { places[column.rawValue] ?? count }
}

/// A row whose columns are read by their names.
package struct NamedRow<Row: SQLRow> {
  private let row: Row
  private let columns: Columns

  /// - Parameter columns: What was selected first.
  package init(_ row: Row, _ columns: Columns) {
    self.row = row
    self.columns = columns
  }

  package func integer(_ column: some Column) -> Int64 { row.integer(columns.place(of: column)) }
  package func text(_ column: some Column) -> String { row.text(columns.place(of: column)) }
  package func bytes(_ column: some Column) -> [UInt8] { row.bytes(columns.place(of: column)) }

  package func optionalBytes(_ column: some Column) -> [UInt8]? {
    let place = columns.place(of: column)
    return row.isNull(place) ? nil : row.bytes(place)
  }

  package func optionalInteger(_ column: some Column) -> Int64? {
    row.optionalInteger(columns.place(of: column))
  }

  package func optionalReal(_ column: some Column) -> Double? {
    row.optionalReal(columns.place(of: column))
  }

  package func optionalText(_ column: some Column) -> String? {
    row.optionalText(columns.place(of: column))
  }
}
