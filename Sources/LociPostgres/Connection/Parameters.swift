import LociCore

/// The values of a statement's parameters, numbered as they are bound.
struct Parameters {
  private(set) var values: [Value] = []

  /// Binds a value; returns how it stands in SQL.
  mutating func bind(_ value: Value) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// Binds names; returns the condition that a column is one of them.
  ///
  /// One name, by far the usual case, stands by itself: a list is planned anew at each call, since
  /// its length is not known before.
  mutating func bind(_ names: [String], of column: String) -> String {
    names.count == 1
      ? "\(column) = \(bind(.text(names[0])))"
      : "\(column) = ANY (\(bind(.texts(names.sorted()))))"
  }
}

/// Picks rows by their names. The namespace is `$1`, the ids are `$2`.
struct RecordNames {
  let condition: String
  /// What further conditions can be bound to.
  let parameters: Parameters
  var values: [Value] { parameters.values }

  init(_ ids: some Collection<RecordID>, in namespace: Namespace) {
    var parameters = Parameters()
    let space = parameters.bind([namespace.name], of: "namespace")
    condition = "\(space) AND \(parameters.bind(ids.map(\.text), of: "id"))"
    self.parameters = parameters
  }
}
