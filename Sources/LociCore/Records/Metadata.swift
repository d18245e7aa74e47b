/// A value of a record's metadata. Coded as the plain JSON value.
public enum MetadataValue: Hashable, Sendable {
  /// Text.
  case string(String)
  /// A number; finite. Whole numbers are exact up to 2^53, so long ids belong in a text.
  case number(Double)
  /// True or false.
  case bool(Bool)
  /// Several values of the other kinds; to a condition, any of them.
  case list([MetadataValue])

  /// Whether kind and value are the same; strings compare by UTF-8 bytes, lists one by one.
  public static func == (left: MetadataValue, right: MetadataValue) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.number(let left), .number(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    default: false
    }
  }
}

extension MetadataValue {
  /// The value that somebody means who writes it without quotes: `true`, `4.5`, `blue`.
  ///
  /// It is a number only where it is printed with the same digits: `02134` and `1.10` are texts.
  package init(written text: String) {
    if text == "true" || text == "false" {
      self = .bool(text == "true")
    } else if let number = Numeral.number(text), number != 0 || text == "0",
      (Int(exactly: number).map(String.init) ?? String(number)) == text
    {
      self = .number(number)
    } else {
      self = .string(text)
    }
  }

  /// The elements of a list, or the value itself.
  package var elements: [MetadataValue] {
    if case .list(let elements) = self { elements } else { [self] }
  }

  /// Throws ``LociError/Code/invalidArgument`` for a number that is not finite and for a list in a
  /// list.
  func validate() throws(LociError) {
    for element in elements {
      switch element {
      case .number(let value) where !value.isFinite:
        throw LociError(.invalidArgument, "A metadata number is \(value); it must be finite.")
      case .list:
        throw LociError(.invalidArgument, "A metadata list holds a list.")
      default: break
      }
    }
  }
}

/// What an app says about a record, by key; filters can test it.
public typealias Metadata = [String: MetadataValue]

extension MetadataValue: Codable {
  /// Decodes a JSON string, number, boolean, or an array of them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let values = try? container.decode([MetadataValue].self) {
      self = .list(values)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  /// Encodes as a JSON string, number, boolean, or an array of them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .bool(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    }
  }
}

extension MetadataValue: ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Makes a number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Makes a number, or a text of its digits where a `Double` would change them.
  public init(integerLiteral value: Int) {
    self = Double(exactly: value).map(MetadataValue.number) ?? .string(String(value))
  }
  /// Makes a boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes a list.
  public init(arrayLiteral elements: MetadataValue...) { self = .list(elements) }
}
