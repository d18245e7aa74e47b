import LociCore

/// How many tokens of a language model a text takes, at most, without its tokenizer.
///
/// Byte-pair tokenizers take about four letters of English to a token, and fewer of other
/// languages; see ``ContextBudget/tokens(_:)`` for what is counted here.
enum TokenEstimate {
  private static let lettersPerToken = 5
  private static let digitsPerToken = 3

  /// An upper bound for usual texts. Complexity: O(n).
  static func count(of text: String) -> Int {
    var (count, letters, digits) = (0, 0, 0)
    for scalar in text.unicodeScalars {
      switch Kind(scalar) {
      case .space: (letters, digits) = (0, 0)
      case .letter:
        if letters % lettersPerToken == 0 { count += 1 }
        (letters, digits) = (letters + 1, 0)
      case .digit:
        if digits % digitsPerToken == 0 { count += 1 }
        (letters, digits) = (0, digits + 1)
      case .other:
        (letters, digits) = (0, 0)
        count += 1
      case .rare:
        (letters, digits) = (0, 0)
        count += 2
      }
    }
    return count
  }

  private enum Kind {
    case space, letter, digit, other, rare

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 9, 13, 32: self = .space
      case 48...57: self = .digit
      case 65...90, 97...122: self = .letter
      case ..<0x80: self = .other
      case 0xC0..<0x530: self = .letter
      case 0x1_0000...: self = .rare
      default: self = .other
      }
    }
  }
}
