import Foundation
import LociCore

/// The LanceDB that this Loci works with.
enum LanceEngine {
  /// The one version whose behaviour is known and tested.
  static let version = "0.40.0"

  static let missingMessage = "LanceDB \(version) is not installed, or not whole."
  static let remedy = "Run `Scripts/setup lancedb`."

  /// The error of an engine that is not there.
  static func missing(
    _ engine: URL, because reason: String, _ underlying: (any Error)? = nil
  ) -> LociError {
    LociError(
      .missingLibrary, "\(missingMessage) \(reason)", remedy: remedy, underlying: underlying)
  }

  /// Checks a worker's greeting.
  ///
  /// - Throws: ``LociError/Code/missingLibrary``, with both versions where they differ.
  static func check(_ greeting: Answer, in engine: URL) throws(LociError) {
    if let failure = greeting.error, greeting.lancedb ?? version == version {
      throw LociError(
        .missingLibrary, "\(missingMessage) Its Python packages in \(engine.path) can't be loaded.",
        remedy: remedy, detail: failure.detail)
    }
    guard greeting.lancedb == version else {
      throw LociError(
        .missingLibrary,
        "The LanceDB in \(engine.path) is version \(greeting.lancedb ?? "unknown"); "
          + "Loci works with \(version).", remedy: remedy)
    }
  }
}
