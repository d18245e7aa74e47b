import Foundation
import LociCore

/// Where the ONNX Runtime library may be.
package enum OnnxRuntimeLibrary {
  /// The variable that names the library's file.
  package static let variable = "LOCI_ONNXRUNTIME"

  /// What to hand to the dynamic linker, in order: the file that `LOCI_ONNXRUNTIME` names and
  /// nothing else; otherwise what set-up unpacked, the newest version first, then the system's.
  package static func candidates(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    if let path = environment[variable], !path.isEmpty { return [path] }
    let folder = Folders(environment: environment).engines.appending(path: "onnxruntime")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let unpacked = versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
      .map { folder.appending(path: "\($0)/libonnxruntime.so.\($0)").path }
      .filter { FileManager.default.fileExists(atPath: $0) }
    return unpacked + ["libonnxruntime.so.1", "libonnxruntime.so"]
  }

  /// The error for a machine on which none of the candidates could be used.
  static func missing(_ reason: String) -> LociError {
    LociError(
      .missingLibrary, "The ONNX Runtime library can't be used: \(reason).",
      remedy: "Run `Scripts/setup onnxruntime` in a checkout of Loci, or set \(variable) to the "
        + "path of libonnxruntime.so, version 1.18 or newer.")
  }
}
