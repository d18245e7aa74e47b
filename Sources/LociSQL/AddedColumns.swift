package import LociCore

/// Columns that a later version of a schema adds to tables of both databases.
package struct AddedColumns: Sendable {
  /// A column.
  package struct Added: Sendable {
    package let name: String
    package let kind: Attribute.Kind
    /// What rows have that were there before, as an SQL literal; nil means NULL.
    package let former: String?

    init(_ name: String, _ kind: Attribute.Kind, former: String? = nil) {
      self.name = name
      self.kind = kind
      self.former = former
    }
  }

  package let columns: [Added]

  /// The statements that add them.
  ///
  /// - Parameter type: What the database calls a kind.
  package func additions(to table: String, _ type: (Attribute.Kind) -> String) -> String {
    columns.map { column in
      let former = column.former.map { " NOT NULL DEFAULT \($0)" } ?? ""
      return "ALTER TABLE \(table) ADD COLUMN \(column.name) \(type(column.kind))\(former);"
    }.joined(separator: "\n")
  }

  /// The statements that take them away again.
  package func removals(from table: String) -> String {
    columns.reversed().map { "ALTER TABLE \(table) DROP COLUMN \($0.name);" }
      .joined(separator: "\n")
  }
}

/// What the schema has since records say whom they are for, where they belong and when they hold.
///
/// These lists stay as they are: what comes later is a version of its own.
package enum ContextFields {
  private static let shared = [
    AddedColumns.Added("audience", .text, former: "'everyone'"), .init("whole", .text),
    .init("position", .integer), .init("occurred_at", .integer), .init("valid_from", .integer),
    .init("valid_until", .integer), .init("known_from", .integer),
    .init("known_until", .integer),
  ]

  /// Of records.
  package static let ofRecords = AddedColumns(columns: shared + [.init("author_name", .text)])

  /// Of vectors, which filters can ask now for what only records knew.
  package static let ofVectors = AddedColumns(
    columns: shared + [
      .init("author", .text), .init("importance", .integer, former: "3"),
      .init("confidence", .real, former: "1.0"),
    ])

  /// What a vector takes from its record from this version on, beside its namespace and id.
  package static let attributes = [
    "collection", "status", "category", "created_at", "source_uri", "metadata", "audience",
    "whole", "position", "occurred_at", "valid_from", "valid_until", "known_from",
    "known_until", "author", "importance", "confidence",
  ]
}
