import Foundation
import Loci
import LociCommand
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
    let arguments = Arguments(options: ["importance": [text]])
    #expect(throws: UsageError.self) { try arguments.integer("importance", in: 1...5) }
  }

  @Test("A number outside its range, infinity and NaN are refused")
  func numbers() throws {
    for text in [
      "1.01", "-0.1", "inf", "nan", "NaN", "x", "0x0", "0x1p-1", "+0.5", "1.", "01", "", " 1", "1e",
    ] {
      let arguments = Arguments(options: ["confidence": [text]])
      #expect(throws: UsageError.self) { try arguments.number("confidence", in: 0...1) }
    }
    let arguments = Arguments(options: ["confidence": ["0.25"]])
    #expect(try arguments.number("confidence", in: 0...1) == 0.25)
    for (text, value) in [(".5", 0.5), ("5e-1", 0.5), ("1", 1), ("1.0", 1), ("0.50", 0.5)] {
      let arguments = Arguments(options: ["confidence": [text]])
      #expect(try arguments.number("confidence", in: 0...1) == value)
    }
    #expect(try Arguments().number("confidence", in: 0...1) == nil)
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
      ("1e999", .string("1e999")), ("1.2.3", .string("1.2.3")),
    ])
  func metadataValue(text: String, expected: MetadataValue) {
    #expect(Arguments.metadataValue(text) == expected)
  }

  @Test("Metadata needs a key; its value may hold equals signs")
  func metadata() throws {
    let arguments = Arguments(options: ["metadata": ["a=1", "b=x=y", "c="]])
    #expect(try arguments.metadata() == ["a": 1, "b": "x=y", "c": ""])
    #expect(
      try Arguments(options: ["metadata": ["\"a<b\"=1", "\" c\"=\"=d\""]]).metadata()
        == ["a<b": 1, " c": "=d"])
    for text in [
      "a", "=1", "", "year>=2020", "year==2020", "a!=b", "a<b=1", "year = 2020", " a=1", "\"a=1",
      "\"\"=1", "\"a\"b=1",
    ] {
      #expect(throws: UsageError.self) {
        try Arguments(options: ["metadata": [text]]).metadata()
      }
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
    #expect(throws: UsageError.self) { try Arguments.condition(text) }
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
    let span = try Arguments.time(text, flag: "since")
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
    #expect(throws: UsageError.self) { try Arguments.time(text, flag: "since") }
  }

  @Test("The filter options become the filter")
  func filter() throws {
    let none = try Arguments().filter()
    #expect(none == Filter())
    let all = try Arguments(options: ["status": ["all"]]).filter()
    #expect(all.statuses == nil)
    let filter = try Arguments(options: [
      "collection": ["memories", "chunks"], "category": ["fact"], "status": ["forgotten"],
      "where": ["a=1"], "source": ["x.md"], "since": ["1970-01-01"], "until": ["1970-01-01"],
    ]).filter()
    #expect(filter.collections == [.memories, .chunks])
    #expect(filter.categories == [.fact])
    #expect(filter.statuses == [.forgotten])
    #expect(filter.metadata == [MetadataCondition("a", .equal, 1)])
    #expect(filter.sourceURI == "x.md")
    #expect(filter.createdFrom == Date(timeIntervalSince1970: 0))
    #expect(filter.createdBefore == Date(timeIntervalSince1970: 86_400))
    for (since, until) in [
      ("2026-02-01", "2026-01-31"), ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
      ("2026-01-01T10:00:00Z", "2026-01-01T11:00:00+02:00"),
    ] {
      #expect(throws: UsageError.self) {
        try Arguments(options: ["since": [since], "until": [until]]).filter()
      }
    }
    #expect(throws: UsageError.self) {
      try Arguments(options: ["status": ["actve"]]).filter()
    }
    #expect(throws: UsageError.self) {
      try Arguments(options: ["category": [""]]).filter()
    }
  }
}
