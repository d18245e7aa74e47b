import LociCommand
import Testing

@Suite("Reading command lines")
struct ParserTests {
  private static let verbs = [
    Verb(
      "recall", "find", positionals: [Positional("QUERY", .one, "What.")],
      flags: [
        .value("limit", "N", "How many."), .choice("mode", ["semantic", "lexical"], "How."),
        .list("where", "CONDITION", "Which."), .toggle("explain", "Why."),
      ], action: { _ in }),
    Verb(
      "forget", "erase", positionals: [Positional("ID", .oneOrMore, "Which.")], action: { _ in }),
    Verb("models", "list models", action: { _ in }),
    Verb(
      "models fetch", "fetch a model", positionals: [Positional("NAME", .optional, "Which.")],
      action: { _ in }),
    Verb("eval", "measure"),
    Verb("eval sts", "pairs", positionals: [Positional("FILE", .one, "It.")], action: { _ in }),
  ]

  private func run(_ line: [String]) throws -> (verb: String, arguments: Arguments)? {
    guard case .run(let verb, let arguments) = try Parser(Self.verbs).parse(line) else {
      return nil
    }
    return (verb.name, arguments)
  }

  private func failure(_ line: [String]) -> UsageError? {
    do {
      _ = try Parser(Self.verbs).parse(line)
      return nil
    } catch {
      return error as? UsageError
    }
  }

  @Test(
    "Options are read before and after the verb, with a space or an equals sign",
    arguments: [
      ["recall", "tea", "--limit", "3", "--json"], ["--json", "recall", "--limit=3", "tea"],
      ["recall", "--json", "tea", "--limit=3"], ["recall", "--limit", "3", "--json", "--", "tea"],
    ])
  func places(line: [String]) throws {
    let found = try #require(try run(line))
    #expect(found.verb == "recall")
    #expect(found.arguments.positionals == ["tea"])
    #expect(found.arguments.options == ["limit": ["3"], "json": []])
  }

  @Test(
    "A letter after one dash stands for its option, alone, in a row, and with its value",
    arguments: [
      ["recall", "tea", "-l", "3", "-j"], ["-j", "recall", "-l3", "tea"],
      ["recall", "-jl3", "tea"], ["recall", "-jl", "3", "tea"], ["recall", "-l=3", "-j", "tea"],
    ])
  func letters(line: [String]) throws {
    let found = try #require(try run(line))
    #expect(found.arguments.positionals == ["tea"])
    #expect(found.arguments.options == ["limit": ["3"], "json": []])
  }

  @Test("A row of letters can hold several, and -h and -V are heard")
  func rowOfLetters() throws {
    #expect(try run(["recall", "x", "-qj"])?.arguments.options == ["quiet": [], "json": []])
    guard case .help(let verb?) = try Parser(Self.verbs).parse(["recall", "-qh"]) else {
      Issue.record("-qh is no call for help")
      return
    }
    #expect(verb.name == "recall")
    guard case .version = try Parser(Self.verbs).parse(["-V"]) else {
      Issue.record("-V is not understood")
      return
    }
    #expect(Parser.asksForJSON(["-qj", "x"]))
    #expect(!Parser.asksForJSON(["-q", "--", "--json", "-j"]))
  }

  @Test("Nothing at all is answered by an introduction")
  func nothing() throws {
    guard case .introduction = try Parser(Self.verbs).parse([]) else {
      Issue.record("no words are no introduction")
      return
    }
  }

  @Test("Two dashes end the options, and one dash alone is an argument")
  func dashes() throws {
    #expect(try run(["recall", "--", "--limit"])?.arguments.positionals == ["--limit"])
    #expect(try run(["recall", "-"])?.arguments.positionals == ["-"])
    #expect(
      try run(["forget", "a", "--", "-b", "--"])?.arguments.positionals == ["a", "-b", "--"])
  }

  @Test("A value may begin with one dash, be empty, and hold equals signs")
  func values() throws {
    #expect(try run(["recall", "x", "--limit", "-5"])?.arguments.value("limit") == "-5")
    #expect(try run(["recall", "x", "--limit="])?.arguments.value("limit") == "")
    #expect(try run(["recall", "x", "--where=a=b=c"])?.arguments.value("where") == "a=b=c")
    #expect(try run(["recall", "x", "--where=--y"])?.arguments.value("where") == "--y")
  }

  @Test("A repeatable option keeps its values in order; another one may be given once")
  func repetition() throws {
    let found = try run(["recall", "x", "--where", "a=1", "--where", "b=2"])
    #expect(found?.arguments.values("where") == ["a=1", "b=2"])
    #expect(failure(["recall", "x", "--limit", "1", "--limit", "2"]) != nil)
  }

  @Test("A verb of two words is found, and its first word alone is another verb")
  func twoWords() throws {
    #expect(try run(["models", "fetch", "minilm"])?.verb == "models fetch")
    #expect(try run(["models", "--json", "fetch"])?.verb == "models fetch")
    #expect(try run(["models"])?.verb == "models")
    #expect(try run(["eval", "sts", "f.tsv"])?.arguments.positionals == ["f.tsv"])
  }

  @Test(
    "What is not known names the nearest that is",
    arguments: [
      (["recal", "x"], "loci recall"), (["forgte", "x"], "loci forget"),
      (["recall", "x", "--limti", "3"], "--limit"), (["recall", "x", "--lim=3"], "--limit"),
      (["recall", "x", "--mode", "lexcal"], "lexical"), (["eval", "st"], "loci eval sts"),
      (["--jsn", "recall", "x"], "--json"), (["recall", "x", "-json"], "--json"),
      (["help", "recal"], "loci recall"),
    ])
  func nearest(line: [String], expected: String) throws {
    let error = try #require(failure(line))
    #expect(error.remedy.contains(expected))
  }

  @Test(
    "Too few, too many and malformed words are refused",
    arguments: [
      ["recall"], ["recall", "a", "b"], ["forget"], ["models", "x"], ["eval"],
      ["recall", "x", "--limit"], ["recall", "x", "--limit", "--json"],
      ["recall", "x", "--explain=yes"], ["recall", "x", "-x"], ["eval", "sts"],
      ["recall", "x", "--", "y"], ["--limit", "3", "recall", "x"], ["", "x"], ["--"], ["-q"],
      ["recall", "x", "-l"], ["recall", "x", "-qx"], ["recall", "x", "-limit", "3"],
      ["recall", "x", "-l", "--json"], ["-l3", "recall", "x"], ["recall", "x", "-V"],
    ])
  func refused(line: [String]) {
    #expect(failure(line) != nil)
  }

  @Test("An option of another verb is refused")
  func foreignOption() throws {
    let error = try #require(failure(["forget", "x", "--explain"]))
    #expect(error.message.contains("--explain"))
  }

  @Test("Help can be asked for in every way, whatever else is missing")
  func help() throws {
    for line in [
      ["help", "recall"], ["recall", "--help"], ["recall", "-h"], ["--help", "recall"],
    ] {
      guard case .help(let verb?) = try Parser(Self.verbs).parse(line) else {
        Issue.record("\(line) is no call for help")
        continue
      }
      #expect(verb.name == "recall")
    }
    for line in [["help"], ["--help"], ["-h"], ["help", "help"]] {
      guard case .help(nil) = try Parser(Self.verbs).parse(line) else {
        Issue.record("\(line) is no call for help")
        continue
      }
    }
    guard case .version = try Parser(Self.verbs).parse(["--version"]) else {
      Issue.record("--version is not understood")
      return
    }
  }

  @Test("Help names every argument and option of a verb, within 100 columns")
  func helpText() {
    let verb = Self.verbs[0]
    let text = Help.text(on: verb, among: Self.verbs)
    for flag in verb.flags + Flag.global { #expect(text.contains("--\(flag.name)")) }
    #expect(text.contains("loci recall QUERY [options]"))
    #expect(Help.text(on: Self.verbs).contains("models"))
    let widest = (text + Help.text(on: Self.verbs)).split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 100)
    for width in [20, 40, 60, 80, 100] {
      let text = Help.text(on: verb, among: Self.verbs, width: width)
      let long = text.split(separator: "\n").filter { $0.count > width }
      // What can't be broken: a word, an option with its value.
      #expect(long.allSatisfy { $0.drop { $0 == " " }.split(separator: " ").count <= 3 }, "\(long)")
      #expect(width < 60 || long.isEmpty, "\(long)")
    }
  }
}
