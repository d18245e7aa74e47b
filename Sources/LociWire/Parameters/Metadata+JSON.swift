package import LociCore
package import LociJSON

extension MetadataValue {
  /// Reads a value of metadata. A number that would be rounded is refused.
  package init(_ json: JSON) throws(Misfit) {
    switch json {
    case .string(let text): self = .string(text)
    case .bool(let value): self = .bool(value)
    case .array(let values):
      var list: [MetadataValue] = []
      for value in values { list.append(try MetadataValue(value)) }
      self = .list(list)
    case .integer(let value):
      guard let number = Double(exactly: value) else {
        throw Misfit(
          problem: " holds a number that would be rounded.", remedy: "Give it as a text.")
      }
      self = .number(number)
    default:
      guard let number = json.double else {
        throw Misfit(
          problem: " holds a value that metadata can't have.",
          remedy: "Give texts, numbers, true or false, or lists of these.")
      }
      self = .number(number)
    }
  }

  /// The value as JSON; a whole number without a decimal point, but for negative zero.
  package var json: JSON {
    switch self {
    case .string(let value): return .string(value)
    case .bool(let value): return .bool(value)
    case .list(let values): return .array(values.map(\.json))
    case .number(let value):
      let whole = value == 0 && value.sign == .minus ? nil : Int(exactly: value)
      return whole.map(JSON.integer) ?? .number(value)
    }
  }
}

/// Metadata as a parameter.
package struct WireMetadata: Hashable, ParameterValue {
  /// The values by key.
  package var values: Metadata

  /// Takes values.
  package init(_ values: Metadata = [:]) { self.values = values }

  package static var kind: ParameterKind { .metadata }

  package init(_ json: JSON) throws(Misfit) {
    guard case .object(let members) = json else { throw Misfit(needs: "an object", remedy: nil) }
    values = [:]
    for (key, value) in members { values[key] = try MetadataValue(value) }
  }

  /// The keys in order.
  package var json: JSON {
    .object(values.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.json) })
  }
}

/// A test of one metadata key as a parameter.
package struct WireCondition: Hashable, ParameterValue {
  /// The test.
  package var condition: MetadataCondition

  /// Takes a test.
  package init(_ condition: MetadataCondition) { self.condition = condition }

  package static var kind: ParameterKind { .condition }
  static let comparisons = MetadataCondition.Comparison.allCases.map(\.rawValue)

  package init(_ json: JSON) throws(Misfit) {
    let known = ["key", "comparison", "value"]
    guard case .object(let members) = json, case .string(let key)? = json["key"],
      let value = json["value"], members.allSatisfy({ known.contains($0.key) })
    else {
      throw Misfit(
        needs: "conditions with a key, a value and a comparison",
        remedy: "Give for example {\"key\": \"year\", \"comparison\": \">=\", \"value\": 2020}.")
    }
    var comparison = MetadataCondition.Comparison.equal
    if let named = json["comparison"] {
      let name = try String(named)
      guard let found = MetadataCondition.Comparison(rawValue: name) else {
        throw Misfit(name, among: Self.comparisons)
      }
      comparison = found
    }
    condition = MetadataCondition(key, comparison, try MetadataValue(value))
  }

  package var json: JSON {
    [
      "key": .string(condition.key), "comparison": .string(condition.comparison.rawValue),
      "value": condition.value.json,
    ]
  }
}
