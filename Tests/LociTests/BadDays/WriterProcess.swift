import Foundation
import LociTestKit
import Testing

/// A second process that writes to a store until it is done or killed.
final class WriterProcess {
  private let process = Process()
  private let output: URL

  init(
    _ store: URL, prefix: String, seed: UInt64, count: Int, in folder: TemporaryFolder,
    vectorsIn place: URL? = nil
  ) throws {
    let bundle = try #require(Bundle.main.executableURL)
    process.executableURL = bundle.deletingLastPathComponent().appending(path: "LociTestWriter")
    process.arguments =
      [store.path, prefix, String(seed), String(count)] + (place.map { [$0.path] } ?? [])
    output = folder.file("\(prefix).log")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
  }

  /// Waits for its end; returns its status.
  func finish() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Whether it acknowledged something, or is gone.
  var hasSpoken: Bool {
    get throws { try !Data(contentsOf: output).isEmpty || !process.isRunning }
  }

  /// Waits until it acknowledged something.
  func waitForFirstWord() async throws {
    while try !hasSpoken {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// kill −9, and wait until it is gone.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// What it acknowledged: the ids that must be there, those that must not, and those that it was
  /// about to erase when it died.
  func acknowledged() throws -> (added: Set<String>, erased: Set<String>, uncertain: Set<String>) {
    let text = try String(contentsOf: output, encoding: .utf8)
    var (added, erased, uncertain) = (Set<String>(), Set<String>(), Set<String>())
    // A last line without its end was not said in full.
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "add": added.insert(words[1])
      case "erasing": uncertain.insert(words[1])
      default:
        uncertain.remove(words[1])
        erased.insert(words[1])
      }
    }
    return (added.subtracting(erased).subtracting(uncertain), erased, uncertain)
  }
}
