public import Foundation

/// A time that a text names: "last May", "two weeks ago", "on 8 May 2023".
///
/// ```swift
/// let times = TimeExpression.found(in: "We met in Lisbon last May.", writtenAt: lastYear)
/// print(times.map(\.interval))  // from the first of May to the first of June
/// ```
/// Words are read in English, German, French, Spanish, Italian, Portuguese, Dutch and Russian, each
/// expression within one language; numbers in ISO 8601 and with dots, slashes and hyphens. What is
/// decided where people differ:
///
/// - A day, a weekday, a month or a season without a year is the last one that has begun; the next
///   one, where its sentence speaks of what will be. "Last May" is over; "this May" is this year's.
/// - Weeks begin on Monday. Summer is June, July and August; winter begins in its year's December.
/// - 8.5.2023 is the eighth of May. So is 8/5/2023 where the text's other words are in a language
///   that writes so; English has both ways, so there it is both, as two expressions.
/// - "Three weeks ago" is a week around that day, "two months ago" a calendar month, "a few days
///   ago" two to six days ago.
/// - "Early", "mid" and "late" are thirds. "Since", "before", "after" and "until" leave one side
///   open; "between … and …" is one expression.
///
/// A year by itself, *may*, *march*, *sat* and their like are times only where the words around
/// them say so; versions, prices and ids are none.
public struct TimeExpression: Hashable, Sendable, Codable {
  /// The time that is named.
  public let interval: TimeSpan
  /// How finely.
  public let grain: TimeGrain
  /// Where it stands: bytes of the text in UTF-8.
  public let place: Range<Int>
  /// Its words, with single spaces.
  public let phrase: String

  /// The most expressions that are taken from one text: the first.
  public static let maximumCount = 32
  /// How many bytes of a text are read; what follows can't change much, and a bound keeps any
  /// text cheap.
  public static let maximumBytes = 1 << 16

  /// Finds the times that a text names, in its order; none overlap, but for readings of the same
  /// words. None is empty. Complexity: O(n).
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - moment: When it was written, from which "yesterday" is counted. Times outside the years 1
  ///     to 9999 are taken for the nearest of these.
  ///   - offset: Seconds east of UTC of who wrote it.
  public static func found(
    in text: String, writtenAt moment: Date, secondsFromUTC offset: Int = 0
  ) -> [TimeExpression] {
    text.withUTF8Span { bytes in
      let tokens = TimeTokens(bytes, maximum: maximumBytes)
      guard tokens.mayNameTimes else { return [] }
      var finder = TimeFinder(
        tokens: tokens, now: LocalMoment(moment, secondsFromUTC: offset), text: text)
      return finder.expressions(atMost: maximumCount).map { found in
        TimeExpression(
          interval: found.interval, grain: found.grain, place: found.place,
          phrase: phrase(bytes, found.place))
      }
    }
  }

  /// The bytes of a place, which begins and ends between characters.
  private static func phrase(_ bytes: Span<UInt8>, _ place: Range<Int>) -> String {
    var kept: [UInt8] = []
    for index in place {
      let byte = bytes[index]
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isSpace { kept.append(byte) } else if kept.last != 0x20 { kept.append(0x20) }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
