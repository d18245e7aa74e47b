public import Foundation
public import LociCore

/// The times that a question names, and how near a record is to them.
///
/// A record's own time is when it happened which it tells of; where that is not known, the time in
/// which it is so; and otherwise when it was stored. Its text may name further times, counted from
/// when it happened or was stored. The nearest of all these counts.
public struct AskedTimes: Hashable, Sendable {
  /// What the question says of times, in its order; empty where it names none.
  public let expressions: [TimeExpression]

  /// Whether the question names no time.
  public var isEmpty: Bool { expressions.isEmpty }

  /// Reads a question.
  ///
  /// - Parameter moment: When it is asked, from which "yesterday" is counted.
  public init(of question: String, askedAt moment: Date) {
    expressions = TimeExpression.found(in: question, writtenAt: moment)
  }

  /// What is nearest to a record among the times, by its own time and by what its text names; nil
  /// where the question names none. Complexity: O(text).
  public func match(_ record: Record) -> TimeMatch? {
    guard !isEmpty else { return nil }
    let own = OwnTime(of: record)
    var best: TimeMatch?
    func take(_ closeness: Double, _ isInside: Bool, _ asked: TimeExpression, _ named: String?) {
      if let best, best.isInside == isInside ? best.closeness >= closeness : best.isInside {
        return
      }
      best = TimeMatch(
        closeness: closeness, isInside: isInside, asked: asked.phrase, named: named)
    }
    for asked in expressions {
      let (closeness, isInside) = own.closeness(to: asked)
      take(closeness, isInside, asked, nil)
    }
    if let best, best.isInside, best.closeness == 1 { return best }
    let named = TimeExpression.found(
      in: record.text, writtenAt: record.occurredAt ?? record.createdAt)
    for asked in expressions {
      for time in named {
        let (closeness, isInside) = time.closeness(to: asked)
        take(closeness, isInside, asked, time.phrase)
      }
    }
    return best
  }
}

/// How near a record is to a time that a question names.
public struct TimeMatch: Hashable, Sendable {
  /// 0…1: 1 where the record's time lies within the question's, or its share that does; less than
  /// a half outside, the less the further, as measured by how finely the question names its time.
  public let closeness: Double
  /// Whether it is a record of that time: its time lies within the question's, at least half of it.
  public let isInside: Bool
  /// The question's words for the time.
  public let asked: String
  /// The record's words for its time; nil where it is the record's own time.
  public let named: String?
}

/// A record's own time.
private enum OwnTime {
  case moment(Date)
  case stretch(TimeSpan)

  init(of record: Record) {
    if let occurredAt = record.occurredAt {
      self = .moment(occurredAt)
    } else if record.validFrom != nil || record.validUntil != nil,
      let span = TimeSpan(from: record.validFrom, before: record.validUntil)
    {
      self = .stretch(span)
    } else {
      self = .moment(record.createdAt)
    }
  }

  func closeness(to asked: TimeExpression) -> (Double, isInside: Bool) {
    let distance =
      switch self {
      case .moment(let moment): asked.interval.distance(to: moment)
      case .stretch(let span): asked.interval.distance(to: span)
      }
    let isInside =
      switch self {
      case .moment(let moment): asked.interval.contains(moment)
      // What is so for years is so on each of their days.
      case .stretch(let span): span.share(in: asked.interval) > 0
      }
    return (isInside ? 1 : asked.closeness(atDistance: distance), isInside)
  }
}

extension TimeExpression {
  /// What lies so many seconds outside: a half at its edge, and e times less for each length of
  /// what the question counts in.
  fileprivate func closeness(atDistance seconds: Double) -> Double {
    0.5 * exp(-seconds / grain.seconds)
  }

  /// How near a time that a text names is: the share of it that lies within, or how far it is, and
  /// less where it is coarser than what is asked for.
  fileprivate func closeness(to asked: TimeExpression) -> (Double, isInside: Bool) {
    let share = interval.share(in: asked.interval)
    if share > 0 {
      // Of a time without an end, nobody knows how much lies within.
      let isOpen = interval.length == nil
      return (isOpen ? 0.5 : share, !isOpen && share >= 0.5)
    }
    let fineness = min(1, asked.grain.seconds / grain.seconds)
    return (fineness * asked.closeness(atDistance: asked.interval.distance(to: interval)), false)
  }
}
