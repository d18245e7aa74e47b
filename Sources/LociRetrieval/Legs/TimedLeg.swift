import LociCore

/// A leg that looks at records of the asked time only.
///
/// What happened then may be said in words and have a meaning that many others are nearer to: so
/// the best of that time are candidates, too, however many others there are.
struct TimedLeg: Leg {
  let base: any Leg
  let condition: TimeCondition

  var name: String { "\(base.name), \(condition.time.rawValue) then" }

  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult {
    var query = query
    query.filter.times.append(condition)
    var result = try await base.proposals(for: query, limit: limit)
    // The question was embedded for the leg that this one narrows.
    result.stages = result.stages.suffix(1).map {
      Recall.Stage(name: name, duration: $0.duration, count: $0.count)
    }
    result.warning = nil
    return result
  }

  func canBeMissing(for query: RecallQuery, after error: any Error) -> Bool {
    base.canBeMissing(for: query, after: error)
  }
}

extension AskedTimes {
  /// More times of one question are not looked for by themselves.
  private static let maximumNarrowed = 2

  /// The legs again, for records whose own time is asked for: when it happened which they tell of,
  /// or when they were stored.
  func narrowed(_ legs: [any Leg]) -> [any Leg] {
    expressions.prefix(Self.maximumNarrowed).flatMap { asked in
      [TimeCondition.Time.occurred, .created].flatMap { time in
        legs.map {
          TimedLeg(
            base: $0,
            condition: TimeCondition(time, from: asked.interval.from, before: asked.interval.before)
          )
        }
      }
    }
  }
}
