/// A text as it is compared with others that may say the very same.
///
/// Two texts are nearly the same where they have the same words in the same order, whatever their
/// case, accents, signs and English articles are; or where both are longer, share 85 % of their
/// runs of three words, and differ in no word that holds a digit, begins with a capital letter or
/// denies.
package struct ComparableText: Sendable {
  /// What is compared of a text; of longer ones only those are nearly the same that are the same.
  private static let maximumBytes = 1 << 16
  /// From so many words on, a few may differ.
  private static let longText = 20
  /// The share of their runs of three words that texts which differ have in common.
  private static let sharedRuns = 0.85

  /// A hash of each word, in order.
  private let words: [UInt64]
  /// Those of which none may differ.
  private let decisive: Set<UInt64>
  /// The same for texts with the same words; different ones have the same key as good as never.
  package let key: UInt64

  /// Reads a text; nil where it is too long, or has no words. Complexity: O(n).
  package init?(_ text: String) {
    guard text.utf8.count <= Self.maximumBytes else { return nil }
    var words: [UInt64] = []
    var decisive: Set<UInt64> = []
    var word = WordHash()
    func end() {
      defer { word = WordHash() }
      guard !word.isEmpty, !Self.articles.contains(word.value) else { return }
      words.append(word.value)
      if word.isMarked || Self.negations.contains(word.value) { decisive.insert(word.value) }
    }
    for scalar in text.unicodeScalars {
      if Segmenter.isWord(scalar) {
        word.append(scalar)
      } else if scalar != "'" && scalar != "\u{2019}" {
        // What an apostrophe joins is one word: don't.
        end()
      }
    }
    end()
    guard !words.isEmpty else { return nil }
    self.words = words
    self.decisive = decisive
    key = words.reduce(WordHash.seed) { WordHash.mix($0, $1) }
  }

  /// Whether both say the same. Complexity: O(words) where both are long, and else O(1).
  package func isNearlySame(as other: ComparableText) -> Bool {
    if key == other.key { return words == other.words }
    let counts = (words.count, other.words.count)
    guard min(counts.0, counts.1) >= Self.longText, decisive == other.decisive,
      Double(min(counts.0, counts.1)) >= Self.sharedRuns * Double(max(counts.0, counts.1))
    else { return false }
    let (runs, others) = (runs, other.runs)
    let shared = runs.intersection(others).count
    return Double(shared) >= Self.sharedRuns * Double(runs.count + others.count - shared)
  }

  /// Hashes of every three words that follow each other.
  private var runs: Set<UInt64> {
    Set(
      (2..<words.count).map {
        words[($0 - 2)...$0].reduce(WordHash.seed) { WordHash.mix($0, $1) }
      })
  }

  private static func hashes(_ words: String) -> Set<UInt64> {
    Set(words.split { $0 == " " || $0 == "\n" }.map { WordHash(of: $0).value })
  }

  private static let articles = hashes("a an the")

  /// Words that turn a statement round, in the languages of ``FunctionWords``.
  private static let negations = hashes(
    """
    no not none nor never nobody nothing neither without cannot cant dont doesnt didnt isnt arent
    wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt aint
    nicht nichts nie niemals kein keine keinen keinem keiner keines ohne
    ne pas jamais rien aucun aucune sans
    nunca nada nadie ningun ninguno ninguna sin
    non mai niente nessuno nessuna senza
    não nem ninguém nenhum nenhuma sem
    niet geen nooit niets zonder
    не нет ни никогда ничего никто без
    """)
}

/// FNV-1a over the letters of a word as indexes compare them.
private struct WordHash {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  private(set) var value = seed
  private(set) var isEmpty = true
  /// Whether it begins with a capital letter or holds a digit.
  private(set) var isMarked = false

  init() {}

  init(of word: some StringProtocol) {
    for scalar in word.unicodeScalars { append(scalar) }
  }

  static func mix(_ hash: UInt64, _ other: UInt64) -> UInt64 { (hash ^ other) &* prime }

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      let isCapital = (65...90).contains(scalar.value)
      isMarked = isMarked || (isCapital && isEmpty) || (48...57).contains(scalar.value)
      take(isCapital ? scalar.value + 32 : scalar.value)
    } else {
      let properties = scalar.properties
      isMarked =
        isMarked || (isEmpty && properties.generalCategory == .uppercaseLetter)
        || properties.numericType != nil
      for scalar in properties.lowercaseMapping.unicodeScalars {
        LetterFolding.fold(scalar) { take($0.value) }
      }
    }
  }

  private mutating func take(_ letter: UInt32) {
    value = Self.mix(value, UInt64(letter))
    isEmpty = false
  }
}
