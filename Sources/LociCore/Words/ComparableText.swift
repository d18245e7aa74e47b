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
  /// Those that count something.
  private let numbers: Set<UInt64>
  /// The same for texts with the same words; different ones have the same key as good as never.
  package let key: UInt64

  /// Reads a text; nil where it is too long, or has no words. Complexity: O(n).
  package init?(_ text: String) {
    guard text.utf8.count <= Self.maximumBytes else { return nil }
    var words: [UInt64] = []
    var (decisive, numbers): (Set<UInt64>, Set<UInt64>) = ([], [])
    var word = WordHash()
    func end() {
      defer { word = WordHash() }
      guard !word.isEmpty, !Self.articles.contains(word.value) else { return }
      words.append(word.value)
      if word.isMarked || Self.negations.contains(word.value) { decisive.insert(word.value) }
      if Self.numbers.contains(word.value) { numbers.insert(word.value) }
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
    self.numbers = numbers
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

  /// Whether two texts whose meanings are near may be two ways to say one thing: both name the same
  /// numbers and names in the same order, neither says the other's words in another order, and
  /// where one of them denies something, they are nearly the same. A capital letter alone, as at
  /// the beginning of a sentence, makes no difference. Complexity: O(words · log words).
  package func mayMean(_ other: ComparableText) -> Bool {
    if isNearlySame(as: other) { return true }
    let (mine, theirs) = (decisive.union(numbers), other.decisive.union(other.numbers))
    guard mine.isSubset(of: other.words), theirs.isSubset(of: words),
      mine.isDisjoint(with: Self.negations), theirs.isDisjoint(with: Self.negations),
      words.sorted() != other.words.sorted()
    else { return false }
    let shared = mine.intersection(theirs)
    return Self.order(of: shared, in: words) == Self.order(of: shared, in: other.words)
  }

  /// Words in the order in which they are first said.
  private static func order(of wanted: Set<UInt64>, in words: [UInt64]) -> [UInt64] {
    var seen: Set<UInt64> = []
    return words.filter { wanted.contains($0) && seen.insert($0).inserted }
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

  /// Small numbers in words, in the languages of ``FunctionWords``. One is left out: it is an
  /// article in most of them.
  private static let numbers = hashes(
    """
    two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand
    million half twice once both dozen
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend
    deux trois quatre cinq sept huit neuf dix douze vingt cent mille
    dos tres cuatro cinco seis siete ocho nueve diez doce veinte cien mil
    due tre quattro cinque sei sette otto nove dieci dodici venti cento
    dois duas três quatro sete oito dez doze vinte
    twee drie vijf zes zeven acht negen tien twaalf twintig honderd duizend
    два две три четыре пять шесть семь восемь девять десять двенадцать двадцать сто тысяча
    """)

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
