import Foundation
import LociTestKit
import Testing

/// The writing test program (`Tests/LociLanceWriter`), in a process of its own.
final class Writer: Sendable {
  private let process = Process()
  private let output: URL

  init(engine: URL, store: URL, prefix: String, in folder: TemporaryFolder) throws {
    let tests = try #require(Bundle.main.executableURL)
    process.executableURL = tests.deletingLastPathComponent().appending(path: "LociLanceWriter")
    process.arguments = [engine.path, store.path, prefix]
    output = folder.file("\(UUID().uuidString).log")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
  }

  deinit { kill() }

  /// What it printed, once that is at least so many lines.
  func lines(_ count: Int) async throws -> [String] {
    for _ in 0..<600 {
      // A last line without its end was not said in full.
      let text = try String(contentsOf: output, encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if lines.count >= count { return lines.map(String.init) }
      try #require(process.isRunning, "The writer ended.")
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("The writer is too slow.")
    return []
  }

  /// Ends it without a warning, and waits until it is gone.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
