import Foundation
import Loci
import LociCommand
import LociWire
import Testing

@Suite("Values of options")
struct ValueTests {
  @Test(
    "Numbers outside their range and words are refused",
    arguments: [
      "", "x", "0", "6", "1.5", "1e1", "99999999999999999999", "3.0", "+3", "03", " 3", "0x3",
      "3_0",
      "٣",
    ])
  func integers(text: String) {
    #expect(throws: UsageError.self) { try remember(["importance": [text]]) }
  }

  private func remember(_ options: [String: [String]]) throws -> NewMemory {
    var remember = RememberOperation()
    try Arguments(options: options).read(into: &remember)
    return remember.memory
  }

  private func filter(_ options: [String: [String]]) throws -> Filter {
    var list = ListOperation()
    try Arguments(options: options).read(into: &list)
    return list.filter.wanted
  }

  @Test("A number outside its range, infinity and NaN are refused")
  func numbers() throws {
    for text in [
      "1.01", "-0.1", "inf", "nan", "NaN", "x", "0x0", "0x1p-1", "+0.5", "1.", "01", "", " 1", "1e",
    ] {
      #expect(throws: UsageError.self) { try remember(["confidence": [text]]) }
    }
    #expect(try remember(["confidence": ["0.25"]]).confidence == 0.25)
    for (text, value) in [(".5", 0.5), ("5e-1", 0.5), ("1", 1), ("1.0", 1), ("0.50", 0.5)] {
      #expect(try remember(["confidence": [text]]).confidence == value)
    }
    #expect(try remember([:]).confidence == 1)
  }

  @Test(
    "Metadata values are what they look like; a number is one only where it prints back the same",
    arguments: [
      ("4", MetadataValue.number(4)), ("-4.5", .number(-4.5)), ("true", .bool(true)),
      ("-4.5e1", .string("-4.5e1")), ("0", .number(0)), ("0.5", .number(0.5)), ("-7", .number(-7)),
      ("9007199254740992", .number(9_007_199_254_740_992)), ("1e+300", .number(1e300)),
      ("9007199254740993", .string("9007199254740993")), ("02134", .string("02134")),
      ("1.10", .string("1.10")), ("1.0", .string("1.0")), ("1e3", .string("1e3")),
      ("+491701234567", .string("+491701234567")), (".5", .string(".5")), ("5.", .string("5.")),
      ("-0", .string("-0")), ("-0.0", .string("-0.0")), ("1_000", .string("1_000")),
      ("NaN", .string("NaN")), ("Infinity", .string("Infinity")), (" 5", .string(" 5")),
      ("0.1000000000000000055", .string("0.1000000000000000055")),
      ("12345678901234567890123456789", .string("12345678901234567890123456789")),
      ("false", .bool(false)), ("True", .string("True")), ("", .string("")),
      ("blue", .string("blue")), ("\"4\"", .string("4")), ("\"", .string("\"")),
      ("nan", .string("nan")), ("inf", .string("inf")), ("0x10", .string("0x10")),
      ("[\"a\", 2]", .list(["a", 2])), ("[]", .list([])), ("\"[1]\"", .string("[1]")),
      ("[draft]", .string("[draft]")), ("[[1]]", .string("[[1]]")), ("[1", .string("[1")),
      ("[{}]", .string("[{}]")), ("1e999", .string("1e999")), ("1.2.3", .string("1.2.3")),
    ])
  func metadataValue(text: String, expected: MetadataValue) {
    #expect(Arguments.metadataValue(text) == expected)
  }

  @Test("Metadata needs a key; its value may hold equals signs")
  func metadata() throws {
    #expect(
      try remember(["metadata": ["a=1", "b=x=y", "c="]]).metadata == ["a": 1, "b": "x=y", "c": ""])
    #expect(
      try remember(["metadata": ["\"a<b\"=1", "\" c\"=\"=d\""]]).metadata
        == ["a<b": 1, " c": "=d"])
    for text in [
      "a", "=1", "", "year>=2020", "year==2020", "a!=b", "a<b=1", "year = 2020", " a=1", "\"a=1",
      "\"\"=1", "\"a\"b=1",
    ] {
      #expect(throws: UsageError.self) { try remember(["metadata": [text]]) }
    }
  }

  @Test(
    "Conditions mean what they look like, and a number is one where one can be meant",
    arguments: [
      ("a=1", MetadataCondition("a", .equal, 1)), ("a!=x", .init("a", .notEqual, "x")),
      ("a<=2", .init("a", .lessOrEqual, 2)), ("a<2", .init("a", .less, 2)),
      ("a >= 2", .init("a", .greaterOrEqual, 2)), ("a>-2", .init("a", .greater, -2)),
      ("a==b", .init("a", .equal, "b")), ("a=", .init("a", .equal, "")),
      ("year==2020", .init("year", .equal, 2020)), ("year<>2020", .init("year", .notEqual, 2020)),
      ("a=b=c", .init("a", .equal, "b=c")), ("a < 5", .init("a", .less, 5)),
      ("zip=02134", .init("zip", .equal, "02134")),
      ("zip>=02134", .init("zip", .greaterOrEqual, "02134")),
      ("ver=1.10", .init("ver", .equal, "1.10")),
      ("price>=1.50", .init("price", .greaterOrEqual, 1.5)),
      ("n<1e3", .init("n", .less, 1000)), ("n=1e3", .init("n", .equal, "1e3")),
      ("n>.5", .init("n", .greater, 0.5)), ("n>\"5\"", .init("n", .greater, "5")),
      ("n>9007199254740993", .init("n", .greater, "9007199254740993")),
      ("\"a<b\"=1", .init("a<b", .equal, 1)), ("\" a\" = \"=b\"", .init(" a", .equal, "=b")),
      ("tag=[\"tea\",1]", .init("tag", .equal, ["tea", 1])),
      ("\"a\\\"\" != x", .init("a\"", .notEqual, "x")), ("a=\" 5\"", .init("a", .equal, " 5")),
    ])
  func condition(text: String, expected: MetadataCondition) throws {
    #expect(try Arguments.condition(text) == expected)
  }

  @Test(
    "A condition without a key, with an unknown comparison or with two is refused",
    arguments: [
      "", "a", "=1", " =1", "=x", "a!b", "a!b=c", "year=>2020", "year=<2020", "a===b", "a!==b",
      "a=!b", "a<=>b", "a< =5", "a= <5", "a<", "a>= ", "\"a=1", "\"a\"", "\"\"=1", "a≥5", "!", "==",
    ])
  func badCondition(text: String) {
    #expect(throws: Misfit.self) { try Arguments.condition(text) }
    #expect(throws: UsageError.self) { try filter(["where": [text]]) }
  }

  @Test(
    "A day spans 24 hours, a moment nothing",
    arguments: [
      ("2026-11-20", 1_795_132_800.0, 86_400.0), ("1970-01-01", 0, 86_400),
      ("2026-11-20T10:00:00Z", 1_795_168_800, 0), ("2026-11-20T10:00:00", 1_795_168_800, 0),
      ("2026-11-20T12:00:00+02:00", 1_795_168_800, 0),
      ("2026-11-20T10:00:00.250Z", 1_795_168_800.25, 0), ("2026-11-20 10:00", 1_795_168_800, 0),
      ("2026-11-20t10:00z", 1_795_168_800, 0), ("2026-11-20T04:30:00-0530", 1_795_168_800, 0),
      ("2024-02-29", 1_709_164_800, 86_400), ("2000-02-29", 951_782_400, 86_400),
      ("0001-01-01", -62_135_596_800, 86_400), ("9999-12-31", 253_402_214_400, 86_400),
    ])
  func times(text: String, start: Double, length: Double) throws {
    let span = try CalendarTime(text)
    #expect(span.start.timeIntervalSince1970 == start)
    #expect(span.end.timeIntervalSince(span.start) == length)
  }

  @Test(
    "What is no date, and a date that no calendar has, is refused",
    arguments: [
      "", "yesterday", "2026-13-01", "20-11-2026", "2026-02-31", "2026-02-29", "1900-02-29",
      "2026-04-31", "2026-00-10", "2026-01-00", "0000-01-01", "12026-01-01", "2026-1-1",
      "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "2016-12-31T23:59:60Z",
      "2026-01-01T10:00:00+25:00", "2026-01-01T10:00:00+14:30", "2026-01-01T10:00:00+01:60",
      "2026-01-01Z", "2026-01-01T", "2026-01-01T10", "2026-01-01  10:00", " 2026-01-01",
      "2026-01-01 ", "2026-01-01\n", "2026/01/01", "20260101", "٢٠٢٦-٠١-٠١",
      "2026-01-01T10:00:00.Z",
    ])
  func badTimes(text: String) {
    #expect(throws: Misfit.self) { try CalendarTime(text) }
    #expect(throws: UsageError.self) { try filter(["since": [text]]) }
  }

  @Test("The filter options become the filter")
  func filter() throws {
    let usual = Filter()
    #expect(try filter([:]) == usual)
    #expect(try filter(["status": ["all"]]).statuses == nil)
    var expected = usual
    (expected.collections, expected.categories) = ([.memories, .chunks], [.fact])
    expected.statuses = [.forgotten]
    expected.metadata = [MetadataCondition("a", .equal, 1)]
    expected.sourceURI = "x.md"
    expected.createdFrom = Date(timeIntervalSince1970: 0)
    expected.createdBefore = Date(timeIntervalSince1970: 86_400)
    expected.times = [
      TimeCondition(.occurred, from: Date(timeIntervalSince1970: 86_400), before: nil)
    ]
    (expected.authors, expected.audiences) = (["eve", "bob"], [.trusting])
    expected.reader = Filter.Reader("ada", trusting: ["eve"])
    expected.whole = try RecordID("w")
    (expected.importance, expected.confidence) = (3...5, 0.5...1)
    let all = [
      "collection": ["memories", "chunks"], "category": ["fact"], "status": ["forgotten"],
      "where": ["a=1"], "source": ["x.md"], "since": ["1970-01-01"], "until": ["1970-01-01"],
      "occurred-since": ["1970-01-02"], "author": ["eve", "bob"], "audience": ["trusting"],
      "reader": ["ada"], "trusts": ["eve"], "whole": ["w"], "min-importance": ["3"],
      "min-confidence": ["0.5"],
    ]
    #expect(try filter(all) == expected)
    let end = Date(timeIntervalSince1970: 86_399.999)
    #expect(try filter(["as-of": ["1970-01-01"]]) == usual.asOf(end))
  }

  @Test(
    "Filters that nothing passes, or that lack another option, are refused",
    arguments: [
      ["since": "2026-02-01", "until": "2026-01-31"],
      ["since": "2026-01-01T10:00:00Z", "until": "2026-01-01T10:00:00Z"],
      ["since": "2026-01-01T10:00:00Z", "until": "2026-01-01T11:00:00+02:00"],
      ["occurred-since": "2026-02-01", "occurred-until": "2026-01-31"],
      ["status": "actve"], ["category": ""], ["trusts": "eve"], ["audience": "all"],
      ["as-of": "2026-01-01", "status": "archived"], ["min-importance": "6"],
      ["min-confidence": "1.1"],
    ])
  func badFilter(options: [String: String]) {
    #expect(throws: UsageError.self) { try filter(options.mapValues { [$0] }) }
  }

  @Test("What is remembered and changed takes every field that has an option")
  func fields() throws {
    let memory = try remember([
      "author": ["ada"], "author-name": ["Ada"], "audience": ["author"], "whole": ["w"],
      "position": ["2"], "occurred-at": ["1970-01-01"], "valid-from": ["1970-01-02"],
      "valid-until": ["1970-01-03T00:00:00Z"], "created-at": ["1970-01-04"],
    ])
    #expect(memory.author == "ada" && memory.authorName == "Ada" && memory.audience == .author)
    #expect(memory.whole?.text == "w" && memory.position == 2)
    let days = [memory.occurredAt, memory.validFrom, memory.validUntil, memory.createdAt]
    #expect(days.map { $0?.timeIntervalSince1970 } == [0, 86_400, 172_800, 259_200])
    var update = UpdateOperation()
    try Arguments(options: [
      "clear": ["category", "valid_until"], "unset": ["a"], "author": ["bob"], "actor": ["eve"],
    ]).read(into: &update)
    #expect(update.patch.cleared == [.category, .validUntil])
    #expect(update.patch.removedMetadata == ["a"])
    #expect(update.patch.author == "bob" && update.actor == "eve")
    for options in [["clear": "text"], [:], ["position": "-1"]] {
      #expect(throws: UsageError.self) {
        var update = UpdateOperation()
        try Arguments(options: options.mapValues { [$0] }).read(into: &update)
      }
    }
  }

  @Test("Every parameter has an option of its name, and none takes the place of a global one")
  func options() {
    for flags in Verbs.all.map(\.flags) {
      let names = flags.map(\.name)
      #expect(Set(names).count == names.count)
      #expect(Set(names).isDisjoint(with: Flag.global.map(\.name)), "\(names)")
    }
  }
}
