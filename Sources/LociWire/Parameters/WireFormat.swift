package import Foundation

/// Times and durations as answers have them.
package enum WireFormat {
  /// A time in ISO 8601, UTC, in milliseconds.
  package static func time(_ date: Date) -> String {
    // Foundation cuts the fraction off; half a millisecond rounds it.
    date.addingTimeInterval(0.000_5).formatted(isoStyle)
  }

  private static let isoStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// A duration in milliseconds.
  package static func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1000
      + Double(duration.components.attoseconds) / 1e15
  }
}
