/// The distinct words of a query. Plain text in: there is no query syntax.
///
/// A word of a script with spaces is one term. A run of a script without spaces gives each of its
/// phrases (two characters of Han, Kana and Hangul, three of Thai and its like); a shorter run is
/// one term. What stands in quotation marks is a term of its own besides, a phrase.
package struct QueryTerms: Sendable {
  /// Longer queries are cut here: what follows can't change much, and a bound keeps any input
  /// cheap.
  static let maximumTerms = 256
  private static let maximumIdentifiers = 8

  /// What a term is.
  package enum Role: Sendable {
    /// A word, or what stands for one in a script without spaces.
    case word
    /// What the query has in quotation marks.
    case quoted
    /// Words that signs join as in prose, as they are written.
    case joined
  }

  /// What to look for.
  package struct Term: Hashable, Sendable {
    /// A word's stem, or what follows each other in a phrase. They hold word characters only, so
    /// no quote of any query language.
    package let tokens: [String]
    /// Whether it says what the query is about; see ``FunctionWords``.
    package fileprivate(set) var isTelling: Bool
    /// What it is in the query.
    package let role: Role
  }

  /// The terms in the query's order. Where none would tell, all do.
  package private(set) var terms: [Term] = []
  /// Those that tell, in the query's order.
  package var telling: [Term] { terms.filter(\.isTelling) }
  /// Telling words that are neighbours in the query, but for words that don't tell; each once.
  package private(set) var pairs: [WordPair] = []
  /// The first joined words that are no prose, in the query's order.
  package private(set) var identifiers: [Identifier] = []
  /// The share of the telling words that stand in them, 0…1.
  package var identifierShare: Double {
    let words = telling.filter { $0.role == .word }
    return words.isEmpty
      ? 0 : Double(words.count { identifierWords.contains($0.tokens) }) / Double(words.count)
  }

  private var identifierWords: Set<[String]> = []
  private var seen: Set<[String]> = []

  private let functionWords: FunctionWords
  /// The words like `userName`, in lower case.
  private let humps: Set<String>
  private var word = String.UnicodeScalarView()
  private var parts: [QueryPart] = []
  private var sign: UInt8?
  private var spelled: [UInt8] = []
  private var hasApostrophe = false
  private var numbers: [String] = []
  private var numberCount = 0
  /// Where the identifiers begin that the numbers are.
  private var numbersStart = 0
  private var run: [String] = []
  private var runScript = Segmenter.Script.spaced
  /// The tokens so far, as a text's are in an index, and which of them are words.
  private var sequence: [(token: String, isWord: Bool)] = []
  /// Where what is in quotation marks begins among them.
  private var quoteStart: Int?

  /// Splits a query. Complexity: O(n).
  package init(_ query: String) {
    // A bound on what is folded, so that a huge query costs little.
    let query = String(query.unicodeScalars.prefix(1 << 16))
    humps = Self.humps(in: query)
    let text = LetterFolding.composed(query)
    functionWords = FunctionWords(
      of: text.unicodeScalars.split { !Segmenter.isWord($0) }.lazy.map { String($0) })
    for scalar in text.unicodeScalars where !LetterFolding.isInvisible(scalar) {
      guard seen.count < Self.maximumTerms else { break }
      append(scalar)
    }
    endJoined()
    endNumbers()
    endRun()
    settle()
  }

  private mutating func settle() {
    if !terms.contains(where: { $0.isTelling && $0.role == .word }) {
      for index in terms.indices { terms[index].isTelling = true }
    }
    pairs = neighbours()
  }

  private func neighbours() -> [WordPair] {
    let places = Dictionary(
      telling.enumerated().filter { $1.role == .word && $1.tokens.count == 1 }
        .map { ($1.tokens[0], $0) },
      uniquingKeysWith: { first, _ in first })
    var (pairs, last): ([WordPair], Int?) = ([], nil)
    var seen: Set<WordPair> = []
    for (token, isWord) in sequence where pairs.count < Self.maximumTerms {
      let place = isWord ? places[token] : nil
      if let last, let place, last != place, seen.insert(WordPair(last, place)).inserted {
        pairs.append(WordPair(last, place))
      }
      // A word that does not tell parts nothing; what is no word does.
      if place != nil || !isWord { last = place }
    }
    return pairs
  }

  private static func humps(in query: String) -> Set<String> {
    func isHump(_ pair: (UInt8, UInt8)) -> Bool {
      (97...122).contains(pair.0) && (65...90).contains(pair.1)
    }
    guard zip(query.utf8, query.utf8.dropFirst()).contains(where: isHump) else { return [] }
    let words = query.unicodeScalars.split { !Segmenter.isWord($0) }.map { String($0) }
    return Set(
      words.filter { zip($0.utf8, $0.utf8.dropFirst()).contains(where: isHump) }
        .map { $0.lowercased() })
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    let script = Segmenter.Script(scalar)
    if !Segmenter.isWord(scalar) {
      endRun()
      appendSign(scalar)
    } else if script == .spaced {
      endRun()
      word.append(scalar)
    } else if Segmenter.isMark(scalar), let last = run.popLast() {
      run.append(last + String(scalar))
    } else {
      endJoined()
      endNumbers()
      if script != runScript { endRun() }
      runScript = script
      run.append(String(scalar))
    }
  }

  // MARK: Words and what joins them

  private mutating func appendSign(_ scalar: Unicode.Scalar) {
    endWord()
    if scalar == "'" || scalar == "\u{2019}" {
      (sign, hasApostrophe) = (QueryPart.apostrophe, true)
    } else if let sign = JoinedRun.sign(scalar),
      !JoinedRun.isEnded(by: sign, after: spelled.last)
    {
      self.sign = sign
      spelled.append(sign)
    } else {
      endJoined()
      if ![" ", "(", ")"].contains(scalar) { endNumbers() }
      if Self.quotationMarks.contains(scalar) { quote() }
    }
  }

  private static let quotationMarks: Set<Unicode.Scalar> = [
    "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}", "\u{300C}", "\u{300D}",
    "\u{300E}", "\u{300F}",
  ]

  /// Begins a quotation, or ends it: whatever the marks are called, they take turns.
  private mutating func quote() {
    guard let start = quoteStart else { return quoteStart = sequence.count }
    quoteStart = nil
    let tokens = sequence[start...].prefix(Identifier.maximumPhraseLength).map(\.token)
    if tokens.count > 1 { add(tokens, isTelling: true, .quoted) }
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    var folded = String.UnicodeScalarView()
    for scalar in word { LetterFolding.fold(scalar) { folded.append($0) } }
    let text = String(folded.prefix(Segmenter.maximumWordScalars))
    let isFunctionWord = functionWords.contains(String(word))
    word.removeAll(keepingCapacity: true)
    guard !text.isEmpty else { return }
    spelled.append(contentsOf: text.utf8)
    parts.append(
      QueryPart(
        text: text, isFunctionWord: isFunctionWord, hasHump: humps.contains(text), sign: sign))
    sign = nil
  }

  private mutating func endJoined() {
    endWord()
    let found = parts.withoutElisions
    let identifier = Identifier(found, spelling: hasApostrophe ? nil : JoinedRun.spelling(spelled))
    for part in parts {
      let isLeft = found.contains { $0.text == part.text && !$0.isFunctionWord }
      let stem = Stemmer.stem(part.text)
      add([stem], isTelling: isLeft || identifier?.isWords == false)
      if identifier?.isWords == false { identifierWords.insert([stem]) }
      sequence.append((stem, true))
    }
    if !parts.isEmpty { takeNumbers() }
    if let identifier { add(identifier) }
    parts.removeAll(keepingCapacity: true)
    spelled.removeAll(keepingCapacity: true)
    (sign, hasApostrophe) = (nil, false)
  }

  /// Digits in groups are one number as long as only spaces and brackets part them.
  private mutating func takeNumbers() {
    guard parts.allSatisfy({ $0.text.unicodeScalars.allSatisfy(Identifier.isDigit) }) else {
      return endNumbers()
    }
    if numbers.isEmpty { numbersStart = identifiers.count }
    numbers += parts.map(\.text)
    numberCount += 1
  }

  private mutating func endNumbers() {
    if numberCount > 1 && numbers.count > 2 && numbersStart < Self.maximumIdentifiers {
      // In place of what single groups of it are.
      identifiers.removeSubrange(numbersStart...)
      identifierWords.formUnion(numbers.map { [$0] })
      identifiers.append(Identifier(groups: numbers))
    }
    numbers.removeAll(keepingCapacity: true)
    numberCount = 0
  }

  // MARK: Scripts without spaces

  private mutating func endRun() {
    let length = runScript.phraseLength
    sequence += run.map { ($0, false) }
    if !run.isEmpty && run.count <= length { add(run, isTelling: true) }
    if run.count > length {
      for start in 0...(run.count - length) {
        add(Array(run[start..<(start + length)]), isTelling: true)
      }
    }
    run.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ identifier: Identifier) {
    if identifier.isWords {
      if let written = identifier.written { add(written, isTelling: true, .joined) }
    } else if identifiers.count < Self.maximumIdentifiers {
      identifiers.append(identifier)
    }
  }

  private mutating func add(_ tokens: [String], isTelling: Bool, _ role: Role = .word) {
    guard seen.count < Self.maximumTerms, seen.insert(tokens).inserted else { return }
    terms.append(Term(tokens: tokens, isTelling: isTelling, role: role))
  }
}
