/// What a command line asks for.
package enum Invocation: Sendable {
  /// Nothing: the first things to know.
  case introduction
  /// Help on a verb, or on the whole command.
  case help(Verb?)
  /// The version.
  case version
  /// A verb with its arguments.
  case run(Verb, Arguments)
}

/// Reads command lines by the declarations of verbs. Pure.
package struct Parser: Sendable {
  private let verbs: [Verb]

  /// Makes a parser that knows these verbs.
  package init(_ verbs: [Verb]) { self.verbs = verbs }

  /// Reads a command line.
  ///
  /// Options may stand anywhere; `--` ends them, and a lone `-` is an argument.
  /// - Parameter words: The words after the command's own name.
  /// - Throws: ``UsageError``.
  package func parse(_ words: [String]) throws -> Invocation {
    guard !words.isEmpty else { return .introduction }
    var arguments = Arguments()
    var verb: Verb?
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        arguments.positionals += rest
        break
      } else if word == "--version" || word == "-V", verb == nil {
        return .version
      } else if word.hasPrefix("--") {
        try readOption(word, of: verb, from: &rest, into: &arguments)
      } else if word.hasPrefix("-"), word != "-" {
        try readLetters(word, of: verb, from: &rest, into: &arguments)
      } else if let known = verb {
        if arguments.positionals.isEmpty, let inner = self.verb(named: known.path + [word]) {
          verb = inner
        } else {
          arguments.positionals.append(word)
        }
      } else if word == "help" {
        return .help(try helpTopic(rest))
      } else {
        verb = try self.verb(named: [word]) ?? { throw unknown(word, in: nil) }()
      }
    }
    return try invocation(of: verb, arguments)
  }

  private func invocation(of verb: Verb?, _ arguments: Arguments) throws -> Invocation {
    if arguments.has("help") { return .help(verb) }
    guard let verb else {
      throw UsageError("No verb was given.", remedy: "See `loci help` for the list.")
    }
    guard verb.action != nil else {
      if let word = arguments.positionals.first { throw unknown(word, in: verb) }
      throw UsageError(
        "`loci \(verb.name)` needs another word: \(listed(parts(of: verb))).",
        remedy: "See `loci help \(verb.name)`.")
    }
    for name in arguments.options.keys.sorted() where flag(name, of: verb) == nil {
      throw unknownOption("--" + name, of: verb)
    }
    try check(arguments.positionals, of: verb)
    return .run(verb, arguments)
  }

  private func check(_ given: [String], of verb: Verb) throws {
    let required = verb.positionals.filter { ![.optional, .any].contains($0.arity) }.count
    let isOpen = [.oneOrMore, .any].contains(verb.positionals.last?.arity)
    let remedy = "Usage: \(Help.usage(of: verb))"
    if given.count < required {
      throw UsageError("\(verb.positionals[given.count].name) is missing.", remedy: remedy)
    }
    if given.count > verb.positionals.count, !isOpen {
      throw UsageError(
        "`loci \(verb.name)` takes \(verb.positionals.count) "
          + "argument\(verb.positionals.count == 1 ? "" : "s"), and \(given.count) were given.",
        remedy: remedy)
    }
  }

  // An option before the verb's name can only be a global one; the verb is not known yet.
  private func readOption(
    _ word: String, of verb: Verb?, from rest: inout ArraySlice<String>,
    into arguments: inout Arguments
  ) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let flag = flag(String(parts[0].dropFirst(2)), of: verb) else {
      throw unknownOption(String(parts[0]), of: verb)
    }
    let inline = parts.count == 2 ? String(parts[1]) : nil
    guard flag.placeholder != nil else {
      guard inline == nil else {
        throw UsageError("--\(flag.name) takes no value.", remedy: "Give --\(flag.name) alone.")
      }
      arguments.options[flag.name] = []
      return
    }
    try readValue(of: flag, inline, from: &rest, into: &arguments)
  }

  // `-qj` is two options without a value; `-nNAME` and `-n NAME` is one with a value.
  private func readLetters(
    _ word: String, of verb: Verb?, from rest: inout ArraySlice<String>,
    into arguments: inout Arguments
  ) throws {
    var letters = word.dropFirst()
    // A long name after one dash is no row of letters, though it may begin like one.
    guard letters.count == 1 || flag(letters.prefix { $0 != "=" }, of: verb) == nil else {
      throw unknownOption(word, of: verb)
    }
    while let letter = letters.popFirst() {
      guard let flag = flags(of: verb).first(where: { $0.letter == letter }) else {
        throw unknownOption(word, of: verb)
      }
      guard flag.placeholder != nil else {
        arguments.options[flag.name] = []
        continue
      }
      let inline: Substring? =
        letters.isEmpty ? nil : letters.first == "=" ? letters.dropFirst() : letters
      return try readValue(of: flag, inline.map(String.init), from: &rest, into: &arguments)
    }
  }

  private func readValue(
    of flag: Flag, _ inline: String?, from rest: inout ArraySlice<String>,
    into arguments: inout Arguments
  ) throws {
    var inline = inline
    if inline == nil, let next = rest.first, !next.hasPrefix("--"),
      flag.implied == nil || flag.choices.contains(next)
    {
      inline = rest.popFirst()
    }
    guard let value = inline ?? flag.implied else {
      throw UsageError("--\(flag.name) needs a value.", remedy: "Give \(flag.usage).")
    }
    try accept(value, for: flag, into: &arguments)
  }

  private func accept(_ value: String, for flag: Flag, into arguments: inout Arguments) throws {
    guard flag.choices.isEmpty || flag.choices.contains(value) else {
      let nearest = UsageError.intended(by: value, among: flag.choices)
      throw UsageError(
        "--\(flag.name) does not know that value.",
        remedy: nearest.map { "Did you mean \($0)?" } ?? "Give \(listed(flag.choices)).")
    }
    if arguments.has(flag.name), !flag.isRepeatable {
      throw UsageError("--\(flag.name) was given twice.", remedy: "Give it once.")
    }
    arguments.options[flag.name, default: []].append(value)
  }

  private func flags(of verb: Verb?) -> [Flag] { Flag.global + (verb?.flags ?? []) }

  private func flag(_ name: some StringProtocol, of verb: Verb?) -> Flag? {
    flags(of: verb).first { $0.name == name }
  }

  private func verb(named path: [String]) -> Verb? { verbs.first { $0.path == path } }

  private func parts(of verb: Verb) -> [String] {
    verbs.filter { $0.isPart(of: verb) }.compactMap(\.path.last)
  }

  private func helpTopic(_ words: ArraySlice<String>) throws -> Verb? {
    var topic: Verb?
    for word in words where !word.hasPrefix("-") && (word != "help" || topic != nil) {
      topic = try verb(named: (topic?.path ?? []) + [word]) ?? { throw unknown(word, in: topic) }()
    }
    return topic
  }

  private func unknown(_ word: String, in verb: Verb?) -> UsageError {
    let names =
      verb.map(parts(of:)) ?? verbs.filter { $0.path.count == 1 }.map(\.name) + ["help"]
    let prefix = verb.map { $0.name + " " } ?? ""
    let nearest = UsageError.intended(by: word, among: names)
    return UsageError(
      "There is no verb `\(prefix)\(Printable.message(word))`.",
      remedy: nearest.map { "Did you mean `loci \(prefix)\($0)`?" } ?? "See `loci help`.")
  }

  private func unknownOption(_ word: String, of verb: Verb?) -> UsageError {
    let place = verb.map { "`loci \($0.name)`" } ?? "`loci`"
    let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
    let nearest = UsageError.intended(by: name, among: flags(of: verb).map(\.name))
    return UsageError(
      "\(place) has no option \(Printable.message(word)).",
      remedy: nearest.map { "Did you mean --\($0)?" }
        ?? "See `loci help\(verb.map { " " + $0.name } ?? "")`; `--` ends the options.")
  }

  /// Whether errors should be JSON, even those of a command line that is not understood.
  package static func asksForJSON(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { word in
      word == "--json"
        || word.hasPrefix("-") && word.contains("j")
          && word.dropFirst().allSatisfy { "hjq".contains($0) }
    }
  }

  private func listed(_ words: [String]) -> String { words.joined(separator: ", ") }
}
