package import Foundation
import LociWire

/// Numbers, times and tables as text.
package enum Format {
  /// A number with a fixed count of decimals.
  package static func number(_ value: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    guard value.isFinite, let scaled = Int(exactly: (abs(value) * Double(scale)).rounded()) else {
      return "\(value)"
    }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + "\(scaled / scale)." + zeros + fraction
  }

  /// A size such as `1.5 MiB`.
  package static func mebibytes(_ bytes: Int64) -> String {
    number(Double(bytes) / 1_048_576, decimals: 1) + " MiB"
  }

  /// A measured figure; `none` where there was nothing to measure.
  package static func figure(_ value: Double?, decimals: Int) -> String {
    value.map { number($0, decimals: decimals) } ?? "none"
  }

  /// A time in ISO 8601, UTC, in milliseconds, as in JSON.
  package static func time(_ date: Date) -> String { WireFormat.time(date) }

  /// The day of a time, UTC.
  package static func day(_ date: Date) -> String { String(time(date).prefix(10)) }

  /// Two columns: names, faint where that is possible, and what they hold.
  package static func table(
    _ rows: [(name: String, value: String)], on console: Console
  ) -> String {
    let widths = rows.map { Wrap.columns(of: Printable.name($0.name)) }
    // A name that somebody made long takes no room from the others' values.
    let width = min(32, widths.max() ?? 0)
    return zip(rows, widths).map { row, taken in
      let gap = String(repeating: " ", count: max(2, width + 2 - taken))
      let margin = "\n" + String(repeating: " ", count: width + 2)
      let value = Printable.message(row.value)
      let room = console.isTerminal ? max(16, console.width - width - 2) : .max
      // A path that is broken can't be copied.
      let lines = Wrap.lines(of: value, width: room, breaksWords: false)
      return console.faint(row.name) + gap + lines.joined(separator: margin)
    }.joined(separator: "\n")
  }
}
