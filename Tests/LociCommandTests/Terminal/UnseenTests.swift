import Foundation
import LociCommand
import LociJSON
import LociTestKit
import Testing

/// What must never reach a terminal or a reader as it is.
enum Unseen {
  static let scalars: [Unicode.Scalar] =
    ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }

  private static let ranges: [ClosedRange<UInt32>] = [
    0x0...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x061C...0x061C, 0x115F...0x1160, 0x180E...0x180E,
    0x200B...0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164...0x3164,
    0xFDD0...0xFDD5, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF9...0xFFFB, 0x1D173...0x1D17A,
    0xE0000...0xE007F, 0xE0100...0xE01EF,
  ]

  /// What scripts and emoji need, and what is seen.
  static let needed = "👩‍👩‍👧 ❤️ می‌خواهم क्‍ष ê \u{600}12 ÷ ﷽ ﻻ 東京 \u{1820}\u{180B} ~ \u{A0} \u{E000}"

  /// Those of a printed text; line breaks and tabs are its own.
  static func found(in text: String) -> [Unicode.Scalar] {
    let all = Set(scalars).subtracting(["\n", "\t"])
    return text.unicodeScalars.filter { all.contains($0) }
  }
}

@Suite("What is never printed as it is")
struct UnseenTests {
  @Test("Controls, marks of direction, separators, tags and what is invisible are told apart")
  func members() {
    for scalar in Unseen.scalars { #expect(scalar.isUnseen, "\(scalar.value)") }
    for scalar in Unseen.needed.unicodeScalars {
      #expect(!scalar.isUnseen, "\(scalar.value)")
    }
  }

  @Test("Random texts with all of them leave none, and JSON decodes to the text itself")
  func randomTexts() throws {
    var generator = SeededGenerator(seed: 5)
    for round in 0..<200 {
      var scalars = Unseen.scalars.shuffled(using: &generator)
      scalars += Unseen.needed.unicodeScalars
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars.shuffled(using: &generator).prefix(60))
      let original = String(text)
      for shown in [
        Printable.line(original), Printable.text(original), Printable.name(original),
        Printable.message(original),
      ] {
        #expect(Unseen.found(in: shown).isEmpty, "round \(round)")
      }
      let value: JSON = .object([(key: original, value: .array([.string(original)]))])
      for json in [value.line, value.document] {
        #expect(Unseen.found(in: json).isEmpty, "round \(round)")
        let decoded = try JSONDecoder().decode([String: [String]].self, from: Data(json.utf8))
        #expect(decoded.keys.first?.utf8.elementsEqual(original.utf8) == true)
        #expect(decoded.values.first?.first?.utf8.elementsEqual(original.utf8) == true)
      }
    }
  }

  @Test("What is needed stays; a name shows what is in it, a text leaves it out")
  func looks() {
    #expect(Printable.text(Unseen.needed) == Unseen.needed)
    #expect(Printable.name("a\u{202E}b\u{200B}\u{E0041}") == "a<U+202E>b<U+200B><U+E0041>")
    #expect(Printable.text("Wirt\u{AD}schaft\u{200B}") == "Wirtschaft")
    #expect(Printable.line("a\u{2028}b\u{85}c\u{FEFF}") == "a b c")
    #expect(JSON.string("\u{E0041}\u{202e}").line == #""\udb40\udc41\u202e""#)
  }
}
