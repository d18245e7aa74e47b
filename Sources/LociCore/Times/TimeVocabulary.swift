/// The words that times are made of, in all languages.
///
/// A language is a table of its own in Languages: a line has a role, what it means, and the words.
/// A word with `?` means something else more often (*may*), one with `.` is short for another
/// (*sat*): both are times only where the words around them leave no doubt.
enum TimeVocabulary {
  /// What a word does in an expression.
  enum Role: String {
    case month, weekday, season, unit
    /// A season with its preposition, in one word.
    case inSeason = "inseason"
    /// A part of a day.
    case part
    /// A day, counted from today.
    case day
    /// The night, or evening, of such a day.
    case night
    /// A number; two to three; two to six.
    case count, pair, some
    /// A place in a row: the first.
    case ordinal
    case last, this, next
    /// The last …, up to now.
    case past
    /// Behind a number of units, and before it.
    case ago
    case agoBefore = "agobefore"
    /// In so many units.
    case later
    /// What stands before a month, a year or a season, and before a day.
    case `in`
    case on
    case of, article
    case early, mid, late
    case since, before, after, until
    case between, from, to, and
    /// What comes again and again.
    case every
    /// What speaks of what will be.
    case future
    /// A wish for a good morning.
    case greeting
    /// What belongs to French `il y a`, and to Portuguese weekdays.
    case there, workday
    /// What stands behind a number that is an ordinal, and one that is a decade.
    case suffix, decade
    /// What stands before the number of a quarter.
    case quarter
    /// What a number counts, beside English plurals.
    case counted

    /// Whether a time can be made of it without any number.
    var isCore: Bool {
      switch self {
      case .month, .weekday, .season, .inSeason, .unit, .day, .night, .part: true
      default: false
      }
    }

    /// Whether an expression can begin with it.
    var opens: Bool {
      switch self {
      case .month, .weekday, .season, .inSeason, .unit, .day, .night, .count, .pair, .some,
        .ordinal, .last, .past, .this, .next, .agoBefore, .later, .early, .mid, .late, .since,
        .before, .after, .until, .between, .from, .quarter:
        true
      default: false
      }
    }
  }

  /// One meaning of a word.
  struct Meaning {
    let role: Role
    var value = 0
    /// Whether the word is mostly something else, or an abbreviation.
    var isWeak = false
    var isShort = false
    var languages: Languages
  }

  /// The meanings of every word.
  struct Table {
    private(set) var places: [TimeLetters.Key: Int] = [:]
    private(set) var entries: [[Meaning]] = []
    /// For each entry, what is asked of every word.
    private(set) var traits: [(isCore: Bool, opens: Bool, isFuture: Bool)] = []
    /// Bits of the words' keys: most other words are told apart without a look into ``places``.
    private var bits = [UInt64](repeating: 0, count: 256)

    func place(of key: TimeLetters.Key) -> Int? {
      let bit = Self.bit(of: key)
      guard bits[bit >> 6] & (1 << UInt64(bit & 63)) != 0 else { return nil }
      return places[key]
    }

    private static func bit(of key: TimeLetters.Key) -> Int {
      Int(truncatingIfNeeded: ((key.low ^ key.high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 50)
    }

    fileprivate mutating func add(_ meaning: Meaning, to key: TimeLetters.Key) {
      let place = places[key, default: entries.count]
      if place == entries.count {
        places[key] = place
        entries.append([])
        traits.append((false, false, false))
        let bit = Self.bit(of: key)
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
      }
      if meaning.role.isCore { traits[place].isCore = true }
      if meaning.role.opens { traits[place].opens = true }
      if meaning.role == .future { traits[place].isFuture = true }
      let same = entries[place].firstIndex {
        $0.role == meaning.role && $0.value == meaning.value && $0.isWeak == meaning.isWeak
          && $0.isShort == meaning.isShort
      }
      if let same {
        entries[place][same].languages.formUnion(meaning.languages)
      } else {
        entries[place].append(meaning)
      }
    }
  }

  static let table: Table = {
    var table = Table()
    let tables = [english, german, french, spanish, italian, portuguese, dutch, russian]
    for (language, lines) in zip(Language.allCases, tables) {
      for line in lines.split(separator: "\n") { add(line, Languages(language), to: &table) }
    }
    add("q", Meaning(role: .quarter, languages: .all), to: &table)
    return table
  }()

  private static func add(_ line: Substring, _ languages: Languages, to table: inout Table) {
    var words = line.split(separator: " ")[...]
    guard let role = words.popFirst().flatMap({ Role(rawValue: String($0)) }) else { return }
    var value = 0
    if [.month, .weekday, .season, .inSeason, .unit, .part, .day, .night, .count, .ordinal]
      .contains(role), let named = words.popFirst()
    {
      value = Int(named) ?? self.value(String(named))
    }
    for word in words {
      let (isWeak, isShort) = (word.hasSuffix("?"), word.hasSuffix("."))
      add(
        String(isWeak || isShort ? word.dropLast() : word),
        Meaning(
          role: role, value: value, isWeak: isWeak, isShort: isShort, languages: languages),
        to: &table)
    }
  }

  private static func add(_ word: String, _ meaning: Meaning, to table: inout Table) {
    let key = word.withUTF8Span { TimeLetters.key(of: $0) }
    if let key { table.add(meaning, to: key) }
  }

  /// The values of two units.
  static let (day, year) = (value("day"), value("year"))

  /// The place of a grain or of a part of the day among all of them.
  private static func value(_ name: String) -> Int {
    TimeGrain(rawValue: name).flatMap(TimeGrain.allCases.firstIndex)
      ?? DayPart.allCases.firstIndex { $0.rawValue == name } ?? 0
  }

  /// Parts of a day, as hours from its beginning. The night goes on until the next morning.
  enum DayPart: String, CaseIterable {
    case morning, afternoon, evening, night

    init?(value: Int) {
      guard Self.allCases.indices.contains(value) else { return nil }
      self = Self.allCases[value]
    }

    var hours: Range<Int> {
      switch self {
      case .morning: 5..<12
      case .afternoon: 12..<18
      case .evening: 17..<24
      case .night: 18..<30
      }
    }
  }
}
