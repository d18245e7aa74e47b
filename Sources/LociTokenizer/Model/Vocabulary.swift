import LociCore

/// Tokens and their ids: one byte buffer, and an open-addressing hash table over its ranges.
///
/// The hash is FNV-1a (Fowler, Noll, Vo), 64 bits: it grows byte by byte, and since its prime is
/// odd it shrinks byte by byte too, so that one pass over a word serves every prefix of it.
struct Vocabulary: Sendable {
  static let emptyHash: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3
  /// The prime's inverse modulo 2^64.
  private static let inverse: UInt64 = 0xce96_5057_aff6_957b

  private var bytes: [UInt8] = []
  /// Where each token ends in `bytes`.
  private var ends: [Int] = []
  private var ids: [Int32] = []
  /// The upper half of a token's hash and, below it, the token's index plus one; 0 where free.
  private var slots = [UInt64](repeating: 0, count: 1 << 16)
  private(set) var longestToken = 0
  private(set) var largestID: Int32 = -1

  var count: Int { ids.count }

  static func extend(_ hash: UInt64, with byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* prime
  }

  static func retract(_ hash: UInt64, by byte: UInt8) -> UInt64 {
    (hash &* inverse) ^ UInt64(byte)
  }

  static func hash(_ token: some Sequence<UInt8>) -> UInt64 {
    token.reduce(emptyHash) { extend($0, with: $1) }
  }

  /// Adds a token; of two ids for one token the later counts.
  mutating func insert(_ token: ArraySlice<UInt8>, id: Int32) {
    let hash = Self.hash(token)
    largestID = max(largestID, id)
    if let index = token.withSpan({ index(of: $0, after: [], hash: hash) }) {
      ids[index] = id
      return
    }
    bytes += token
    ends.append(bytes.count)
    ids.append(id)
    longestToken = max(longestToken, token.count)
    if ids.count * 2 > slots.count { grow() } else { occupy(hash, index: ids.count - 1) }
  }

  /// The id of a token, or nil.
  func id(of token: String) -> Int32? {
    let bytes = Array(token.utf8)
    return bytes.withSpan { id(of: $0, after: [], hash: Self.hash(bytes)) }
  }

  /// The id of the token that is `prefix` and `token` together, whose hash is given, or nil.
  func id(of token: Span<UInt8>, after prefix: [UInt8], hash: UInt64) -> Int32? {
    index(of: token, after: prefix, hash: hash).map { ids[$0] }
  }

  private func index(of token: Span<UInt8>, after prefix: [UInt8], hash: UInt64) -> Int? {
    var slot = home(of: hash)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if matches(index, token, after: prefix) { return index }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func matches(_ index: Int, _ token: Span<UInt8>, after prefix: [UInt8]) -> Bool {
    let start = index == 0 ? 0 : ends[index - 1]
    guard ends[index] - start == prefix.count + token.count else { return false }
    for offset in prefix.indices where bytes[start + offset] != prefix[offset] { return false }
    for offset in token.indices where bytes[start + prefix.count + offset] != token[offset] {
      return false
    }
    return true
  }

  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 29) & (slots.count - 1)
  }

  private mutating func occupy(_ hash: UInt64, index: Int) {
    var slot = home(of: hash)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(index + 1)
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    var start = 0
    for index in ends.indices {
      occupy(Self.hash(bytes[start..<ends[index]]), index: index)
      start = ends[index]
    }
  }
}
