import Foundation
import LociCommand
import LociTestKit
import Testing

@Suite("Text for terminals and programs")
struct TextTests {
  @Test("Lines never exceed the width, and the words come back in order", arguments: 2...40)
  func wrapping(width: Int) {
    let text = "Loci remembers 東京 texts, averyveryverylongwordthatfitsnowhere, and\nline\tbreaks."
    let lines = Wrap.lines(of: text, width: width)
    #expect(lines.allSatisfy { Wrap.columns(of: $0) <= width })
    let kept = lines.joined().filter { !$0.isWhitespace }
    #expect(kept == text.filter { !$0.isWhitespace })
  }

  @Test("What is too long ends in an ellipsis, within the width")
  func trimming() {
    let lines = Wrap.lines(of: "one two three four five", width: 9, limit: 2)
    #expect(lines == ["one two", "three…"])
    #expect(Wrap.lines(of: "one two", width: 9, limit: 1) == ["one two"])
    #expect(Wrap.lines(of: "", width: 9) == [])
  }

  @Test("A block keeps its headings and items, without the blank lines")
  func blocks() {
    #expect(
      Wrap.block(of: "# One\n\n- two\r\n- three four", width: 7) == [
        "# One", "- two", "- three", "four",
      ])
    #expect(Wrap.block(of: "a\n\nb\n\nc", width: 7, limit: 2) == ["a", "b…"])
  }

  @Test("Escape sequences and direction marks never reach the terminal")
  func safety() {
    #expect(Printable.line("a\u{1B}[31mb\u{7}\r\nc\u{202E}d") == "a [31mb c d")
    #expect(Printable.text("a\u{1B}b\nc\td\u{9B}") == "a b\nc\td ")
    #expect(Printable.line("ok 👩‍👩‍👧 é") == "ok 👩‍👩‍👧 é")
  }

  @Test(
    "Numbers are rounded to fixed decimals",
    arguments: [
      (0.12345, 3, "0.123"), (-0.0001, 3, "0.000"), (1.9996, 3, "2.000"), (-1.05, 1, "-1.1"),
      (12, 0, "12"), (0.007, 2, "0.01"), (100.5, 2, "100.50"),
    ])
  func numbers(value: Double, decimals: Int, expected: String) {
    #expect(Format.number(value, decimals: decimals) == expected)
  }

  @Test("Times agree with Foundation's, to the millisecond, before and after 1970")
  func times() {
    var generator = SeededGenerator(seed: 20)
    let style = Date.ISO8601FormatStyle()
    for _ in 0..<500 {
      // From 1590 on: Foundation counts by the Julian calendar before 1582, ISO 8601 does not.
      let second = Int64.random(in: -12_000_000_000...200_000_000_000, using: &generator)
      let date = Date(timeIntervalSince1970: Double(second))
      let expected = date.formatted(style).replacing("Z", with: ".000Z")
      #expect(Format.time(date) == expected, "second \(second)")
    }
    #expect(Format.time(Date(timeIntervalSince1970: 0.007)) == "1970-01-01T00:00:00.007Z")
    #expect(Format.time(Date(timeIntervalSince1970: -0.001)) == "1969-12-31T23:59:59.999Z")
    #expect(Format.day(Date(timeIntervalSince1970: 951_782_400)) == "2000-02-29")
  }
}
