/// The values of a statement's parameters, numbered as they are bound.
struct Parameters {
  private(set) var values: [Value] = []

  /// Binds a value; returns how it stands in SQL.
  mutating func bind(_ value: Value) -> String {
    values.append(value)
    return "$\(values.count)"
  }
}
