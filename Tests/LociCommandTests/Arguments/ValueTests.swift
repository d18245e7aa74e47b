import Foundation
import Loci
import LociCommand
import Testing

@Suite("Values of options")
struct ValueTests {
  @Test(
    "Numbers outside their range and words are refused",
    arguments: ["", "x", "0", "6", "1.5", "1e1", "99999999999999999999"])
  func integers(text: String) {
    let arguments = Arguments(options: ["importance": [text]])
    #expect(throws: UsageError.self) { try arguments.integer("importance", in: 1...5) }
  }

  @Test("A number outside its range, infinity and NaN are refused")
  func numbers() throws {
    for text in ["1.01", "-0.1", "inf", "nan", "x"] {
      let arguments = Arguments(options: ["confidence": [text]])
      #expect(throws: UsageError.self) { try arguments.number("confidence", in: 0...1) }
    }
    let arguments = Arguments(options: ["confidence": ["0.25"]])
    #expect(try arguments.number("confidence", in: 0...1) == 0.25)
    #expect(try Arguments().number("confidence", in: 0...1) == nil)
  }

  @Test(
    "Metadata values are what they look like",
    arguments: [
      ("4", MetadataValue.number(4)), ("-4.5e1", .number(-45)), ("true", .bool(true)),
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
    for text in ["a", "=1", ""] {
      #expect(throws: UsageError.self) {
        try Arguments(options: ["metadata": [text]]).metadata()
      }
    }
  }

  @Test(
    "Conditions are read with the longest comparison that fits",
    arguments: [
      ("a=1", MetadataCondition("a", .equal, 1)), ("a!=x", .init("a", .notEqual, "x")),
      ("a<=2", .init("a", .lessOrEqual, 2)), ("a<2", .init("a", .less, 2)),
      ("a >= 2", .init("a", .greaterOrEqual, 2)), ("a>-2", .init("a", .greater, -2)),
      ("a==b", .init("a", .equal, "=b")), ("a=", .init("a", .equal, "")),
    ])
  func condition(text: String, expected: MetadataCondition) throws {
    #expect(try Arguments.condition(text) == expected)
  }

  @Test(
    "A condition without key or comparison is refused", arguments: ["", "a", "=1", " =1", "a!b"])
  func badCondition(text: String) {
    #expect(throws: UsageError.self) { try Arguments.condition(text) }
  }

  @Test(
    "A day spans 24 hours, a moment nothing",
    arguments: [
      ("2026-11-20", 1_795_132_800.0, 86_400.0), ("1970-01-01", 0, 86_400),
      ("2026-11-20T10:00:00Z", 1_795_168_800, 0), ("2026-11-20T10:00:00", 1_795_168_800, 0),
      ("2026-11-20T12:00:00+02:00", 1_795_168_800, 0),
      ("2026-11-20T10:00:00.250Z", 1_795_168_800.25, 0),
    ])
  func times(text: String, start: Double, length: Double) throws {
    let span = try Arguments.time(text, flag: "since")
    #expect(span.start.timeIntervalSince1970 == start)
    #expect(span.end.timeIntervalSince(span.start) == length)
  }

  @Test("What is no date is refused", arguments: ["", "yesterday", "2026-13-01", "20-11-2026"])
  func badTimes(text: String) {
    #expect(throws: UsageError.self) { try Arguments.time(text, flag: "since") }
  }

  @Test("The filter options become the filter")
  func filter() throws {
    let namespace = try Namespace("bot:ada")
    let none = try Arguments().filter(in: namespace)
    #expect(none == Filter(namespace: namespace))
    let all = try Arguments(options: ["status": ["all"]]).filter(in: namespace)
    #expect(all.statuses == nil)
    let filter = try Arguments(options: [
      "collection": ["memories", "chunks"], "category": ["fact"], "status": ["forgotten"],
      "where": ["a=1"], "source": ["x.md"], "since": ["1970-01-01"], "until": ["1970-01-01"],
    ]).filter(in: namespace)
    #expect(filter.collections == [.memories, .chunks])
    #expect(filter.categories == [.fact])
    #expect(filter.statuses == [.forgotten])
    #expect(filter.metadata == [MetadataCondition("a", .equal, 1)])
    #expect(filter.sourceURI == "x.md")
    #expect(filter.createdFrom == Date(timeIntervalSince1970: 0))
    #expect(filter.createdBefore == Date(timeIntervalSince1970: 86_400))
    #expect(throws: UsageError.self) {
      try Arguments(options: ["status": ["actve"]]).filter(in: namespace)
    }
    #expect(throws: UsageError.self) {
      try Arguments(options: ["category": [""]]).filter(in: namespace)
    }
  }
}
