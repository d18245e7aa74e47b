package import Foundation

/// Numbers, times and tables as text.
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
    // Foundation cuts the fraction off; half a millisecond rounds it.
    date.addingTimeInterval(0.000_5).formatted(isoStyle)
  }

  private static let isoStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

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
}
