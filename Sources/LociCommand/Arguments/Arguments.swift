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
