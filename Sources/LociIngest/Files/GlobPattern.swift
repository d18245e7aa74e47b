/// A pattern of file names as gitignore(5) has them, matched byte by byte as git does.
///
/// `*` and `?` stop at slashes; `**` between slashes stands for any folders. A pattern that is
/// malformed (an open bracket, a backslash at its end) matches nothing.
struct GlobPattern: Hashable, Sendable {
  private enum Token: Hashable {
    case byte(UInt8)
    /// Any byte but a slash.
    case one
    /// A byte of a set, but no slash; the set as 256 bits.
    case set([Bool])
    /// Any number of bytes that are no slash.
    case star
    /// Any number of any bytes.
    case all
    /// What follows up to the next slash may be left out: `**/`.
    case optionalFolders
  }

  /// Nil where the pattern is malformed.
  private let tokens: [Token]?

  /// Reads a pattern.
  ///
  /// - Parameters:
  ///   - bytes: The pattern, without a leading or closing slash.
  ///   - isPath: Whether it is matched with a path; else with one name.
  init(_ bytes: some Collection<UInt8>, isPath: Bool) {
    var reader = Reader(bytes: Array(bytes))
    tokens = reader.tokens(isPath: isPath)
  }

  /// Whether the whole of a name or path matches.
  ///
  /// - Complexity: O(m · n) in their lengths, whatever the pattern.
  func matches(_ text: some Sequence<UInt8>) -> Bool {
    guard let tokens else { return false }
    var places = Self.start(at: 0, tokens, Array(repeating: false, count: tokens.count + 1))
    for byte in text {
      let before = places
      places = Array(repeating: false, count: tokens.count + 1)
      var isAlive = false
      for (index, token) in tokens.enumerated() where before[index] {
        guard let next = Self.step(from: index, token, byte) else { continue }
        places = Self.start(at: next, tokens, places)
        isAlive = true
      }
      guard isAlive else { return false }
    }
    return places[tokens.count]
  }

  /// The places that a place stands for, too, since what follows it may be empty.
  private static func start(at index: Int, _ tokens: [Token], _ places: [Bool]) -> [Bool] {
    var places = places
    var open = [index]
    while let place = open.popLast() {
      guard !places[place] else { continue }
      places[place] = true
      guard place < tokens.count else { continue }
      switch tokens[place] {
      case .star, .all: open.append(place + 1)
      case .optionalFolders: open += [place + 1, place + 3]
      default: break
      }
    }
    return places
  }

  /// The place after a byte, or nil where it does not fit.
  private static func step(from index: Int, _ token: Token, _ byte: UInt8) -> Int? {
    let isSlash = byte == UInt8(ascii: "/")
    switch token {
    case .byte(let expected): return byte == expected ? index + 1 : nil
    case .one: return isSlash ? nil : index + 1
    case .set(let set): return !isSlash && set[Int(byte)] ? index + 1 : nil
    case .star: return isSlash ? nil : index
    case .all: return index
    case .optionalFolders: return nil
    }
  }
}

extension GlobPattern {
  /// Turns a pattern's bytes into tokens.
  private struct Reader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private static let special: Set<UInt8> = Set("*?[\\".utf8)

    mutating func tokens(isPath: Bool) -> [Token]? {
      // Git compares what stands before the first special character by itself, so that `**` right
      // after it counts as if it followed a slash.
      let plain = isPath ? bytes.firstIndex(where: Self.special.contains) ?? bytes.count : 0
      var tokens: [Token] = []
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "*"): tokens += stars(plainCount: plain)
        case UInt8(ascii: "?"): tokens.append(.one)
        case UInt8(ascii: "["):
          guard let set = set() else { return nil }
          tokens.append(.set(set))
        case UInt8(ascii: "\\"):
          guard let literal = next() else { return nil }
          tokens.append(.byte(literal))
        default: tokens.append(.byte(byte))
        }
      }
      return tokens
    }

    private mutating func next() -> UInt8? {
      guard place < bytes.count else { return nil }
      defer { place += 1 }
      return bytes[place]
    }

    private mutating func stars(plainCount: Int) -> [Token] {
      let start = place - 1
      while place < bytes.count, bytes[place] == UInt8(ascii: "*") { place += 1 }
      let slash = UInt8(ascii: "/")
      let isBounded =
        place - start > 1
        && (start == 0 || start == plainCount || bytes[start - 1] == slash)
      guard isBounded else { return [.star] }
      let rest = bytes[place...]
      if rest.isEmpty { return [.all] }
      if rest.first == slash {
        place += 1
        return [.optionalFolders, .all, .byte(slash)]
      }
      return rest.starts(with: [UInt8(ascii: "\\"), slash]) ? [.all] : [.star]
    }

    /// What stands between brackets, as in git's wildmatch.c: ranges, classes, escapes, `!` or `^`.
    private mutating func set() -> [Bool]? {
      var set = [Bool](repeating: false, count: 256)
      guard var byte = next() else { return nil }
      let isNegated = byte == UInt8(ascii: "!") || byte == UInt8(ascii: "^")
      if isNegated {
        guard let first = next() else { return nil }
        byte = first
      }
      var previous: UInt8?
      repeat {
        if byte == UInt8(ascii: "\\") {
          guard let literal = next() else { return nil }
          set[Int(literal)] = true
          previous = literal
        } else if byte == UInt8(ascii: "-"), let low = previous, place < bytes.count,
          bytes[place] != UInt8(ascii: "]")
        {
          guard let high = rangeEnd() else { return nil }
          if low <= high { for index in low...high { set[Int(index)] = true } }
          previous = nil
        } else if byte == UInt8(ascii: "["), place < bytes.count, bytes[place] == UInt8(ascii: ":")
        {
          switch namedClass() {
          case .malformed: return nil
          case .none:
            set[Int(byte)] = true
            previous = byte
          case .members(let isMember):
            for index in 0..<128 where isMember(UInt8(index)) { set[index] = true }
            previous = nil
          }
        } else {
          set[Int(byte)] = true
          previous = byte
        }
        guard let following = next() else { return nil }
        byte = following
      } while byte != UInt8(ascii: "]")
      return isNegated ? set.map { !$0 } : set
    }

    private mutating func rangeEnd() -> UInt8? {
      guard let end = next() else { return nil }
      return end == UInt8(ascii: "\\") ? next() : end
    }

    private enum NamedClass {
      case malformed
      /// There is no `:]`: the bracket stands for itself.
      case none
      case members((UInt8) -> Bool)
    }

    /// Reads `:name:]`.
    private mutating func namedClass() -> NamedClass {
      let start = place + 1
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "]")) else { return .malformed }
      guard end > start, bytes[end - 1] == UInt8(ascii: ":") else { return .none }
      let name = String(decoding: bytes[start..<(end - 1)], as: UTF8.self)
      guard let isMember = Self.classes[name] else { return .malformed }
      place = end + 1
      return .members(isMember)
    }

    private static let classes: [String: @Sendable (UInt8) -> Bool] = [
      "alnum": { isDigit($0) || isUpper($0) || isLower($0) },
      "alpha": { isUpper($0) || isLower($0) },
      "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7F },
      "digit": { isDigit($0) }, "graph": { (0x21...0x7E).contains($0) },
      "lower": { isLower($0) }, "print": { (0x20...0x7E).contains($0) },
      "punct": {
        (0x21...0x7E).contains($0) && !isDigit($0) && !isUpper($0) && !isLower($0)
      },
      "space": { $0 == 0x20 || (0x09...0x0D).contains($0) }, "upper": { isUpper($0) },
      "xdigit": {
        isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
      },
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  }
}
