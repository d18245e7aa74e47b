import Foundation

/// Reads a text's tokens from left to right, and takes the first expression at each place.
///
/// The grammar is in the extensions: dates that are numbers, dates with names, and times that are
/// counted from now. Every rule looks at a few tokens only, so all of it is linear.
struct TimeFinder {
  let tokens: [TimeTokens.Token]
  let table = TimeVocabulary.table
  var now: LocalMoment
  /// Whether the sentence so far speaks of what will be.
  var isFuture = false
  /// The languages of the whole text, for what a few tokens don't tell.
  let languages: LanguageGuess

  /// The languages of a text, which are looked for once, where anything depends on them.
  final class LanguageGuess {
    private let text: String
    private(set) lazy var spoken = FunctionWords.languages(of: text)

    init(_ text: String) { self.text = text }
  }

  init(tokens: TimeTokens, now: LocalMoment, text: String) {
    self.tokens = tokens.tokens
    self.now = now
    languages = LanguageGuess(text)
  }

  typealias Found = (interval: TimeSpan, grain: TimeGrain, place: Range<Int>)

  /// The first expressions, in their order.
  mutating func expressions(atMost count: Int) -> [Found] {
    var found: [Found] = []
    var index = 0
    while index < tokens.count, found.count < count {
      if let reading = expression(at: index) {
        append(reading, to: &found)
        index = reading.tokens.upperBound
      } else {
        noteTense(index)
        index += 1
      }
    }
    return Array(found.prefix(count))
  }

  private func append(_ reading: TimeReading, to found: inout [Found]) {
    let place =
      tokens[reading.tokens.lowerBound].start..<tokens[reading.tokens.upperBound - 1].end
    if let span = span(reading.start, reading.end) {
      found.append((span, reading.grain, place))
    }
    if let other = reading.other, let span = span(other.lowerBound, other.upperBound) {
      found.append((span, reading.grain, place))
    }
  }

  /// A stretch of local seconds, if it lies in the years that are computed with.
  private func span(_ start: Int?, _ end: Int?) -> TimeSpan? {
    let known =
      CivilDay.days.lowerBound * 86_400...(CivilDay.days.upperBound + 1) * 86_400
    guard [start, end].compactMap(\.self).allSatisfy(known.contains) else { return nil }
    func date(_ local: Int?) -> Date? {
      local.map { Date(timeIntervalSince1970: Double($0 - now.offset)) }
    }
    return TimeSpan(from: date(start), before: date(end))
  }

  // MARK: Expressions

  private mutating func noteTense(_ index: Int) {
    let token = tokens[index]
    if token.kind == .word {
      if token.entry >= 0, table.traits[token.entry].isFuture { isFuture = true }
    } else if isFuture, isSign(index, ".", "!", "?"), !isGlued(index + 1) {
      isFuture = false
    }
  }

  private func expression(at index: Int) -> TimeReading? {
    let token = tokens[index]
    guard token.kind == .number || token.entry >= 0 && table.traits[token.entry].opens else {
      return nil
    }
    return between(index) ?? opened(index) ?? core(index)
  }

  /// One time, closed on both sides.
  ///
  /// - Parameter isExpected: Whether what stands before it asks for a time.
  func core(_ index: Int, isExpected: Bool = false) -> TimeReading? {
    guard index < tokens.count else { return nil }
    if tokens[index].kind == .number {
      return numericDate(index) ?? dayOfMonth(index) ?? counted(index) ?? decade(index)
        ?? quarter(index) ?? year(index, isExpected: isExpected)
    }
    guard tokens[index].entry >= 0 else { return nil }
    return dayOfMonth(index) ?? counted(index) ?? relativeDay(index) ?? directed(index)
      ?? month(index, isExpected: isExpected) ?? season(index, isExpected: isExpected)
      ?? weekday(index) ?? third(index) ?? quarter(index)
  }

  /// `since`, `before`, `after`, `until` and a time.
  private func opened(_ index: Int) -> TimeReading? {
    for role in [TimeVocabulary.Role.since, .before, .after, .until] {
      guard let word = word(index, role), !isCountedPast(index) else { continue }
      guard let inner = core(skipFillers(index + 1), isExpected: true) else { continue }
      guard fits(inner.languages, word.languages) else { continue }
      var reading = inner.begun(at: index)
      switch role {
      case .since: reading.end = nil
      case .before: (reading.start, reading.end) = (nil, inner.start)
      case .after: (reading.start, reading.end) = (inner.end, nil)
      default: reading.start = nil
      }
      if let other = inner.other {
        // Both ways of reading a date can't be open: the wider one holds both.
        reading.start = reading.start.map { min($0, other.lowerBound) }
        reading.end = reading.end.map { max($0, other.upperBound) }
        reading.other = nil
      }
      return reading.start == nil && reading.end == nil ? nil : reading
    }
    return nil
  }

  /// Whether a word begins a time that is counted back, as German *vor*.
  private func isCountedPast(_ index: Int) -> Bool {
    word(index, .agoBefore) != nil && counted(index) != nil
  }

  /// `between … and …`, `from … to …`.
  private func between(_ index: Int) -> TimeReading? {
    guard let opening = word(index, .between) ?? word(index, .from),
      let first = core(skipFillers(index + 1), isExpected: true)
    else { return nil }
    let joint = first.tokens.upperBound
    guard isSign(joint, "-") || word(joint, .and) != nil || word(joint, .to) != nil,
      var last = core(skipFillers(joint + 1), isExpected: true)
    else { return nil }
    let closing = word(joint, .and) ?? word(joint, .to)
    let common = first.languages.intersection(last.languages).intersection(opening.languages)
    guard fits(common, closing?.languages ?? .all) else { return nil }
    var begun = first
    if !first.hasYear, let start = last.start, last.hasYear || (first.start ?? start) >= start {
      // Its year is that of the end, or the one before.
      var finder = self
      (finder.now, finder.isFuture) = (now.at(start), false)
      begun = finder.core(first.tokens.lowerBound, isExpected: true) ?? first
    }
    guard let start = begun.start, let end = last.end, start < end else { return nil }
    last.start = start
    last.grain = max(begun.grain, last.grain)
    (last.languages, last.other) = (common, nil)
    return last.begun(at: index)
  }

  // MARK: Tokens

  /// A word's meaning in a role.
  func word(_ index: Int, _ role: TimeVocabulary.Role) -> TimeVocabulary.Meaning? {
    guard tokens.indices.contains(index), tokens[index].entry >= 0 else { return nil }
    return table.entries[tokens[index].entry].first { $0.role == role }
  }

  func isSign(_ index: Int, _ signs: Unicode.Scalar...) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .sign else { return false }
    return signs.contains { Int($0.value) == tokens[index].value }
  }

  func isGlued(_ index: Int) -> Bool { tokens.indices.contains(index) && tokens[index].isGlued }

  func isNumber(_ index: Int, _ range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
    guard tokens.indices.contains(index), tokens[index].kind == .number,
      digits.contains(tokens[index].length), range.contains(tokens[index].value)
    else { return nil }
    return tokens[index].value
  }

  /// Whether some language has both.
  func fits(_ left: Languages, _ right: Languages) -> Bool { !left.isDisjoint(with: right) }

  /// Behind articles and `of`, at most three.
  func skipFillers(_ index: Int) -> Int {
    var index = index
    let last = index + 3
    while index < last {
      if word(index, .article) != nil || word(index, .of) != nil {
        index += 1
      } else if isSign(index, "'"), isGlued(index) {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  /// Whether tokens stand by themselves: in no version, price, path or longer name.
  ///
  /// - Parameter joins: Whether a hyphen may lead on to something else.
  func stands(_ range: Range<Int>, joins: Bool = false) -> Bool {
    isFree(before: range.lowerBound) && isFree(behind: range.upperBound, joins: joins)
  }

  private func isFree(before index: Int) -> Bool {
    guard isGlued(index) else { return !isSign(index - 1, "$", "#") }
    if isSign(index - 1, ",", ":", "'") {
      return !(isGlued(index - 1) && tokens[index - 2].kind == .number)
    }
    if isSign(index - 1, "-") {
      // "mid-May"
      return [.early, .mid, .late].contains { word(index - 2, $0) != nil }
    }
    return isSign(index - 1, "(", "[", "\"", ";", "*", "|", ">") || isOther(index - 1)
  }

  private func isFree(behind index: Int, joins: Bool) -> Bool {
    guard isGlued(index) else { return !isSign(index, "$", "%") }
    if isSign(index, "-"), joins { return true }
    if isSign(index, ".", ",", ":", "-") { return !isGlued(index + 1) }
    return isSign(index, ")", "]", "\"", "'", ";", "?", "!", "*", "|", "<") || isOther(index)
  }

  /// Whether a token is a sign that is not ASCII, such as a quotation mark.
  private func isOther(_ index: Int) -> Bool {
    tokens[index].kind == .sign && tokens[index].value == 0
  }
}
