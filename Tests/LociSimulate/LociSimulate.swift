import Foundation
import LociMemory
import LociSimulation

/// Runs the property runner on seeds, and prints what broke.
///
/// Usage: LociSimulate [--seed N] [--count N] [--verbose]
@main
struct LociSimulate {
  static func main() async throws {
    var seed = UInt64.random(in: 0...UInt64(UInt32.max))
    var count = 1
    var isVerbose = false
    var words = Array(CommandLine.arguments.dropFirst())
    while !words.isEmpty {
      switch (words.removeFirst(), words.first) {
      case ("--seed", let value?) where UInt64(value) != nil:
        seed = UInt64(words.removeFirst()) ?? seed
      case ("--count", let value?) where Int(value) ?? 0 > 0: count = Int(words.removeFirst()) ?? 1
      case ("--verbose", _): isVerbose = true
      default:
        FileHandle.standardError.write(
          Data("usage: LociSimulate [--seed N] [--count N] [--verbose]\n".utf8))
        exit(2)
      }
    }
    if isVerbose { try explain(seed) } else { try await survey(seed, count) }
  }

  private static func survey(_ seed: UInt64, _ count: Int) async throws {
    print("seeds \(seed)..<\(seed + UInt64(count))")
    let start = ContinuousClock.now
    let survey = try await SeedSurvey(of: (0..<UInt64(count)).map { seed + $0 })
    for failure in survey.failures.prefix(10) { print(failure) }
    print(survey.description)
    print("took \(start.duration(to: .now))")
    exit(survey.failures.isEmpty ? 0 : 1)
  }

  private static func explain(_ seed: UInt64) throws {
    let run = try SeedRun(seed: seed, keepsJournal: true)
    for line in run.journal { print(line) }
    let digest = ContentHash(of: run.events.map(\.description).joined(separator: "\n"))
    print("\(run.events.count) operations, digest \(digest.description.prefix(16))")
    print(run.failure?.description ?? "every invariant held")
    exit(run.failure == nil ? 0 : 1)
  }
}
