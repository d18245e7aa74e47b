/// The distinct words of a query. Plain text in: there is no query syntax.
///
/// A word of a script with spaces is one term. A run of a script without spaces gives each of its
/// phrases (two characters of Han, Kana and Hangul, three of Thai and its like); a shorter run is
/// one term.
package struct QueryTerms {
  /// Longer queries are cut here: what follows can't change much, and a bound keeps any input
  /// cheap.
  static let maximumTerms = 256
  private static let maximumIdentifiers = 8

  /// What to look for.
  package struct Term: Hashable, Sendable {
    /// A word, or the characters of a phrase that follow each other. They hold word characters
    /// only, so no quote of any query language.
    package let tokens: [String]
    /// Whether it says what the query is about; see ``FunctionWords``.
    package fileprivate(set) var isTelling: Bool
  }

  /// The terms in the query's order. Where none would tell, all do.
  package private(set) var terms: [Term] = []
  /// The first joined words that the query is about, in its order.
  package private(set) var identifiers: [Identifier] = []

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
    let tellingCount = terms.count(where: \.isTelling)
    if tellingCount == 0 { for index in terms.indices { terms[index].isTelling = true } }
    identifiers.removeAll { !$0.isSubject(of: tellingCount) }
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
    }
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
      add([part.text], isTelling: isLeft || identifier?.isWords == false)
    }
    if !parts.isEmpty { takeNumbers() }
    if let identifier, identifiers.count < Self.maximumIdentifiers {
      identifiers.append(identifier)
    }
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
      identifiers.append(Identifier(groups: numbers))
    }
    numbers.removeAll(keepingCapacity: true)
    numberCount = 0
  }

  // MARK: Scripts without spaces

  private mutating func endRun() {
    let length = runScript.phraseLength
    if !run.isEmpty && run.count <= length { add(run, isTelling: true) }
    if run.count > length {
      for start in 0...(run.count - length) {
        add(Array(run[start..<(start + length)]), isTelling: true)
      }
    }
    run.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ tokens: [String], isTelling: Bool) {
    guard seen.count < Self.maximumTerms, seen.insert(tokens).inserted else { return }
    terms.append(Term(tokens: tokens, isTelling: isTelling))
  }
}
