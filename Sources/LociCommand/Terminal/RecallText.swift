import Loci

extension Recall {
  /// The answer as JSON; the stages and each leg's word on a hit where they were asked for.
  ///
  /// - Parameter hint: Why nothing was found, where that is known.
  func json(isExplained: Bool, hint: String?) -> JSON {
    let hits = hits.enumerated().map { $1.json(rank: $0 + 1, isExplained: isExplained) }
    var pairs: [(key: String, value: JSON)] = [
      ("hits", .array(hits)), ("mode_requested", .string(modeRequested.rawValue)),
      ("mode_used", .string(modeUsed.rawValue)),
      ("fallback_reason", JSON(fallbackReason, JSON.string)),
      ("warning", JSON(warning, JSON.string)), ("hint", JSON(hint, JSON.string)),
    ]
    if isExplained {
      pairs.append(("dropped", .integer(droppedCount)))
      pairs.append(("stages", .array(stages.map(\.json))))
    }
    return .object(pairs)
  }

  /// The answer for people.
  func text(on console: Console, isExplained: Bool, hint: String?) -> String {
    var parts = hits.enumerated().map {
      $1.text(rank: $0 + 1, on: console, isExplained: isExplained)
    }
    if hits.isEmpty { parts = [hint ?? "Nothing relevant was found."] }
    if isExplained { parts.append(explanation(on: console)) }
    return parts.joined(separator: "\n\n")
  }

  private func explanation(on console: Console) -> String {
    let mode = modeUsed == modeRequested ? "" : " (asked for: \(modeRequested.rawValue))"
    var rows = [(name: "mode", value: modeUsed.rawValue + mode)]
    if let fallbackReason { rows.append(("fallback", fallbackReason)) }
    rows += stages.map { stage in
      let time = Format.number(Format.milliseconds(stage.duration), decimals: 2)
      return (stage.name, "\(time) ms, \(stage.count)")
    }
    rows.append(("dropped", "\(droppedCount) not relevant"))
    return Format.table(rows, on: console)
  }
}

extension Recall.Hit {
  fileprivate func json(rank: Int, isExplained: Bool) -> JSON {
    var pairs: [(key: String, value: JSON)] = [
      ("rank", .integer(rank)), ("relevance", .number(relevance.value)),
      ("policy", .string(relevance.policy)),
      ("similarity", JSON(similarity?.value, JSON.float)), ("record", record.json),
    ]
    if isExplained {
      pairs.append(("spelling", JSON(spelling?.name, JSON.string)))
      pairs.append(("placements", .array(placements.map(\.json))))
    }
    return .object(pairs)
  }

  fileprivate func text(rank: Int, on console: Console, isExplained: Bool) -> String {
    let score = Format.number(relevance.value, decimals: 3)
    let cosine = similarity.map { Format.number(Double($0.value), decimals: 3) } ?? "unknown"
    let scores = "relevance \(score), similarity \(cosine), \(Format.day(record.createdAt))"
    let head = "\(rank). \(record.origin)"
    let size = Wrap.columns(of: head) + 2 + Wrap.columns(of: scores)
    let gap = console.isTerminal && size > console.width ? "\n   " : "  "
    let text = Wrap.block(
      of: record.text, width: max(2, console.width - 3), limit: 6, keepsLines: record.isCode)
    let places =
      (spelling.map { [console.faint("joined words: \($0.name)")] } ?? [])
      + placements.map {
        console.faint(
          "\($0.leg): rank \($0.rank), \($0.scoreName) \(Format.number($0.score, decimals: 4))")
      }
    let title = "\(rank). \(console.bold(record.origin))\(gap)\(console.faint(scores))"
    return ([title] + (text + (isExplained ? places : [])).map { "   " + $0 })
      .joined(separator: "\n")
  }
}

extension Record {
  /// Whether it comes from a file whose every line counts.
  fileprivate var isCode: Bool {
    let name = source?.uri.split(separator: "/").last.map(String.init)
    return name.flatMap { TextFormat(fileName: $0) } == .lines
  }
}

extension LexicalMatch.Spelling {
  /// How a record spells the question's joined words.
  fileprivate var name: String {
    switch self {
    case .wordsAsWritten, .identifierAsWritten: "as written"
    case .wordsInOrder, .identifierInOrder: "in order"
    }
  }
}

extension Recall.Placement {
  fileprivate var json: JSON {
    [
      "leg": .string(leg), "rank": .integer(rank), "score_name": .string(scoreName),
      "score": .number(score),
    ]
  }
}

extension Recall.Stage {
  fileprivate var json: JSON {
    [
      "name": .string(name), "milliseconds": .number(Format.milliseconds(duration)),
      "count": .integer(count),
    ]
  }
}
