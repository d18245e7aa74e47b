/// Words as they are compared where times are looked for: whatever the case, and without marks.
enum TimeLetters {
  /// A word as it is looked up: up to sixteen letters, a byte each.
  struct Key: Hashable {
    var high: UInt64 = 0
    var low: UInt64 = 0

    /// Whether there was room for another letter.
    mutating func append(_ letter: UInt8) -> Bool {
      guard high >> 56 == 0 else { return false }
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(letter)
      return true
    }

    func hash(into hasher: inout Hasher) { hasher.combine(high ^ low &* 0x9E37_79B9_7F4A_7C15) }
  }

  /// The scalar at an offset, and how many bytes it has; 0 and 1 where there is none.
  static func scalar(
    _ bytes: Span<UInt8>, _ index: Int, _ count: Int
  ) -> (UInt32, Int) {
    let first = bytes[index]
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard width > 1, index + width <= count else { return (0, 1) }
    var value = UInt32(first) & (0xFF >> UInt32(width + 1))
    for next in 1..<width { value = value << 6 | UInt32(bytes[index + next] & 0x3F) }
    return (value, width)
  }

  /// A letter as the letters of a key; nil where it is none. Latin letters lose their marks, and
  /// Cyrillic ones have the upper half of the bytes.
  static func letters(_ scalar: UInt32) -> [UInt8]? {
    switch scalar {
    case 0x300...0x36F: return []  // Marks by themselves.
    case 0x430...0x44F: return [UInt8(scalar - 0x430) + 0x80]
    case 0x410...0x42F: return [UInt8(scalar - 0x410) + 0x80]
    case 0x401, 0x451: return [UInt8(0x435 - 0x430) + 0x80]
    case 0xAA: return [UInt8(ascii: "a")]
    case 0xBA: return [UInt8(ascii: "o")]
    case 0xD7, 0xF7: return nil
    case 0xC0...0x24F:
      let lower = scalar <= 0xDE ? scalar + 0x20 : scalar
      var letters: [UInt8] = []
      if let lower = Unicode.Scalar(lower) {
        LetterFolding.fold(lower) { letters.append($0.isASCII ? UInt8($0.value) | 0x20 : 0xFF) }
      }
      return letters
    case 0x370...0x3FF, 0x400...0x52F, 0x531...0x1FFF: return [0xFF]
    default: return nil
    }
  }

  /// The key of a word of the vocabulary; nil where it is too long.
  static func key(of word: Span<UInt8>) -> Key? {
    var (key, index) = (Key(), 0)
    while index < word.count {
      let byte = word[index]
      guard byte >= 0x80 else {
        guard key.append(byte | 0x20) else { return nil }
        index += 1
        continue
      }
      let (scalar, width) = scalar(word, index, word.count)
      for letter in letters(scalar) ?? [] { guard key.append(letter) else { return nil } }
      index += width
    }
    return key
  }
}
