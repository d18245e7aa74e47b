/// A text as words that times can be made of, numbers and signs. Complexity: O(n).
struct TimeTokens {
  struct Token {
    enum Kind { case word, number, sign }
    let kind: Kind
    /// Where it begins and ends, in bytes.
    let start: Int
    let end: Int
    /// A number's value, −1 where it is too long; a sign as ASCII, 0 where it is another.
    var value = 0
    /// A word's place in the vocabulary; −1 where it is not there.
    var entry = -1
    var isCapital = false
    /// Whether nothing stands between it and the token before.
    var isGlued = false
    /// Whether it looks like an English plural: a word in lower case with an s at its end.
    var isPlural = false

    var length: Int { end - start }
  }

  private(set) var tokens: [Token] = []
  /// Whether anything is there that a time could be made of.
  private(set) var mayNameTimes = false
  private let table = TimeVocabulary.table

  /// - Parameter maximum: How many bytes are read.
  init(_ bytes: Span<UInt8>, maximum: Int) {
    let count = min(bytes.count, maximum)
    tokens.reserveCapacity(min(256, count / 4))
    var index = 0
    while index < count {
      let byte = bytes[index]
      if Self.isLetter(byte) {
        index = addWord(bytes, index, count)
      } else if Self.isDigit(byte) {
        index = addNumber(bytes, index, count)
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        index += 1
      } else if byte < 0x80 {
        add(.sign, index, index + 1, value: Int(byte))
        index += 1
      } else {
        index = addOther(bytes, index, count)
      }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  private mutating func add(
    _ kind: Token.Kind, _ start: Int, _ end: Int, value: Int = 0, entry: Int = -1,
    isCapital: Bool = false
  ) {
    let isGlued = tokens.last?.end == start
    // A run of signs that mean nothing is one.
    if kind == .sign, value == 0, isGlued, let last = tokens.last, last.kind == .sign,
      last.value == 0
    {
      tokens[tokens.count - 1] = Token(kind: .sign, start: last.start, end: end)
      return
    }
    tokens.append(
      Token(
        kind: kind, start: start, end: end, value: value, entry: entry, isCapital: isCapital,
        isGlued: isGlued))
  }

  private mutating func addNumber(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int {
    var (index, value) = (start, 0)
    while index < count, Self.isDigit(bytes[index]) {
      if index - start < 9 { value = value * 10 + Int(bytes[index] - 48) }
      index += 1
    }
    add(.number, start, index, value: index - start > 9 ? -1 : value)
    mayNameTimes = true
    return index
  }

  // MARK: Words

  private mutating func addWord(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int {
    var (index, key, isKnown) = (start, TimeLetters.Key(), true)
    let isCapital = bytes[start] < 0x61
    while index < count {
      let byte = bytes[index]
      if Self.isLetter(byte) {
        if isKnown { isKnown = key.append(byte | 0x20) }
        index += 1
      } else if byte >= 0xC2 {
        let (scalar, width) = TimeLetters.scalar(bytes, index, count)
        guard let letters = TimeLetters.letters(scalar) else { break }
        for letter in letters where isKnown { isKnown = key.append(letter) }
        index += width
      } else {
        break
      }
    }
    let isPlural = !isCapital && index - start > 4 && bytes[index - 1] == UInt8(ascii: "s")
    addWord(isKnown ? key : nil, start, index, isCapital, isPlural: isPlural)
    return index
  }

  private mutating func addWord(
    _ key: TimeLetters.Key?, _ start: Int, _ end: Int, _ isCapital: Bool,
    isPlural: Bool
  ) {
    let entry = key.flatMap { table.place(of: $0) } ?? -1
    add(.word, start, end, entry: entry, isCapital: isCapital)
    tokens[tokens.count - 1].isPlural = isPlural
    if entry >= 0, !mayNameTimes { mayNameTimes = table.traits[entry].isCore }
  }

  /// What begins with a byte that is not ASCII.
  private mutating func addOther(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int {
    let (scalar, width) = TimeLetters.scalar(bytes, start, count)
    switch scalar {
    case 0xA0, 0x2009, 0x202F: return start + width
    case 0x2019: add(.sign, start, start + width, value: Int(UInt8(ascii: "'")))
    case 0x2010...0x2015: add(.sign, start, start + width, value: Int(UInt8(ascii: "-")))
    case 0xA3, 0xA5, 0x20A0...0x20CF:
      add(.sign, start, start + width, value: Int(UInt8(ascii: "$")))
    default:
      guard TimeLetters.letters(scalar) != nil else {
        add(.sign, start, start + width)
        return start + width
      }
      let end = addWord(bytes, start, count)
      let isCapital = (0xC0...0xDE).contains(scalar) || (0x400...0x42F).contains(scalar)
      tokens[tokens.count - 1].isCapital = isCapital
      return end
    }
    return start + width
  }
}
