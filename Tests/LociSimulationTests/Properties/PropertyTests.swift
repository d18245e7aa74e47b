import Foundation
import LociSimulate
import LociSimulation
import Testing

/// The whole memory over simulated stores. `LOCI_SEED=n make test FILTER=PropertyTests` plays one
/// seed instead of fresh ones; `swift run -c release LociSimulate` plays as many as you like.
@Suite("The whole memory, whatever fails") struct PropertyTests {
  private static let freshSeedCount = 300

  @Test("Seeds that once failed hold")
  func keptSeeds() async throws {
    let survey = try await SeedSurvey(of: Self.kept())
    #expect(survey.failures.isEmpty, "\(survey.failures)")
    #expect(survey.seedCount > 0)
  }

  private static func kept() throws -> [UInt64] {
    let file = try #require(Bundle.module.url(forResource: "Seeds", withExtension: "txt"))
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .compactMap { line in line.split(separator: " ").first.flatMap { UInt64($0) } }
  }

  @Test("Fresh seeds hold, and every kind of fault was injected [38]")
  func freshSeeds() async throws {
    let given = ProcessInfo.processInfo.environment["LOCI_SEED"].flatMap { UInt64($0) }
    let first = given ?? UInt64(UInt32.random(in: 0 ... .max))
    let count = given == nil ? Self.freshSeedCount : 1
    print("property runner: \(count) seeds from \(first)")
    let survey = try await SeedSurvey(of: (0..<UInt64(count)).map { first &+ $0 })
    #expect(survey.failures.isEmpty, "\(survey.failures)")
    #expect(survey.seedCount == count)
    guard given == nil else { return }
    for fault in SeedSurvey.faults {
      #expect(survey.statistics.count(of: fault) > 0, "\(fault) was never injected")
    }
    #expect(survey.embedderFailureCount > 0)
  }

  @Test("The same seed gives the same run, operation by operation")
  func replay() async throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let (first, second) = (
        try await SeedSurvey.events(of: seed), try await SeedSurvey.events(of: seed)
      )
      #expect(!first.isEmpty)
      #expect(first == second, "seed \(seed)")
    }
  }

  @Test("A flawed vector store is noticed", arguments: FlawedVectorStore.Flaw.allCases)
  func flawedVectors(_ flaw: FlawedVectorStore.Flaw) async throws {
    var seams = Seams()
    seams.vectors = { FlawedVectorStore($0, flaw) }
    #expect(try await Self.isNoticed(seams))
  }

  @Test("A flawed record store is noticed", arguments: FlawedRecordStore.Flaw.allCases)
  func flawedRecords(_ flaw: FlawedRecordStore.Flaw) async throws {
    var seams = Seams()
    seams.records = { FlawedRecordStore($0, flaw) }
    #expect(try await Self.isNoticed(seams))
  }

  /// Whether an invariant breaks within 300 seeds.
  private static func isNoticed(_ seams: Seams) async throws -> Bool {
    for first in stride(from: 0, to: 300, by: 20) as StrideTo<UInt64> {
      let survey = try await SeedSurvey(of: Array(first..<first + 20), seams: seams)
      if !survey.failures.isEmpty { return true }
    }
    return false
  }
}
