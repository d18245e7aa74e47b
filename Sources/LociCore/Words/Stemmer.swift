/// Takes endings off English words, so that `prefers`, `preferred` and `preferring` are one word.
///
/// M. F. Porter, An algorithm for suffix stripping, Program 14 (3), 1980. One stemmer for every
/// store makes their words the same, and so their scores. Words of other letters than a…z stay as
/// they are, and so do those of one or two.
package struct Stemmer {
  private var word: [UInt8]

  /// The stem of a word in lower case.
  package static func stem(_ word: String) -> String { stem(word.utf8) }

  /// The stem of a word in UTF-8.
  static func stem(_ word: some Collection<UInt8>) -> String {
    guard word.count > 2, word.allSatisfy({ (97...122).contains($0) }) else {
      return String(decoding: word, as: UTF8.self)
    }
    var stemmer = Stemmer(word: Array(word))
    stemmer.takePluralsAndTenses()
    stemmer.replace(longEndings) { $0.measure(of: $1) > 0 }
    stemmer.replace(shortEndings) { $0.measure(of: $1) > 0 }
    stemmer.replace(lastEndings) { stemmer, rest in
      stemmer.measure(of: rest) > 1
        && (!stemmer.ends("ion") || rest > 0 && "st".utf8.contains(stemmer.word[rest - 1]))
    }
    stemmer.tidy()
    return String(decoding: stemmer.word, as: UTF8.self)
  }

  // MARK: The steps

  private mutating func takePluralsAndTenses() {
    if ends("sses") || ends("ies") {
      word.removeLast(2)
    } else if ends("s") && !ends("ss") {
      word.removeLast()
    }
    if ends("eed") {
      if measure(of: word.count - 3) > 0 { word.removeLast() }
    } else if let ending = ["ed", "ing"].first(where: ends),
      hasVowel(before: word.count - ending.utf8.count)
    {
      word.removeLast(ending.utf8.count)
      mendAfterTense()
    }
    if ends("y") && hasVowel(before: word.count - 1) { word[word.count - 1] = Self.letter("i") }
  }

  private mutating func mendAfterTense() {
    if ends("at") || ends("bl") || ends("iz") {
      word.append(Self.letter("e"))
    } else if endsTwice, let last = word.last, !"lsz".utf8.contains(last) {
      word.removeLast()
    } else if measure(of: word.count) == 1 && endsShort(at: word.count) {
      word.append(Self.letter("e"))
    }
  }

  /// Replaces the first ending that the word has, where what is before it passes.
  private mutating func replace(
    _ endings: [(old: [UInt8], new: [UInt8])], where passes: (Stemmer, Int) -> Bool
  ) {
    guard let ending = endings.first(where: { ends($0.old) }) else { return }
    let rest = word.count - ending.old.count
    guard passes(self, rest) else { return }
    word.replaceSubrange(rest..., with: ending.new)
  }

  private mutating func tidy() {
    if ends("e") {
      let rest = word.count - 1
      let measure = measure(of: rest)
      if measure > 1 || measure == 1 && !endsShort(at: rest) { word.removeLast() }
    }
    if ends("ll") && measure(of: word.count) > 1 { word.removeLast() }
  }

  // Of endings that end alike, the longest comes first.
  private static let longEndings = [
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("logi", "log"),
  ].map(bytes)
  private static let shortEndings = [
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
  ].map(bytes)
  private static let lastEndings = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
  ].map { bytes($0, "") }

  private static func bytes(_ old: String, _ new: String) -> (old: [UInt8], new: [UInt8]) {
    (Array(old.utf8), Array(new.utf8))
  }

  // MARK: What the algorithm calls v, m, *d and *o

  private static func letter(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }

  private func ends(_ ending: String) -> Bool { ends(ending.utf8) }

  /// From the end, since most words differ there.
  private func ends(_ ending: some BidirectionalCollection<UInt8>) -> Bool {
    guard ending.count < word.count else { return false }
    return zip(word.reversed(), ending.reversed()).allSatisfy { $0 == $1 }
  }

  private func isVowel(_ place: Int) -> Bool {
    "aeiou".utf8.contains(word[place])
      || word[place] == Self.letter("y") && place > 0 && !isVowel(place - 1)
  }

  private func hasVowel(before end: Int) -> Bool { (0..<end).contains(where: isVowel) }

  /// How often consonants follow vowels.
  private func measure(of end: Int) -> Int {
    var (count, wasVowel) = (0, false)
    for place in 0..<end {
      // As `isVowel`, without looking back again and again.
      let isVowel =
        "aeiou".utf8.contains(word[place])
        || word[place] == Self.letter("y") && place > 0 && !wasVowel
      if wasVowel && !isVowel { count += 1 }
      wasVowel = isVowel
    }
    return count
  }

  private var endsTwice: Bool {
    guard word.count > 1, let last = word.last else { return false }
    return word[word.count - 2] == last && !isVowel(word.count - 1)
  }

  /// Consonant, vowel, and a consonant that is not w, x or y.
  private func endsShort(at end: Int) -> Bool {
    guard end > 2 else { return false }
    return !isVowel(end - 3) && isVowel(end - 2) && !isVowel(end - 1)
      && !"wxy".utf8.contains(word[end - 1])
  }
}
