import LociCore
package import LociJSON

/// What values a parameter takes: how they are checked, described and read from a command line.
package indirect enum ParameterKind: Hashable, Sendable {
  /// Text; what stands for it in help, such as `NAME`.
  case text(String)
  /// A whole number within bounds.
  case integer(ClosedRange<Int>)
  /// A number within bounds.
  case number(ClosedRange<Double>)
  /// A number within bounds, or the word `none`.
  case numberOrNone(ClosedRange<Double>)
  /// True or false.
  case boolean
  /// A day or a time in ISO 8601.
  case time
  /// One of a few words.
  case choice([String])
  /// Keys with texts, numbers, truths, or lists of these.
  case metadata
  /// A test of one metadata key.
  case condition
  /// Several values of a kind.
  case list(ParameterKind)

  /// Throws where a value is of another kind or beyond the bounds.
  func check(_ json: JSON) throws(Misfit) {
    switch (self, json) {
    case (.text, .string), (.time, .string), (.boolean, .bool), (.metadata, .object),
      (.condition, .object), (.numberOrNone, .string("none")):
      return
    case (.integer(let range), .integer(let value)) where range.contains(value): return
    case (.number(let range), _), (.numberOrNone(let range), _):
      guard let value = json.double, range.contains(value) else { throw misfit }
    case (.choice(let words), .string(let word)):
      guard words.contains(word) else { throw Misfit(word, among: words) }
    case (.list(let kind), .array(let values)):
      for value in values { try kind.check(value) }
    default: throw misfit
    }
  }

  private var misfit: Misfit {
    switch self {
    case .text: Misfit(needs: "a text", remedy: nil)
    case .integer(let range):
      Misfit(
        needs: "a whole number",
        remedy: range.upperBound == .max
          ? "Give \(range.lowerBound) or more."
          : "Give \(range.lowerBound) to \(range.upperBound).")
    case .number(let range):
      Misfit(needs: "a number", remedy: "Give \(range.lowerBound) to \(range.upperBound).")
    case .numberOrNone(let range):
      Misfit(
        needs: "a number, or none", remedy: "Give \(range.lowerBound) to \(range.upperBound).")
    case .boolean: Misfit(needs: "true or false", remedy: nil)
    case .time: CalendarTime.noTime
    case .choice(let words): Misfit("", among: words)
    case .metadata: Misfit(needs: "an object", remedy: "Give values by their keys.")
    case .condition:
      Misfit(needs: "an object", remedy: "Give for example {\"key\": \"year\", \"value\": 2020}.")
    case .list(let kind): Misfit(needs: "a list", remedy: kind.misfit.remedy)
    }
  }

  /// The values of an option of a command line as they would stand in JSON; an option without a
  /// value is true.
  package func json(texts: [String]) throws(Misfit) -> JSON {
    switch self {
    case .boolean: return .bool(true)
    case .list(let kind):
      var values: [JSON] = []
      for text in texts { values.append(try kind.json(text)) }
      return .array(values)
    default: return try texts.first.map { (text) throws(Misfit) in try json(text) } ?? .null
    }
  }

  private func json(_ text: String) throws(Misfit) -> JSON {
    switch self {
    case .integer:
      guard let number = Numeral.integer(text) else { throw misfit }
      return .integer(number)
    case .numberOrNone where text == "none": return .string(text)
    case .number, .numberOrNone:
      guard let number = Numeral.number(text) else { throw misfit }
      return .number(number)
    default: return .string(text)
    }
  }

  /// The kind as a JSON Schema (2020-12) has it.
  var schema: [(key: String, value: JSON)] {
    switch self {
    case .text: [("type", "string")]
    case .integer(let range):
      [("type", "integer"), ("minimum", .integer(range.lowerBound))]
        + (range.upperBound == .max ? [] : [("maximum", .integer(range.upperBound))])
    case .number(let range):
      [
        ("type", "number"), ("minimum", .number(range.lowerBound)),
        ("maximum", .number(range.upperBound)),
      ]
    case .numberOrNone(let range):
      [("anyOf", [.object(Self.number(range).schema), ["const": "none"]])]
    case .boolean: [("type", "boolean")]
    // No format: a day alone and a time without its seconds are neither `date` nor `date-time`.
    case .time: [("type", "string")]
    case .choice(let words): [("type", "string"), ("enum", .array(words.map(JSON.string)))]
    case .metadata: [("type", "object"), ("additionalProperties", Self.metadataValue)]
    case .condition:
      [
        ("type", "object"),
        (
          "properties",
          [
            "key": ["type": "string"],
            "comparison": .object(Self.choice(WireCondition.comparisons).schema),
            "value": Self.metadataValue,
          ]
        ),
        ("required", ["key", "value"]), ("additionalProperties", .bool(false)),
      ]
    case .list(let kind): [("type", "array"), ("items", .object(kind.schema))]
    }
  }

  private static let metadataValue: JSON = {
    let single: JSON = ["type": ["string", "number", "boolean"]]
    return ["anyOf": [single, ["type": "array", "items": single]]]
  }()

  /// What there is to know of every value of this kind, for a schema's description.
  var note: String? {
    switch self {
    case .time: "A day or a time in ISO 8601; UTC, unless it says else."
    case .list(let kind): kind.note
    default: nil
    }
  }
}
