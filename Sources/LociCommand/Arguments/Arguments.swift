import Loci

/// What was given on the command line to one verb.
package struct Arguments: Hashable, Sendable {
  /// The arguments by place.
  package var positionals: [String]
  /// The values of each option given; an option without a value has an empty list.
  package var options: [String: [String]]

  /// Makes arguments.
  package init(positionals: [String] = [], options: [String: [String]] = [:]) {
    self.positionals = positionals
    self.options = options
  }

  /// Whether an option was given.
  package func has(_ name: String) -> Bool { options[name] != nil }

  /// The values of an option, in the order given.
  package func values(_ name: String) -> [String] { options[name] ?? [] }

  /// The value of an option.
  package func value(_ name: String) -> String? { options[name]?.first }

  /// Throws where an argument or an option's value is there and empty: no verb has a meaning for
  /// that, and an unset variable in a script is the usual cause.
  package func requireNoEmpty(of verb: Verb) throws {
    for (index, text) in positionals.enumerated() where text.isEmpty {
      let declared = verb.positionals.dropFirst(index).first ?? verb.positionals.last
      let name = declared?.name ?? "An argument"
      throw UsageError("\(name) is empty.", remedy: "Usage: \(Help.usage(of: verb))")
    }
    for (name, values) in options.sorted(by: { $0.key < $1.key }) where values.contains("") {
      throw UsageError("--\(name) is empty.", remedy: "Give a value, or leave --\(name) out.")
    }
  }

  /// The value of an option as a whole number within a range.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Numeral.integer(text), range.contains(number) else {
      throw UsageError(
        "--\(name) needs a whole number.",
        remedy: range.upperBound == .max
          ? "Give \(range.lowerBound) or more."
          : "Give \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// The value of an option as a number within a range.
  package func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let text = value(name) else { return nil }
    guard let number = Numeral.number(text), range.contains(number) else {
      throw UsageError(
        "--\(name) needs a number.",
        remedy: "Give \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// The value of an option, turned into something that has rules of its own.
  ///
  /// What those rules throw becomes a usage error that names the option.
  package func value<Value>(
    _ name: String, as convert: (String) throws -> Value
  ) throws -> Value? {
    try values(name, as: convert).first
  }

  /// The values of an option, each turned into something that has rules of its own.
  package func values<Value>(
    _ name: String, as convert: (String) throws -> Value
  ) throws -> [Value] {
    try values(name).map { text in
      do {
        return try convert(text)
      } catch {
        throw UsageError("--\(name): \(error)", remedy: "See `loci help`.")
      }
    }
  }
}
