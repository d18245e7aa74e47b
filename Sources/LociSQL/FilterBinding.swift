package import LociCore

/// Writes a filter's tests as SQL, in the words that both databases have in common.
package protocol FilterBinding {
  /// The column of an attribute.
  func column(_ attribute: Attribute) -> String
  /// The same in the order of UTF-8 bytes, where it is a text.
  func ordered(_ attribute: Attribute) -> String
  /// Binds a value; returns how it stands in SQL.
  mutating func bind(_ value: SQLValue) -> String
  /// The condition that a column is one of some texts; there may be none.
  mutating func condition(_ attribute: Attribute, isOneOf texts: [String]) throws -> String
}

extension FilterBinding {
  package func ordered(_ attribute: Attribute) -> String { column(attribute) }

  /// A test as a condition; values are bound in the order in which they stand there.
  package mutating func condition(_ test: FilterTest) throws -> String {
    switch test {
    case .any(let tests): return try joined(tests, by: " OR ", none: "FALSE")
    case .all(let tests): return try joined(tests, by: " AND ", none: "TRUE")
    case .attribute(let attribute, let condition):
      return try self.condition(attribute, condition)
    }
  }

  private mutating func condition(
    _ attribute: Attribute, _ condition: FilterTest.Condition
  ) throws -> String {
    let column = column(attribute)
    switch condition {
    case .isOneOf(let texts): return try self.condition(attribute, isOneOf: texts)
    case .atLeast(let value): return "\(column) >= \(bind(SQLValue(value)))"
    case .atMost(let value): return "\(column) <= \(bind(SQLValue(value)))"
    case .below(let value): return "\(column) < \(bind(SQLValue(value)))"
    case .isMissing: return "\(column) IS NULL"
    }
  }

  private mutating func joined(
    _ tests: [FilterTest], by word: String, none: String
  ) throws -> String {
    guard !tests.isEmpty else { return none }
    var conditions: [String] = []
    for test in tests { conditions.append(try condition(test)) }
    return "(\(conditions.joined(separator: word)))"
  }
}
