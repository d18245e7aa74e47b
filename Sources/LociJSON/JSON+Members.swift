extension JSON {
  /// The text of a string; nil for other values.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements of a list; none for other values.
  package var elements: [JSON] {
    if case .array(let values) = self { values } else { [] }
  }

  /// The members of an object; none for other values.
  package var members: [(key: String, value: JSON)] {
    if case .object(let members) = self { members } else { [] }
  }
}
