public import Foundation

/// How what an episode counts falls with the days since it was last used: 1 in the first time, then
///
///     max(0, 1 − days / 180)
///
/// The formula is Atom's, and holds from day 90 on. It counts from the episode's last use and not
/// from day 90, so that at day 90 a half is left: 1 before, 0.5 at 90, 0.25 at 135, 0 from 180 on.
public struct EpisodeDecay: Hashable, Sendable {
  /// The first day on which anything is lost; 90 by default.
  public var firstDay: Int
  /// The day from which on nothing is left, at least 1; 180 by default.
  public var lastDay: Int

  /// Makes a rule.
  ///
  /// - Parameters:
  ///   - firstDay: The first day on which anything is lost.
  ///   - lastDay: The day from which on nothing is left.
  public init(from firstDay: Int = 90, until lastDay: Int = 180) {
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// What is left after days, 0…1. Days before 0, as of a clock that was set back, count as 0.
  ///
  /// ```swift
  /// print(EpisodeDecay().value(afterDays: 135))  // 0.25
  /// ```
  public func value(afterDays days: Double) -> Double {
    guard days >= Double(firstDay), days > 0 else { return 1 }
    return max(0, 1 - days / Double(max(1, lastDay)))
  }
}

extension Episode {
  /// What is left of it at a time, 0…1, by when it was itself last used.
  ///
  /// ```swift
  /// let old = try await ada.episodes.list().filter { $0.decay(at: lastMay) < 0.5 }
  /// ```
  /// - Parameter rule: How it falls.
  public func decay(at now: Date, by rule: EpisodeDecay = EpisodeDecay()) -> Double {
    rule.value(afterDays: EpisodeAge.days(from: lastUsedAt, to: now))
  }
}

/// Ages in days.
enum EpisodeAge {
  static func days(from start: Date, to now: Date) -> Double {
    now.timeIntervalSince(start) / 86_400
  }
}
