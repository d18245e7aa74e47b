/// The tokens of a text as they are found and, where that is asked, how much of it they stand for.
struct TokenList {
  private(set) var ids: [Int32] = []
  /// How many tokens are wanted; one more shows that there are more.
  private let limit: Int
  private let isWeighed: Bool
  private var (known, unknown) = (0, 0)

  /// The most that one word weighs, in characters.
  private static let longestWeight = 16

  init(limit: Int, isWeighed: Bool) {
    self.limit = limit
    self.isWeighed = isWeighed
  }

  var isFull: Bool { ids.count > limit }

  /// The unknown words' part of the weight of all; a text without any token is unknown as a whole.
  var unknownShare: Double {
    if ids.isEmpty { return 1 }
    return unknown == 0 ? 0 : Double(unknown) / Double(known + unknown)
  }

  /// Adds an added token, which stands for itself.
  mutating func append(_ id: Int32, unknownID: Int32) {
    ids.append(id)
    if id == unknownID { unknown += 1 } else { known += 1 }
  }

  /// Adds the pieces of a word.
  mutating func append(_ word: Span<UInt8>, spelledBy model: WordPiece) {
    guard isWeighed else { return model.append(word, to: &ids) }
    let first = ids.count
    // What is cut off is not read.
    guard first < limit else { return ids.append(model.unknownID) }
    model.append(word, to: &ids)
    let weight = Self.weight(of: word)
    if ids[first] == model.unknownID {
      unknown += max(weight, 1)
    } else {
      known += weight
    }
  }

  /// The letters, digits and marks of a word, as far as they count.
  private static func weight(of word: Span<UInt8>) -> Int {
    var (weight, position) = (0, 0)
    while position < word.count, weight < longestWeight {
      let scalar = UTF8Scalars.next(in: word, at: &position)
      if UnicodeTables.shared.traits(of: scalar).contains(.word) { weight += 1 }
    }
    return weight
  }
}
