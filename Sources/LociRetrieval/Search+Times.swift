import LociCore

/// What a search makes of the times that its question names.
extension Search {
  /// Candidates with how near they are to the asked time; where only that is wanted, those of it.
  func timed(_ candidates: [Candidate]) -> [Candidate] {
    guard !times.isEmpty else { return candidates }
    return candidates.compactMap { candidate in
      let match = times.match(candidate.record)
      guard !query.strictTime || match?.isInside ?? false else { return nil }
      var timed = candidate
      timed.evidence.time = match
      return timed
    }
  }

  /// What to say where only records of the asked time are wanted, and none is named.
  var timeWarning: String? {
    guard query.strictTime, times.isEmpty else { return nil }
    return "The question names no time, so records of any time are found. Name one, such as "
      + "\u{201C}last May\u{201D} or a date, or leave the strict time out."
  }
}
