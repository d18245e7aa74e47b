/// What the tokenizers library holds true of each code point.
///
/// Its tables come from several versions of Unicode, none of them Swift's, so they were observed
/// (Scripts/unicode-tables) and are kept here as data.
struct UnicodeTables: Sendable {
  /// A code point's traits.
  struct Traits: OptionSet {
    let rawValue: UInt8
    /// Dropped by cleaning.
    static let removed = Traits(rawValue: 1)
    /// White space.
    static let space = Traits(rawValue: 2)
    /// A word of its own.
    static let punctuation = Traits(rawValue: 4)
    /// A non-spacing mark: dropped with the accents.
    static let mark = Traits(rawValue: 8)
    /// Of a combining class other than 0: NFD sorts it among its neighbours.
    static let combining = Traits(rawValue: 16)
    /// Changed by stripping accents; ``UnicodeTables/bases`` says into what.
    static let stripped = Traits(rawValue: 32)
    /// Changed by lower-casing; ``UnicodeTables/lowercase`` says into what.
    static let cased = Traits(rawValue: 64)
    /// `\w` of the library's regular expressions.
    static let word = Traits(rawValue: 128)
  }

  /// The one instance, decoded at first use.
  static let shared = UnicodeTables()

  private let properties = RangeTable(UnicodeData.properties)
  private let combiningRanks = RangeTable(UnicodeData.combiningRanks)
  /// What is left of a character without its accents.
  let bases = MappingTable(UnicodeData.bases)
  /// Characters in lower case.
  let lowercase = MappingTable(UnicodeData.lowercase)

  /// The traits of a code point. Complexity: O(log r), r ≈ 3,600.
  func traits(of scalar: UInt32) -> Traits { Traits(rawValue: properties[scalar]) }

  /// The order of a combining mark that stripping accents leaves, 0 where there is none.
  func combiningRank(of scalar: UInt32) -> UInt8 { combiningRanks[scalar] }

  /// Whether the library puts spaces around the character: its list of CJK ideographs, which is
  /// BERT's own and older than Unicode's.
  static func isChinese(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}

/// A value for every code point, kept where it changes.
struct RangeTable: Sendable {
  private var starts: [UInt32] = []
  private var values: [UInt8] = []

  /// Decodes pairs of gap and value.
  init(_ text: String) {
    var numbers = Base36Numbers(text)
    var start: UInt32 = 0
    while let gap = numbers.next(), let value = numbers.next() {
      start += gap
      starts.append(start)
      values.append(UInt8(truncatingIfNeeded: value))
    }
  }

  subscript(scalar: UInt32) -> UInt8 {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    return values[low]
  }
}

/// Code points, and the one or more that take their place.
struct MappingTable: Sendable {
  private var keys: [UInt32] = []
  private var ends: [Int32] = []
  private var scalars: [UInt32] = []

  /// Decodes groups of gap, count and that many scalars.
  init(_ text: String) {
    var numbers = Base36Numbers(text)
    var key: UInt32 = 0
    while let gap = numbers.next(), let count = numbers.next() {
      key += gap
      keys.append(key)
      for _ in 0..<count { if let scalar = numbers.next() { scalars.append(scalar) } }
      ends.append(Int32(scalars.count))
    }
  }

  /// What takes the scalar's place; empty where the table has nothing on it.
  subscript(scalar: UInt32) -> ArraySlice<UInt32> {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < keys.count, keys[low] == scalar else { return [] }
    return scalars[(low == 0 ? 0 : Int(ends[low - 1]))..<Int(ends[low])]
  }
}

/// Reads numbers in base 36, parted by spaces.
private struct Base36Numbers {
  private var bytes: String.UTF8View.Iterator

  init(_ text: String) { bytes = text.utf8.makeIterator() }

  mutating func next() -> UInt32? {
    var number: UInt32?
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = (number ?? 0) * 36 + UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        number = (number ?? 0) * 36 + UInt32(byte - UInt8(ascii: "a")) + 10
      default: if number != nil { return number }
      }
    }
    return number
  }
}
