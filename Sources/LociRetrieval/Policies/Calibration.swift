import Foundation
import LociCore

/// Turns a policy's score into the probability that the record answers the question.
///
///     p = 1 / (1 + e^−(offset + slope · score))
///
/// Platt's scaling (1999), one line for each mode, so that relevance is one scale in all of them.
/// The lines were fitted by logistic regression to the first ten candidates of one conversation's
/// questions and of one half of SciFact's claims, with and without what answers them, and are
/// frozen; docs/quality.md shows how far they hold elsewhere.
struct Calibration: Sendable {
  let offset: Double
  let slope: Double

  func probability(_ score: Double) -> Double { 1 / (1 + exp(-(offset + slope * score))) }

  /// For single records.
  static func pieces(_ mode: RecallMode) -> Calibration {
    switch mode {
    case .hybrid: Calibration(offset: -8.48, slope: 6.6)
    case .semantic: Calibration(offset: -9.21, slope: 10.62)
    case .lexical: Calibration(offset: -6.09, slope: 9.43)
    }
  }

  /// For wholes.
  static func wholes(_ mode: RecallMode) -> Calibration {
    switch mode {
    case .hybrid: Calibration(offset: -9.01, slope: 8.95)
    case .semantic: Calibration(offset: -11.33, slope: 20.46)
    case .lexical: Calibration(offset: -5.8, slope: 12.27)
    }
  }
}
