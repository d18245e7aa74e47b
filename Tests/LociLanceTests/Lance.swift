import Foundation
import LociCore
import LociLance
import LociTestKit

/// The real engine, as `Scripts/setup test` installs it.
enum Lance {
  static var engine: URL {
    Folders().engines.appending(path: "lancedb/\(LanceVectorStore.engineVersion)")
  }

  static func open(
    _ folder: URL, engine: URL = engine, _ change: (inout LanceSettings) -> Void = { _ in }
  ) async throws -> LanceVectorStore {
    var settings = LanceSettings(location: folder.path, engine: engine)
    change(&settings)
    return try await LanceVectorStore.open(settings)
  }
}
