package import LociCore

/// A place in an ordered listing as a row has it, also where that row is damaged.
package struct PagePlace: Hashable, Sendable {
  fileprivate let value: SQLValue
  fileprivate let id: String

  /// The place that a cursor names.
  package init(_ cursor: RecordCursor) {
    value = SQLValue(cursor.value)
    id = cursor.id.text
  }

  /// The place of a row of ``RecordCodec/columns``.
  package init(of row: some SQLRow, in order: RecordOrder) {
    let named = NamedRow(row, RecordCodec.columns)
    value =
      switch order.attribute.kind {
      case .text: SQLValue(named.optionalText(order.attribute))
      case .integer: SQLValue(named.optionalInteger(order.attribute))
      case .real: named.optionalReal(order.attribute).map(SQLValue.real) ?? .null
      }
    id = RecordCodec.name(row).id
  }
}

extension FilterBinding {
  /// The condition that a row of `record` comes after a place; values are bound in the order in
  /// which they stand there. An index over the attribute and the id begins at that place.
  package mutating func condition(after place: PagePlace, in order: RecordOrder) -> String {
    let column = ordered(order.attribute)
    guard place.value != .null else { return "\(column) IS NULL AND id > \(bind(.text(place.id)))" }
    let sign = order.isDescending ? "<" : ">"
    let later = """
      \(column) \(sign)= \(bind(place.value)) \
      AND (\(column) \(sign) \(bind(place.value)) OR id > \(bind(.text(place.id))))
      """
    return order.attribute.isRequired ? later : "(\(column) IS NULL OR \(later))"
  }

  /// What stands behind `ORDER BY`.
  package func ordering(_ order: RecordOrder) -> String {
    let column = ordered(order.attribute)
    let missingLast = order.attribute.isRequired ? "" : "\(column) IS NULL, "
    return "\(missingLast)\(column)\(order.isDescending ? " DESC" : ""), id"
  }
}
