import Foundation
import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// The formulas of other systems, to their numbers.
@Suite("Policy presets") struct PresetTests {
  private static let time = Date(millisecondsSince1970: 1_800_000_000_000)
  private let search = SearchContext(
    mode: .hybrid, legs: ["semantic", "lexical"], time: Self.time)

  private func relevance(
    _ policy: any PointwisePolicy, cosine: Float?, ageInDays: Double = 0, accesses: Int = 0,
    importance: Int = 3, confidence: Double = 1, category: Record.Category? = nil,
    ranks: [Int] = []
  ) throws -> Double? {
    var record = try Record(
      id: RecordID("a"), namespace: Namespace("one"), text: "tea", category: category,
      importance: importance, confidence: confidence,
      createdAt: Self.time.addingTimeInterval(-ageInDays * 86_400))
    record.accessCount = accesses
    var evidence = Evidence(record.id)
    evidence.similarity = cosine.map { Similarity($0) }
    evidence.placements = ranks.map {
      Recall.Placement(leg: "leg", rank: $0, scoreName: "score", score: 0)
    }
    return policy.relevance(of: evidence, record: record, in: search)?.value
  }

  private func expect(_ value: Double?, _ expected: Double) {
    #expect(value.map { abs($0 - expected) < 1e-6 } == true, "\(String(describing: value))")
  }

  @Test("Boternity: similarity, a half-life of 30 days, accesses up to ten, importance")
  func boternity() throws {
    let policy = BoternityPolicy()
    expect(try relevance(policy, cosine: 0.5), 0.5 * 0.8)
    expect(try relevance(policy, cosine: 0.5, ageInDays: 30), 0.25 * 0.8)
    expect(try relevance(policy, cosine: 0.5, accesses: 25, importance: 5), 0.5 * 2 * 1)
    expect(try relevance(policy, cosine: 0.5, accesses: 3, importance: 1), 0.5 * 1.3 * 0.6)
    #expect(try relevance(policy, cosine: 0.29) == nil)
    #expect(try relevance(policy, cosine: nil) == nil)
  }

  @Test("Fae: similarity, confidence, age, and a bonus by kind")
  func fae() throws {
    let policy = FaePolicy()
    let (profile, episode) = (try Record.Category("profile"), try Record.Category("episode"))
    expect(try relevance(policy, cosine: 0.5, category: profile), 0.3 + 0.2 + 0.1 + 0.1)
    expect(try relevance(policy, cosine: 0.5, category: episode), 0.3 + 0.2 + 0.1)
    expect(
      try relevance(policy, cosine: 0.5, ageInDays: 9, confidence: 0.5), 0.3 + 0.1 + 0.01 + 0.06)
    expect(try relevance(policy, cosine: nil, category: .fact), 0.2 + 0.1 + 0.06)
  }

  @Test("Umi: seven parts of similarity, three of fused ranks, and nothing below 0.3")
  func umi() throws {
    let policy = UmiPolicy()
    expect(try relevance(policy, cosine: 0.5, ranks: [1, 1]), 0.35 + 0.3)
    expect(try relevance(policy, cosine: 0.9, ranks: [1]), 0.63 + 0.15)
    #expect(try relevance(policy, cosine: 0.2, ranks: [1]) == nil)
  }

  @Test("A clock that went backwards makes nothing younger than new")
  func clock() throws {
    expect(try relevance(BoternityPolicy(), cosine: 0.5, ageInDays: -400), 0.5 * 0.8)
    expect(try relevance(FaePolicy(), cosine: 0.5, ageInDays: -400), 0.3 + 0.2 + 0.1 + 0.06)
  }

  @Test("Every preset judges whatever it is given, and names itself")
  func names() throws {
    let names = PolicyPreset.allCases.map { preset in
      preset.policy.judge([], in: search).isEmpty ? preset.rawValue : ""
    }
    #expect(names == ["standard", "bare", "aether", "atom", "boternity", "fae", "umi"])
  }

  @Test("Atom: three parts of the coarse score and seven of the close one, both brought to 0…1")
  func atom() throws {
    let policy = AtomPolicy()
    expect(try relevance(policy, cosine: 0.5), 0.5)
    #expect(try relevance(policy, cosine: nil) == nil)
    #expect(policy.depth(for: 10) == .once(100))
    #expect(policy.rerankingTime == .milliseconds(200))
    for (combined, expected) in zip(
      policy.combined(coarse: [0.9, 0.6, 0.3], close: [2, 6, 4]), [0.3, 0.15 + 0.7, 0.35])
    { expect(combined, expected) }
    #expect(policy.combined(coarse: [0.2], close: [-3]) == [1])
    let even = policy.combined(coarse: [0.2, 0.2], close: [1, 0])
    expect(even.first, 1)
    expect(even.last, 0.3)
  }
}
