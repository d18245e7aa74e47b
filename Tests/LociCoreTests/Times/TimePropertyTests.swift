import Foundation
import LociCore
import LociTestKit
import Testing

/// What holds of any text, at any moment.
@Suite("Times in any text") struct TimePropertyTests {
  private static let moment = Date(timeIntervalSince1970: 1_686_756_600)
  private static let words = [
    "last", "next", "this", "May", "may", "8", "08", "2023", "0000", "9999", "week", "weeks", "ago",
    "in", "the", "of", "before", "after", "since", "until", "between", "and", "from", "to", "-",
    "–", "/", ".", ",", "'", "(", ")", "T13:00Z", "Tuesday", "on", "summer", "winter", "early",
    "mid", "end", "Q2", "29", "February", "yesterday", "tomorrow", "night", "a", "few", "couple",
    "1990s", "vor", "drei", "Tagen", "il", "y", "semana", "pasada", "fa", "назад", "неделю",
    "в", "мае", "années", "é", "\u{301}", "👩‍👩‍👧", "漢字", "\u{202E}", "\0", "\n", "decades",
    "99999999999999999999", "will", "last", "years", "hour", "hours", "minutes", "9999-12-31",
    "0001-01-01", "segunda", "feira", "mañana", "hier", "morgen", "early", "31", "%", "$",
  ]

  private func check(_ text: String, at moment: Date, offset: Int = 0) {
    let found = TimeExpression.found(in: text, writtenAt: moment, secondsFromUTC: offset)
    let bytes = Array(text.utf8)
    #expect(found.count <= TimeExpression.maximumCount)
    var last = 0..<0
    for time in found {
      #expect(time.interval.from != nil || time.interval.before != nil, "\(text.debugDescription)")
      if let from = time.interval.from, let before = time.interval.before {
        #expect(from < before, "\(text.debugDescription)")
      }
      #expect(time.place == last || time.place.lowerBound >= last.upperBound)
      #expect(!time.place.isEmpty && time.place.upperBound <= bytes.count)
      #expect(String(validating: bytes[time.place], as: UTF8.self) != nil)
      #expect(!time.phrase.isEmpty)
      last = time.place
    }
    #expect(found == TimeExpression.found(in: text, writtenAt: moment, secondsFromUTC: offset))
  }

  @Test("Whatever words stand together, times are not empty, in order and few", arguments: 0..<4)
  func words(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1500 {
      let text = (0..<Int.random(in: 1...14, using: &generator))
        .compactMap { _ in Self.words.randomElement(using: &generator) }
        .joined(separator: Bool.random(using: &generator) ? " " : "")
      check(text, at: Self.moment)
    }
  }

  @Test("Any characters are no trap")
  func characters() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...80, using: &generator) {
        let value = UInt32.random(in: 0...0x10FFFF, using: &generator)
        scalars.append(Unicode.Scalar(value >> UInt32.random(in: 0...16, using: &generator)) ?? "8")
      }
      check(String(scalars), at: Self.moment)
    }
  }

  @Test(
    "Any moment is no trap, and what lies outside the calendar is left out",
    arguments: [
      -1e300, 1e300, .infinity, -.infinity, .nan, -62_135_596_800, -62_135_596_801, 253_402_300_799,
      253_402_300_800, 0, -1, 951_782_400, 1_709_164_800,
    ])
  func moments(seconds: Double) {
    for offset in [0, 14 * 3600, -12 * 3600, .max, .min] {
      for text in [
        "last week", "next year", "9999 years ago", "in 9999 years", "9999 decades ago", "tomorrow",
        "on 29 February", "last winter", "before yesterday", "this weekend", "last May",
        "2023-05-08", "9999-12-31", "two hours ago", "after 9999-12-31", "last night",
        "in the last 9999 weeks",
      ] { check(text, at: Date(timeIntervalSince1970: seconds), offset: offset) }
    }
  }

  @Test("A long text is read as far as the bound, and no further")
  func long() {
    let emoji = String(repeating: "👩‍👩‍👧 ", count: 10_000_000 / 19)
    check(emoji + "yesterday", at: Self.moment)
    let many = String(repeating: "yesterday ", count: 100_000)
    #expect(TimeExpression.found(in: many, writtenAt: Self.moment).count == 32)
    let nested = String(
      repeating: "since before after until between early mid the of ", count: 2000)
    check(nested, at: Self.moment)
    for words in ["end of the ", "hier ", "early ", "5/8/2023 hier ", "8 ", "2023-", "Mai. "] {
      check(String(repeating: words, count: 3000) + "year", at: Self.moment)
    }
    let far = String(repeating: " ", count: TimeExpression.maximumBytes) + "yesterday"
    #expect(TimeExpression.found(in: far, writtenAt: Self.moment).isEmpty)
  }

  @Test("A day is the writer's: far in the east it is tomorrow already")
  func zones() throws {
    let late = Date(timeIntervalSince1970: 1_686_783_600)  // 23:00 UTC
    func day(_ offset: Int) throws -> Date? {
      try #require(
        TimeExpression.found(in: "today", writtenAt: late, secondsFromUTC: offset).first
      ).interval.from
    }
    #expect(try day(0) == Date(timeIntervalSince1970: 1_686_700_800))
    #expect(try day(2 * 3600) == Date(timeIntervalSince1970: 1_686_787_200 - 2 * 3600))
  }

  @Test("The calendar agrees with Foundation's, day by day")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for day in stride(from: 0, to: 60_000, by: 37) {
      let moment = Date(timeIntervalSince1970: Double(day) * 86_400 + 3600)
      func start(_ text: String) -> Date? {
        TimeExpression.found(in: text, writtenAt: moment).first?.interval.from
      }
      func interval(_ component: Calendar.Component) -> Date? {
        calendar.dateInterval(of: component, for: moment)?.start
      }
      #expect(start("today") == interval(.day))
      #expect(start("this month") == interval(.month))
      #expect(start("this year") == interval(.year))
      let weekday = calendar.component(.weekday, from: moment)
      let monday = calendar.date(byAdding: .day, value: -((weekday + 5) % 7), to: moment)
      #expect(start("this week") == monday.map { calendar.startOfDay(for: $0) })
    }
  }

  @Test("Where a clock goes backwards, a text may name what has not come yet")
  func backwards() throws {
    let written = Self.moment.addingTimeInterval(365 * 86_400)
    let text = try #require(
      TimeExpression.found(in: "We met yesterday", writtenAt: written).first)
    let asked = try #require(
      TimeExpression.found(in: "yesterday", writtenAt: Self.moment).first)
    #expect(try #require(text.interval.from) > (try #require(asked.interval.before)))
    #expect(text.interval.distance(to: asked.interval) == 364 * 86_400)
  }
}

@Suite("Stretches of time") struct TimeSpanTests {
  private func at(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

  @Test("Nothing lies between bounds that are equal, turned around or no numbers")
  func empty() {
    #expect(TimeSpan(from: at(1), before: at(1)) == nil)
    #expect(TimeSpan(from: at(2), before: at(1)) == nil)
    #expect(TimeSpan(from: at(.nan), before: nil) == nil)
    #expect(TimeSpan(from: nil, before: at(.infinity)) == nil)
    #expect(TimeSpan(from: nil, before: nil) != nil)
  }

  @Test("How far stretches are apart, and what they share")
  func relations() throws {
    let span = try #require(TimeSpan(from: at(10), before: at(20)))
    #expect(span.contains(at(10)) && !span.contains(at(20)))
    #expect(span.distance(to: at(15)) == 0 && span.distance(to: at(4)) == 6)
    #expect(span.distance(to: at(26)) == 6)
    let wide = try #require(TimeSpan(from: at(0), before: at(40)))
    #expect(span.share(in: wide) == 1 && wide.share(in: span) == 0.25)
    let open = try #require(TimeSpan(from: at(15), before: nil))
    #expect(span.share(in: open) == 0.5 && open.share(in: span) == 1)
    #expect(open.distance(to: span) == 0)
    let far = try #require(TimeSpan(from: nil, before: at(3)))
    #expect(far.distance(to: span) == 7 && span.distance(to: far) == 7)
    #expect(far.share(in: span) == 0 && open.distance(to: far) == 12)
  }
}
