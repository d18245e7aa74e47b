package import LociCore
package import LociJSON
package import LociRetrieval

extension Recall {
  /// The answer as JSON; the stages and each leg's word on a hit where they were asked for.
  ///
  /// - Parameters:
  ///   - hint: Why nothing was found, where that is known.
  ///   - visibility: How a record became visible, where that is asked.
  package func json(
    isExplained: Bool, hint: String?, visibility: (Record) -> String? = { _ in nil }
  ) -> JSON {
    let hits = hits.enumerated().map { index, hit in
      hit.json(rank: index + 1, isExplained: isExplained, visibility: visibility(hit.record))
    }
    var pairs: [(key: String, value: JSON)] = [
      ("hits", .array(hits)), ("likely", JSON(isLikelyAnswered, JSON.bool)),
      ("mode_requested", .string(modeRequested.rawValue)),
      ("mode_used", .string(modeUsed.rawValue)), ("times", .array(times.map(\.json))),
      ("fallback_reason", JSON(fallbackReason, JSON.string)),
      ("rerank_failure", JSON(rerankFailure, JSON.string)),
      ("warning", JSON(warning, JSON.string)), ("hint", JSON(hint, JSON.string)),
    ]
    if isExplained {
      pairs.append(("dropped", .integer(droppedCount)))
      pairs.append(("dropped_for", .array(dropped.map(\.json))))
      pairs.append(("stages", .array(stages.map(\.json))))
    }
    return .object(pairs)
  }
}

extension TimeExpression {
  /// The words, and what they were understood as; a bound that there is none of is null.
  fileprivate var json: JSON {
    [
      "text": .string(phrase), "from": JSON(interval.from) { .string(WireFormat.time($0)) },
      "before": JSON(interval.before) { .string(WireFormat.time($0)) },
      "grain": .string(grain.rawValue),
    ]
  }
}

extension Recall.Hit {
  fileprivate func json(rank: Int, isExplained: Bool, visibility: String?) -> JSON {
    var pairs: [(key: String, value: JSON)] = [
      ("rank", .integer(rank)), ("relevance", .number(relevance.value)),
      ("policy", .string(relevance.policy)),
      ("similarity", JSON(similarity?.value, JSON.float)),
      ("ranking", .string(ranking.rawValue)),
      ("spaces", .array(spaces.map { .string($0.key) })), ("record", record.json),
    ]
    if let visibility { pairs.append(("visible_as", .string(visibility))) }
    if let whole {
      pairs.append(("whole", .string(whole.text)))
      pairs.append(("pieces", .array(pieces.map { .string($0.text) })))
    }
    if copyCount > 0 {
      pairs.append(("copy_count", .integer(copyCount)))
      pairs.append(("copies", .array(copies.map { .string($0.text) })))
    }
    if !neighbours.isEmpty { pairs.append(("neighbours", .array(neighbours.map(\.json)))) }
    if isExplained {
      pairs.append(("explanation", explanation.json))
      pairs.append(("spelling", JSON(spelling?.name, JSON.string)))
      pairs.append(("placements", .array(placements.map(\.json))))
    }
    return .object(pairs)
  }
}

extension Recall.Dropped {
  fileprivate var json: JSON { ["id": .string(id.text), "reason": .string(reason)] }
}

extension Explanation {
  /// The tree as JSON.
  package var json: JSON {
    var pairs: [(key: String, value: JSON)] = [("name", .string(name)), ("value", .number(value))]
    if let factor {
      pairs.append(("figure", .string(factor.name)))
      pairs.append(("of", .number(factor.value)))
      pairs.append(("weight", .number(factor.weight)))
    }
    if !parts.isEmpty { pairs.append(("parts", .array(parts.map(\.json)))) }
    return .object(pairs)
  }
}

extension LexicalMatch.Spelling {
  /// How a record spells the question's joined words.
  package var name: String {
    switch self {
    case .identifierAsWritten: "as written"
    case .identifierInOrder: "in order"
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
      "name": .string(name), "milliseconds": .number(WireFormat.milliseconds(duration)),
      "count": .integer(count),
    ]
  }
}
