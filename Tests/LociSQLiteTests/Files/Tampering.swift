import Foundation
import LociCore
import LociTestKit
import Testing

/// Changes bytes of a file that is whole, again and again.
enum Tampering {
  /// Writes the file forty times with thirty bytes changed behind SQLite's header, and uses it.
  ///
  /// It fails where `use` throws what is no ``LociError``, and where no change was ever noticed.
  static func run(on file: URL, seed: UInt64, use: () async throws -> Void) async throws {
    let whole = try Data(contentsOf: file)
    var generator = SeededGenerator(seed: seed)
    var refusals = 0
    for _ in 0..<40 {
      var bytes = whole
      for _ in 0..<30 {
        bytes[Int.random(in: 100..<bytes.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      // An earlier round's log would cover the changed pages.
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: file.path + suffix)
      }
      try bytes.write(to: file)
      do {
        try await use()
      } catch is LociError {
        refusals += 1
      }
    }
    #expect(refusals > 0, "seed \(seed): no change was noticed, so nothing was tested")
  }
}
