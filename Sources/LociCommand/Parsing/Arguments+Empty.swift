extension Arguments {
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
}
