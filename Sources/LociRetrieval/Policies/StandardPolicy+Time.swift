import LociCore

/// What times count: the one that the question names, and that in which a record is so.
extension StandardPolicy {
  /// What being of the asked time counts: enough for a record of that time to go before one that
  /// fits a little better, and too little to go before one that answers. Chosen, not fitted.
  static let timeWeight = 0.1
  /// What not being so any more costs: as much as a cosine that is a seventh lower.
  static let overWeight = -0.1

  /// What times give to a candidate's score; nothing where the question names none and the record
  /// is still so.
  static func timeParts(of candidate: Candidate, in search: SearchContext) -> [Explanation] {
    var parts: [Explanation] = []
    if let match = candidate.evidence.time {
      parts.append(
        Explanation("time", match.closeness, of: match.figure, weight: timeWeight))
    }
    if Supersession.isOver(candidate.record, at: search.time) {
      parts.append(Explanation("over", 1, of: "not so any more", weight: overWeight))
    }
    return parts
  }

  /// The scores, those of records that another candidate has replaced below that one's.
  static func inSuccession(
    _ scores: [Explanation], _ candidates: [Candidate]
  ) -> [Explanation] {
    var scores = scores
    for (index, deduction) in Supersession(candidates).deductions(from: scores.map(\.value)) {
      let part = Explanation("superseded", -deduction)
      scores[index] = Explanation(scores[index].name, sumOf: scores[index].parts + [part])
    }
    return scores
  }
}

extension TimeMatch {
  /// What was compared, for the explanation.
  fileprivate var figure: String {
    let record = named.map { "\u{201C}\($0)\u{201D}" } ?? "its own time"
    return "\u{201C}\(asked)\u{201D} and \(record)"
  }
}
