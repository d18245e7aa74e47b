/// An option that a verb understands: `--name`, `--name VALUE` or `--name=VALUE`, and some by a
/// letter: `-n VALUE`, `-nVALUE`, `-qj`.
package struct Flag: Hashable, Sendable {
  /// The name, without the dashes.
  package let name: String
  /// What stands for the value in help; nil for an option that is only on or off.
  package let placeholder: String?
  /// The values allowed; empty where any is.
  package let choices: [String]
  /// Whether it may be given more than once.
  package let isRepeatable: Bool
  /// What it does, as a sentence for help.
  package let summary: String
  /// The choice that stands where none is given; nil where one has to be.
  package private(set) var implied: String?

  /// The same option where one of its choices may be left out.
  package func implying(_ choice: String) -> Flag {
    var flag = self
    flag.implied = choice
    return flag
  }

  /// An option without a value.
  package static func toggle(_ name: String, _ summary: String) -> Flag {
    Flag(name: name, placeholder: nil, choices: [], isRepeatable: false, summary: summary)
  }

  /// An option with one value.
  package static func value(_ name: String, _ placeholder: String, _ summary: String) -> Flag {
    Flag(name: name, placeholder: placeholder, choices: [], isRepeatable: false, summary: summary)
  }

  /// An option with a value each time that it is given.
  package static func list(_ name: String, _ placeholder: String, _ summary: String) -> Flag {
    Flag(name: name, placeholder: placeholder, choices: [], isRepeatable: true, summary: summary)
  }

  /// An option whose value is one of a few words.
  package static func choice(_ name: String, _ choices: [String], _ summary: String) -> Flag {
    Flag(
      name: name, placeholder: choices.joined(separator: "|"), choices: choices,
      isRepeatable: false, summary: summary)
  }

  /// The letters of those that have one; a letter means the same in every verb.
  private static let letters: [String: Character] = [
    "help": "h", "json": "j", "limit": "l", "namespace": "n", "quiet": "q",
  ]

  /// The letter that stands for it after one dash, if it has one.
  package var letter: Character? { Self.letters[name] }

  /// The option as help shows it.
  package var usage: String {
    (letter.map { "-\($0), " } ?? "") + "--\(name)"
      + (placeholder.map { implied == nil ? " \($0)" : " [\($0)]" } ?? "")
  }
}

/// An argument of a verb that is known by its place.
package struct Positional: Hashable, Sendable {
  /// How many of them there are.
  package enum Arity: Hashable, Sendable {
    /// Exactly one.
    case one
    /// None or one.
    case optional
    /// One or more.
    case oneOrMore
    /// None, one or more.
    case any
  }

  /// What stands for it in help.
  package let name: String
  /// How many of them there are.
  package let arity: Arity
  /// What it is, as a sentence for help.
  package let summary: String

  /// Declares an argument.
  package init(_ name: String, _ arity: Arity, _ summary: String) {
    self.name = name
    self.arity = arity
    self.summary = summary
  }

  /// The argument as help shows it.
  package var usage: String {
    switch arity {
    case .one: name
    case .optional: "[\(name)]"
    case .oneOrMore: "\(name)..."
    case .any: "[\(name)...]"
    }
  }
}
