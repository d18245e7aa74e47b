/// Letters and digits with the signs that join them: an address, a version, a path, a name in code.
///
/// Besides its words, the index holds how a run is spelled, as one word of its own. So the spelling
/// `10.2.0.1` is found at once among thousands of `10.2.0.15` and `10-2-0-1`.
enum JoinedRun {
  /// Longer runs are no identifiers that a person asks for, but data.
  static let maximumBytes = 512

  /// How a character joins, if it does; dashes of any kind are one.
  static func sign(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case ".", "-", "_", "/", "\\", ":", "@", "#", "+", "&", "=": UInt8(ascii: scalar)
    case "\u{2010}"..."\u{2013}", "\u{2212}": UInt8(ascii: "-")
    default: nil
    }
  }

  /// Whether a sign ends a run instead of joining: `..` and `--` belong to prose.
  static func isEnded(by sign: UInt8, after last: UInt8?) -> Bool {
    (sign == UInt8(ascii: ".") || sign == UInt8(ascii: "-")) && last == sign
  }

  /// How a run is spelled, folded words and their signs as UTF-8; nil where no sign is in it.
  static func spelling(_ run: [UInt8]) -> String? {
    run.count <= maximumBytes ? spelling(run[...]) : nil
  }

  /// How a run and its parts are spelled: of `http://10.2.0.1:80/a.txt` also the address and the
  /// file's name.
  static func spellings(_ run: [UInt8]) -> [String] {
    guard let spelling = spelling(run) else { return [] }
    let pieces = run.split { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }
    let parts = pieces.flatMap { piece in piece.split { Array("/\\@&".utf8).contains($0) } }
    return [spelling] + (pieces + parts).compactMap(Self.spelling)
  }

  /// Without the signs around it, but for those that name something else (`.NET`, `#tag`, `C++`),
  /// and without the v of a version.
  private static func spelling(_ run: ArraySlice<UInt8>) -> String? {
    guard let first = run.firstIndex(where: isWord),
      let last = run.lastIndex(where: { isWord($0) || "+#".utf8.contains($0) }), first <= last
    else { return nil }
    var trimmed = run[first...last]
    if first - run.startIndex == 1, ".#@".utf8.contains(run[run.startIndex]) {
      trimmed = run[run.startIndex...last]
    }
    if trimmed.first == UInt8(ascii: "v"), trimmed.dropFirst().first.map(isDigit) ?? false {
      trimmed = trimmed.dropFirst()
    }
    return trimmed.allSatisfy(isWord) ? nil : String(decoding: trimmed, as: UTF8.self)
  }

  /// A run holds nothing but words and signs, which are ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isDigit(byte) || (97...122).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The word that stands for a spelling in the index: letters that no stemmer changes, and that
  /// nobody writes. Its middle is FNV-1a, 64 bits; whoever makes two spellings collide wins
  /// nothing.
  static func indexWord(_ spelling: String) -> String {
    let hash = spelling.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let letters = (0..<16).map { UInt8(ascii: "a") + UInt8((hash >> (4 * UInt64($0))) & 15) }
    return "q\(String(decoding: letters, as: UTF8.self))q"
  }
}
