import LociCore

/// A value of a setting, as files and variables write it.
public enum SettingValue: Hashable, Sendable, CustomStringConvertible {
  /// Text.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)

  /// The value as TOML writes it, without quotes.
  public var description: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .boolean(let boolean): String(boolean)
    }
  }

  /// What a variable's or flag's text can mean.
  static func readings(of text: String) -> [SettingValue] {
    let boolean: Bool? =
      switch text.lowercased() {
      case "1", "true", "yes", "on": true
      case "0", "false", "no", "off": false
      default: nil
      }
    return [.text(text)]
      + [
        Numeral.integer(text).map(SettingValue.integer),
        Numeral.number(text).map(SettingValue.number),
        boolean.map(SettingValue.boolean),
      ].compactMap(\.self)
  }
}

/// One setting: its names, what it takes, and its place in ``Configuration``.
///
/// ``all`` is the one table that files, variables, flags, `loci config` and the documentation
/// follow from. A setting's default is the value of its property in a new ``Configuration``.
public struct Setting: Sendable {
  /// Its dotted path in `loci.toml`, such as `recall.limit`.
  public let key: String
  /// The environment variable that overrides files.
  public let variable: String
  /// What it decides, as a sentence.
  public let summary: String
  /// What it takes, such as `a whole number from 1 to 100`.
  public let expected: String
  let isPath: Bool
  let read: @Sendable (Configuration) -> SettingValue?
  /// Sets the property; false where the value is of another type or outside the range.
  let write: @Sendable (inout Configuration, SettingValue) -> Bool

  private init(
    _ key: String, _ variable: String, _ summary: String, expected: String, isPath: Bool = false,
    read: @escaping @Sendable (Configuration) -> SettingValue?,
    write: @escaping @Sendable (inout Configuration, SettingValue) -> Bool
  ) {
    self.key = key
    self.variable = variable
    self.summary = summary
    self.expected = expected
    self.isPath = isPath
    self.read = read
    self.write = write
  }
}

extension Setting {
  typealias Place<Value> = any WritableKeyPath<Configuration, Value> & Sendable

  static func text(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String,
    expected: String,
    accepts: @escaping @Sendable (String) -> Bool = { !$0.allSatisfy(\.isWhitespace) }
  ) -> Setting {
    Setting(key, variable, summary, expected: expected) {
      .text($0[keyPath: place])
    } write: {
      guard case .text(let text) = $1, accepts(text) else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  static func text(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    expected: String, isPath: Bool = false,
    accepts: @escaping @Sendable (String) -> Bool = { !$0.allSatisfy(\.isWhitespace) }
  ) -> Setting {
    Setting(key, variable, summary, expected: expected, isPath: isPath) {
      $0[keyPath: place].map(SettingValue.text)
    } write: {
      guard case .text(let text) = $1, accepts(text) else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  /// What may hold a password is shown without it.
  static func secret(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "a connection string") {
      $0[keyPath: place].isEmpty ? .text("") : .text("(set; not shown)")
    } write: {
      guard case .text(let text) = $1 else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  static func choice(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String,
    of choices: [String]
  ) -> Setting {
    text(key, variable, place, summary, expected: oneOf(choices)) { choices.contains($0) }
  }

  static func choice(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    of choices: [String]
  ) -> Setting {
    text(key, variable, place, summary, expected: oneOf(choices)) { choices.contains($0) }
  }

  private static func oneOf(_ choices: [String]) -> String {
    "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  static func path(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "a path", isPath: true) {
      .text($0[keyPath: place])
    } write: {
      guard case .text(let text) = $1, !text.isEmpty else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  static func path(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    expected: String
  ) -> Setting {
    text(key, variable, place, summary, expected: expected, isPath: true)
  }

  static func integer(
    _ key: String, _ variable: String, _ place: Place<Int>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: wholeNumber(in: range)) {
      .integer($0[keyPath: place])
    } write: {
      guard case .integer(let integer) = $1, range.contains(integer) else { return false }
      $0[keyPath: place] = integer
      return true
    }
  }

  static func integer(
    _ key: String, _ variable: String, _ place: Place<Int?>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: wholeNumber(in: range)) {
      $0[keyPath: place].map(SettingValue.integer)
    } write: {
      guard case .integer(let integer) = $1, range.contains(integer) else { return false }
      $0[keyPath: place] = integer
      return true
    }
  }

  private static func wholeNumber(in range: ClosedRange<Int>) -> String {
    "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  static func number(
    _ key: String, _ variable: String, _ place: Place<Double>, _ range: ClosedRange<Double>,
    _ summary: String
  ) -> Setting {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    return Setting(key, variable, summary, expected: expected) {
      .number($0[keyPath: place])
    } write: {
      let number: Double? =
        switch $1 {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        default: nil
        }
      guard let number, range.contains(number) else { return false }
      $0[keyPath: place] = number
      return true
    }
  }

  static func boolean(
    _ key: String, _ variable: String, _ place: Place<Bool>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "true or false") {
      .boolean($0[keyPath: place])
    } write: {
      guard case .boolean(let boolean) = $1 else { return false }
      $0[keyPath: place] = boolean
      return true
    }
  }
}
