/// Builds a text as it goes into an index of words: words, each character of a script without
/// spaces apart, and at the end a word for each spelling of what signs join.
struct IndexedText {
  private static let space = UInt8(ascii: " ")

  private var result: [UInt8] = []
  /// Where the joined run begins in the result, and the signs in it, which are spaces there.
  private var runStart = 0
  private var signs: [(place: Int, sign: UInt8)] = []
  private var spellings: [String] = []
  private var seen: Set<String> = []
  private var wordLength = 0
  private var followsUnspaced = false

  /// The whole text. Complexity: O(n).
  static func text(of text: String) -> String {
    var indexed = IndexedText()
    indexed.result.reserveCapacity(text.utf8.count + 64)
    for scalar in LetterFolding.composed(text).unicodeScalars {
      LetterFolding.fold(scalar) { indexed.append($0) }
    }
    indexed.endRun()
    for spelling in indexed.spellings {
      indexed.result.append(space)
      indexed.result.append(contentsOf: JoinedRun.indexWord(spelling).utf8)
    }
    return String(decoding: indexed.result, as: UTF8.self)
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard Segmenter.isWord(scalar) else { return appendSeparator(scalar) }
    guard scalar.isASCII || Segmenter.Script(scalar) == .spaced else {
      return appendUnspaced(scalar)
    }
    if followsUnspaced {
      result.append(Self.space)
      followsUnspaced = false
      runStart = result.count
    }
    wordLength += 1
    if wordLength <= Segmenter.maximumWordScalars { appendToResult(scalar) }
  }

  private mutating func appendUnspaced(_ scalar: Unicode.Scalar) {
    endRun()
    wordLength = 0
    if !Segmenter.isMark(scalar) { result.append(Self.space) }
    appendToResult(scalar)
    followsUnspaced = true
  }

  private mutating func appendSeparator(_ scalar: Unicode.Scalar) {
    (wordLength, followsUnspaced) = (0, false)
    let last = signs.last.flatMap { $0.place == result.count - 1 ? $0.sign : nil }
    if let sign = JoinedRun.sign(scalar), !JoinedRun.isEnded(by: sign, after: last) {
      signs.append((result.count, sign))
      result.append(Self.space)
    } else {
      endRun()
      result.append(Self.space)
      runStart = result.count
    }
  }

  private mutating func appendToResult(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      result.append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      result.append(contentsOf: UTF8.encode(scalar) ?? Self.replacement)
    }
  }

  private static let replacement = UTF8.encodedReplacementCharacter

  private mutating func endRun() {
    defer { runStart = result.count }
    guard !signs.isEmpty else { return }
    defer { signs.removeAll(keepingCapacity: true) }
    guard result.count - runStart <= JoinedRun.maximumBytes else { return }
    var run = Array(result[runStart...])
    for (place, sign) in signs { run[place - runStart] = sign }
    for spelling in JoinedRun.spellings(run) where seen.insert(spelling).inserted {
      spellings.append(spelling)
    }
  }
}
