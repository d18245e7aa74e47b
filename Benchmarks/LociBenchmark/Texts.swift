import Foundation
import LociCore

/// Texts of known lengths in tokens: each word is one token of BERT's English vocabulary.
struct Texts: Codable {
  /// One text each of 8, 128 and 256 tokens, special tokens included; and many of mixed lengths.
  let short: String
  let middle: String
  let long: String
  let mixed: [String]

  private enum CodingKeys: String, CodingKey {
    case short = "8"
    case middle = "128"
    case long = "256"
    case mixed
  }

  /// Lengths of the mixed texts are spread evenly over 8…256 on a logarithmic scale.
  init(count: Int, seed: UInt64 = 20_260_101) {
    var words = WordSource(seed: seed)
    short = words.text(tokens: 8)
    middle = words.text(tokens: 128)
    long = words.text(tokens: 256)
    mixed = (0..<count).map { _ in
      words.text(tokens: Int(8 * pow(32, words.uniform())))
    }
  }
}

/// Common words in an order that a seed decides.
struct WordSource {
  private static let words = """
    the of and in to was he is as for on with that it his by at from her she you had an were but
    be this are not my they one which or have him me first all also their has up who out been when
    after there into new two its time would no what about said we over then other so more can if
    like back them only some could where just during before do made school through than now years
    most world may between down well three year while will later city under around did such being
    used state people part know against your many second university both national these how until
    water house work night music light road green river story number day place small life man hand
    """.split { $0 == " " || $0 == "\n" }

  private var bits: SplitMix64

  init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  /// 0..<1.
  mutating func uniform() -> Double { Double(bits.next() >> 11) / Double(1 << 53) }

  /// A text of so many tokens, the two special ones included.
  mutating func text(tokens: Int) -> String {
    (0..<max(1, tokens - 2)).map { _ in word() }.joined(separator: " ")
  }

  /// Paragraphs of about 60 words, until there are so many bytes.
  mutating func document(bytes: Int) -> String {
    var text = ""
    text.reserveCapacity(bytes + 500)
    while text.utf8.count < bytes { text += self.text(tokens: 62) + ".\n\n" }
    return text
  }

  private mutating func word() -> Substring {
    Self.words[Int(uniform() * Double(Self.words.count))]
  }
}
