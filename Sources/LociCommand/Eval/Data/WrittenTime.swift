import Foundation
import LociWire

/// Times as judged data writes them.
enum WrittenTime {
  /// Reads ISO 8601, `1:56 pm on 8 May, 2023` of LoCoMo, and `2023/05/20 (Sat) 02:21` of
  /// LongMemEval, as UTC; nil for anything else.
  static func read(_ text: String) -> Date? {
    try? CalendarTime(spoken(text) ?? slashed(text) ?? text).start
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func spoken(_ text: String) -> String? {
    let form =
      #/([0-9]{1,2}):([0-9]{2})\s*([ap])m on ([0-9]{1,2}) ([a-z]{3})[a-z]*,? ([0-9]{4})/#
    guard let match = text.lowercased().wholeMatch(of: form)?.output,
      let month = months.firstIndex(of: String(match.5)), let hour = Int(match.1)
    else { return nil }
    let ofDay = hour % 12 + (match.3 == "p" ? 12 : 0)
    return "\(match.6)-\(two(month + 1))-\(two(match.4))T\(two(ofDay)):\(match.2)Z"
  }

  private static func slashed(_ text: String) -> String? {
    let form = #/([0-9]{4})/([0-9]{2})/([0-9]{2}) \([A-Za-z]+\) ([0-9]{2}):([0-9]{2})/#
    guard let match = text.wholeMatch(of: form)?.output else { return nil }
    return "\(match.1)-\(match.2)-\(match.3)T\(match.4):\(match.5)Z"
  }

  private static func two(_ number: some CustomStringConvertible) -> String {
    let digits = number.description
    return digits.count < 2 ? "0" + digits : digits
  }
}
