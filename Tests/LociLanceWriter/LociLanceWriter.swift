import Foundation
import LociCore
import LociLance
import LociTestKit

/// Writes entries one by one, to be killed in the middle: `<engine> <folder> <prefix>`. It prints
/// the worker's process first, and then each id once it is acknowledged.
@main
struct LociLanceWriter {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let store = try await LanceVectorStore.open(
      LanceSettings(location: arguments[2], engine: URL(filePath: arguments[1])))
    try say("\(try await store.workerProcessIdentifier)")
    for number in 0..<1_000_000 {
      let id = "\(arguments[3])\(number)"
      try await store.upsert([Samples.entry(id, Samples.axis(number % 16))], in: Samples.space())
      try say(id)
    }
  }

  private static func say(_ line: String) throws {
    try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }
}
