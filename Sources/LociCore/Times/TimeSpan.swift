public import Foundation

/// A stretch of time, half-open; without a bound it goes on in that direction.
public struct TimeSpan: Hashable, Sendable, Codable {
  /// The first moment that belongs to it; nil where it has no beginning.
  public let from: Date?
  /// The first moment that does not any more; nil where it has no end.
  public let before: Date?

  /// Makes a stretch; nil where nothing lies between the bounds, or one of them is no number.
  public init?(from: Date?, before: Date?) {
    for bound in [from, before].compactMap(\.self) {
      guard bound.timeIntervalSince1970.isFinite else { return nil }
    }
    if let from, let before, from >= before { return nil }
    self.from = from
    self.before = before
  }

  /// Whether a moment belongs to it.
  public func contains(_ moment: Date) -> Bool {
    from.map { $0 <= moment } ?? true && before.map { moment < $0 } ?? true
  }

  /// How many seconds a moment lies outside; 0 where it belongs to it.
  public func distance(to moment: Date) -> Double {
    if let from, moment < from { return from.timeIntervalSince(moment) }
    if let before, moment >= before { return moment.timeIntervalSince(before) }
    return 0
  }

  /// How many seconds lie between it and another stretch; 0 where they meet.
  public func distance(to other: TimeSpan) -> Double {
    let gaps = [
      from.flatMap { from in other.before.map { from.timeIntervalSince($0) } },
      other.from.flatMap { from in before.map { from.timeIntervalSince($0) } },
    ]
    return max(0, gaps.compactMap(\.self).max() ?? 0)
  }

  /// How much of it lies in another stretch, 0…1; of one without a bound, all or nothing.
  public func share(in other: TimeSpan) -> Double {
    let first = [from, other.from].compactMap(\.self).max()
    let last = [before, other.before].compactMap(\.self).min()
    guard let common = TimeSpan(from: first, before: last) else { return 0 }
    guard let length, let shared = common.length else { return 1 }
    return min(1, shared / length)
  }

  /// How many seconds it has; nil where it has no bound.
  public var length: Double? {
    guard let from, let before else { return nil }
    return before.timeIntervalSince(from)
  }
}

/// How finely somebody names a time.
public enum TimeGrain: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// An hour.
  case hour
  /// A morning, an afternoon, an evening or a night.
  case dayPart = "day_part"
  /// A day.
  case day
  /// A Saturday and a Sunday.
  case weekend
  /// A week.
  case week
  /// A month.
  case month
  /// A quarter of a year: spring, summer, autumn, winter, or one that is numbered.
  case season
  /// A year.
  case year
  /// Ten years.
  case decade

  /// About how many seconds one has.
  public var seconds: Double {
    switch self {
    case .hour: 3600
    case .dayPart: 6 * 3600
    case .day: 86_400
    case .weekend: 2 * 86_400
    case .week: 7 * 86_400
    case .month: 30.436875 * 86_400
    case .season: 91.310625 * 86_400
    case .year: 365.2425 * 86_400
    case .decade: 3652.425 * 86_400
    }
  }

  /// The finer one first.
  public static func < (left: TimeGrain, right: TimeGrain) -> Bool {
    left.seconds < right.seconds
  }
}
