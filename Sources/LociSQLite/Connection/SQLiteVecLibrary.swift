import Foundation
import LociCore

/// The file vec0.so: sqlite-vec as an extension that each connection loads.
struct SQLiteVecLibrary: Sendable {
  /// The version that set-up installs. Others write other tables.
  static let version = "0.1.9"

  let url: URL

  /// Loads it, or throws ``LociError/Code/missingLibrary``.
  func load(into connection: Connection) throws {
    let path = url.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Self.missing("sqlite-vec is not installed: there is no file \(path).")
    }
    if let reason = connection.loadExtension(path) {
      throw Self.missing("The file \(path) can't be loaded as sqlite-vec.", detail: reason)
    }
    let found = try? connection.first("SELECT vec_version()") { $0.text(0) }
    guard found == "v\(Self.version)" else {
      let version = found.map { "version \($0)" } ?? "no sqlite-vec"
      throw Self.missing("The file \(path) is \(version); version v\(Self.version) is needed.")
    }
  }

  private static func missing(_ message: String, detail: String? = nil) -> LociError {
    LociError(
      .missingLibrary, message, remedy: "Run `Scripts/setup sqlite-vec`.", detail: detail)
  }
}
