/// Times that are counted from now, or from another time.
extension TimeFinder {
  // MARK: Days

  /// `yesterday`, `the day before yesterday`, `tomorrow evening`, `tonight`.
  func relativeDay(_ index: Int) -> TimeReading? {
    if let night = word(index, .night) {
      let reading = reading(day: now.day + night.value, index..<index + 1, night.languages)
      return reading.at(.night)
    }
    if let unit = word(index, .unit), unit.value == TimeVocabulary.day {
      for (role, step) in [(TimeVocabulary.Role.before, -1), (.after, 1)] {
        guard word(index + 1, role) != nil, let day = word(index + 2, .day), day.value == step
        else { continue }
        return reading(day: now.day + 2 * step, index..<index + 3, day.languages)
      }
      return nil
    }
    let romance: Languages = [Languages(.french), Languages(.portuguese), Languages(.spanish)]
    for (role, step) in [(TimeVocabulary.Role.before, -1), (.after, 1), (.last, 1)] {
      guard let word = word(index, role) else { continue }
      let next = skipFillers(isSign(index + 1, "-") ? index + 2 : index + 1)
      guard let day = self.word(next, .day), day.value == step,
        fits(day.languages.intersection(romance), word.languages)
      else { continue }
      return inPart(reading(day: now.day + 2 * step, index..<next + 1, day.languages))
    }
    guard let day = word(index, .day), word(index - 1, .greeting) == nil,
      !day.isWeak || fits(languages.spoken, day.languages)
    else { return nil }
    if let part = word(index, .part), isAsked(index, .article, part.languages) { return nil }
    return inPart(reading(day: now.day + day.value, index..<index + 1, day.languages))
  }

  func reading(
    day: Int, _ tokens: Range<Int>, _ languages: Languages
  ) -> TimeReading {
    TimeReading(days: day..<day + 1, .day, tokens, languages)
  }

  /// A day, or the part of it that is named behind it.
  func inPart(_ reading: TimeReading) -> TimeReading {
    let end = reading.tokens.upperBound
    guard let part = word(end, .part), fits(part.languages, reading.languages),
      let named = TimeVocabulary.DayPart(value: part.value)
    else { return reading }
    return reading.at(named, until: end + 1)
  }

  // MARK: Counts

  typealias Quantity = (range: ClosedRange<Int>, end: Int, languages: Languages)

  /// `2`, `two`, `a couple of`, `a few`.
  func quantity(_ index: Int) -> Quantity? {
    if let number = isNumber(index, 1...9999, digits: 1...4) {
      return stands(index..<index + 1) ? (number...number, index + 1, .all) : nil
    }
    let count = word(index, .count)
    let vague = count == nil ? index : index + 1
    for (role, range) in [(TimeVocabulary.Role.pair, 2...3), (.some, 2...6)] {
      guard let word = word(vague, role), fits(word.languages, count?.languages ?? .all)
      else { continue }
      return (range, self.word(vague + 1, .of) == nil ? vague + 1 : vague + 2, word.languages)
    }
    return count.map { ($0.value...$0.value, index + 1, $0.languages) }
  }

  /// `two weeks ago`, `vor drei Tagen`, `il y a deux ans`, `in three days`, `неделю назад`.
  func counted(_ index: Int) -> TimeReading? {
    if let reading = countedBefore(index) ?? countedBehind(index) { return reading }
    guard let unit = word(index, .unit), let ago = word(index + 1, .ago),
      ago.languages.contains(Languages(.russian)), fits(unit.languages, ago.languages)
    else { return nil }
    return reading(1...1, -1, unit, index..<index + 2, ago.languages)
  }

  private func countedBehind(_ index: Int) -> TimeReading? {
    guard let quantity = quantity(index), let unit = word(quantity.end, .unit),
      let ago = word(quantity.end + 1, .ago)
    else { return nil }
    return reading(
      quantity.range, -1, unit, index..<quantity.end + 2,
      quantity.languages.intersection(ago.languages))
  }

  private func countedBefore(_ index: Int) -> TimeReading? {
    for (role, sign) in [(TimeVocabulary.Role.agoBefore, -1), (.later, 1)] {
      guard let opening = word(index, role) else { continue }
      // French "a" counts in "il y a" only.
      if opening.isWeak, word(index - 1, .there) == nil { continue }
      let start = skipFillers(index + 1)
      guard let quantity = quantity(start), let unit = word(quantity.end, .unit) else {
        continue
      }
      let languages = quantity.languages.intersection(opening.languages)
      guard
        let reading = reading(
          quantity.range, sign, unit, index..<quantity.end + 1, languages)
      else { continue }
      return reading
    }
    return nil
  }

  /// So many units before or after now.
  private func reading(
    _ count: ClosedRange<Int>, _ sign: Int, _ unit: TimeVocabulary.Meaning,
    _ tokens: Range<Int>, _ languages: Languages
  ) -> TimeReading? {
    guard fits(unit.languages, languages) else { return nil }
    let grain = TimeGrain.allCases[unit.value]
    let common = unit.languages.intersection(languages)
    if grain == .hour {
      let hour = CivilDay.floorQuotient(now.seconds, 3600)
      let hours = [count.lowerBound, count.upperBound].map { hour + sign * $0 }
      var reading = reading(day: now.day, tokens, common)
      reading.start = (hours.min() ?? hour) * 3600
      reading.end = ((hours.max() ?? hour) + 1) * 3600
      reading.grain = .hour
      return reading
    }
    let near = CalendarUnits.days(sign * count.lowerBound, grain, from: now.day)
    let far = CalendarUnits.days(sign * count.upperBound, grain, from: now.day)
    return TimeReading(
      days: min(near.lowerBound, far.lowerBound)..<max(near.upperBound, far.upperBound), grain,
      tokens, common)
  }

  // MARK: Thirds

  /// `early May`, `mid-2023`, `the end of last month`, `at the end of the year`.
  func third(_ index: Int) -> TimeReading? {
    let roles: [TimeVocabulary.Role] = [.early, .mid, .late]
    guard let third = roles.firstIndex(where: { word(index, $0) != nil }),
      let word = word(index, roles[third])
    else { return nil }
    let dash = isSign(index + 1, "-", ".") ? index + 2 : index + 1
    let inside = skipFillers(dash)
    // A third of a third is none.
    guard roles.allSatisfy({ self.word(inside, $0) == nil }) else { return nil }
    guard let whole = core(inside, isExpected: true) ?? thisUnit(inside, isTold: inside > dash),
      fits(whole.languages, word.languages), let start = whole.start, let end = whole.end,
      whole.grain > .day
    else { return nil }
    let days = (end - start) / 86_400
    func bound(_ third: Int) -> Int { start + (days * third + 1) / 3 * 86_400 }
    var reading = whole.begun(at: index)
    (reading.start, reading.end) = (bound(third), third == 2 ? end : bound(third + 1))
    reading.languages = whole.languages.intersection(word.languages)
    return reading
  }

  /// `of the month`: the one of now.
  private func thisUnit(_ index: Int, isTold: Bool) -> TimeReading? {
    guard isTold, let unit = word(index, .unit), let (days, grain) = unitDays(unit.value, .this)
    else { return nil }
    return TimeReading(days: days, grain, index..<index + 1, unit.languages)
  }
}
