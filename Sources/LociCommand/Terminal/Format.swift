package import Foundation

/// Numbers, times and tables as text. Nothing here loads a formatter, so that a recall starts fast.
package enum Format {
  /// A number with a fixed count of decimals.
  package static func number(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + "\(scaled / scale)." + zeros + fraction
  }

  /// A measured figure; `none` where there was nothing to measure.
  package static func figure(_ value: Double?, decimals: Int) -> String {
    value.map { number($0, decimals: decimals) } ?? "none"
  }

  /// A duration in milliseconds.
  package static func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1000
      + Double(duration.components.attoseconds) / 1e15
  }

  /// A time in ISO 8601, UTC, in milliseconds.
  package static func time(_ date: Date) -> String {
    let total = Int64((date.timeIntervalSince1970 * 1000).rounded())
    let (days, rest) = floorDivide(total, by: 86_400_000)
    let (year, month, day) = civil(daysSince1970: days)
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60]
      .map { padded($0, 2) }.joined(separator: ":")
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock)"
      + ".\(padded(rest % 1000, 3))Z"
  }

  /// The day of a time, UTC.
  package static func day(_ date: Date) -> String { String(time(date).prefix(10)) }

  /// Two columns: names, faint where that is possible, and what they hold.
  package static func table(
    _ rows: [(name: String, value: String)], on console: Console
  ) -> String {
    let width = rows.map { Wrap.columns(of: $0.name) }.max() ?? 0
    return rows.map { row in
      let gap = String(repeating: " ", count: width + 2 - Wrap.columns(of: row.name))
      return console.faint(row.name) + gap + Printable.line(row.value)
    }.joined(separator: "\n")
  }

  // Days since 1970 to a date of the Gregorian calendar: Howard Hinnant, "chrono-compatible
  // low-level date algorithms", civil_from_days. A year begins in March, its leap day comes last.
  private static func civil(daysSince1970 days: Int64) -> (Int64, Int64, Int64) {
    let (era, dayOfEra) = floorDivide(days + 719_468, by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  private static func floorDivide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    let rest = (value % divisor + divisor) % divisor
    return ((value - rest) / divisor, rest)
  }

  private static func padded(_ value: Int64, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
