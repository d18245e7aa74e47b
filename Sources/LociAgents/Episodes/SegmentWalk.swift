import Foundation
import LociCore

/// Tells for one turn after the other which segment it is in. It looks at the turn before alone.
///
/// A clock that goes back makes no pause, and one wrong time makes no more than one: the next pause
/// is measured from it, and the one after that from a right one.
struct SegmentWalk {
  /// What is known of a turn: when it was said, and what it means; either may be unknown.
  struct Turn {
    var time: Date?
    var vector: UnitVector?
  }

  let rules: EpisodeRules
  /// The segments so far.
  private(set) var count: Int
  /// The segment of the last turn; 0 before the first one.
  private(set) var segment: Int
  private var last: Turn?

  /// - Parameters:
  ///   - count: The segments that there are.
  ///   - segment: The segment of the last turn.
  ///   - last: The last turn; nil where there is none, or none is known.
  init(_ rules: EpisodeRules, count: Int = 0, segment: Int = 0, after last: Turn? = nil) {
    (self.rules, self.count, self.segment, self.last) = (rules, count, segment, last)
  }

  /// The segment of the next turn, from 1.
  mutating func next(_ turn: Turn) -> Int {
    if segment < 1 || begins(with: turn) {
      count += 1
      segment = count
    }
    last = turn
    return segment
  }

  /// Goes on after a turn that has its segment already.
  mutating func pass(_ turn: Turn, in segment: Int) {
    (self.segment, last) = (segment, turn)
    count = max(count, segment)
  }

  private func begins(with turn: Turn) -> Bool {
    guard let last else { return false }
    if let longest = rules.longestPause, let before = last.time, let now = turn.time,
      now.timeIntervalSince(before) > longest / .seconds(1)
    {
      return true
    }
    guard let least = rules.leastSimilarity, let before = last.vector, let now = turn.vector,
      let similarity = try? before.similarity(to: now)
    else { return false }
    return similarity < least
  }
}
