import Foundation
import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// What the default policy makes of evidence, figure by figure.
@Suite("The standard policy") struct StandardPolicyTests {
  private static let time = Date(millisecondsSince1970: 1_800_000_000_000)
  private static let search = SearchContext(
    mode: .hybrid, legs: ["semantic", "lexical"], time: Self.time)

  private func candidate(
    _ id: String, _ text: String = "tea", cosine: Float? = nil, words: Double? = nil,
    coverage: Double = 1, in whole: String? = nil, at position: Int? = nil,
    spelling: LexicalMatch.Spelling? = nil
  ) throws -> Candidate {
    let record = try Record(
      id: RecordID(id), namespace: Namespace("one"), text: text,
      whole: try whole.map { try RecordID($0) }, position: position, createdAt: Self.time)
    var evidence = Evidence(record.id)
    evidence.similarity = cosine.map { Similarity($0) }
    evidence.words = words
    evidence.coverage = LexicalMatch.Coverage(
      count: coverage, terms: words == nil ? [] : [coverage])
    evidence.spelling = spelling
    return Candidate(record, evidence)
  }

  private func scores(
    _ candidates: [Candidate], in search: SearchContext = Self.search
  ) -> [Double] {
    StandardPolicy().judge(candidates, in: search).map { verdict in
      guard case .relevant(let relevance, let explanation) = verdict else { return -.infinity }
      #expect((0...1).contains(relevance.value) && relevance.policy == "standard")
      let sum = explanation.parts.reduce(0) { $0 + $1.value }
      #expect(abs(sum - explanation.value) < 1e-12)
      return explanation.value
    }
  }

  private func expect(_ scores: [Double], _ expected: [Double]) {
    #expect(zip(scores, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(scores), \(expected)")
  }

  @Test("Meaning counts seven tenths, words three tenths of the best, and the own whole four more")
  func formula() throws {
    let scores = scores([
      try candidate("a", cosine: 0.5, words: 8), try candidate("b", cosine: 0.6, words: 2),
      try candidate("c", cosine: 0.2),
    ])
    let (a, b, c) = (0.35 + 0.3, 0.42 + 0.075, 0.14)
    expect(scores, [1.4 * a, 1.4 * b, 1.4 * c])
  }

  @Test("A part gains from its neighbours' words and from the best part of its whole")
  func context() throws {
    let candidates = [
      try candidate("a", cosine: 0.5, words: 8, in: "w", at: 1),
      try candidate("b", cosine: 0.2, in: "w", at: 2),
      try candidate("c", cosine: 0.2, in: "w", at: 0),
      try candidate("d", cosine: 0.2, in: "v", at: 2),
    ]
    let best = 0.65
    expect(
      scores(candidates),
      [
        best + 0.4 * best, 0.14 + 0.15 + 0.4 * best, 0.14 + 0.075 + 0.4 * best,
        0.14 + 0.4 * 0.14,
      ])
    let long = String(repeating: "tea ", count: 128)
    let longer = scores([candidates[0], try candidate("b", long, cosine: 0.2, in: "w", at: 2)])
    expect(longer, [1.4 * best, 0.14 + 0.075 + 0.4 * best])
  }

  @Test("Where the best record holds little of the question, words count little")
  func unknowing() throws {
    let scores = scores([
      try candidate("a", cosine: 0.5, words: 8, coverage: 0.1), try candidate("b", cosine: 0.5),
    ])
    expect(scores, [1.4 * (0.35 + 0.06), 1.4 * 0.35])
  }

  @Test("What can't be compared yet is taken for as near as its words say")
  func pending() throws {
    let scores = scores([
      try candidate("a", words: 8), try candidate("b", cosine: 0.5, words: 8),
      try candidate("c", cosine: 0.3),
    ])
    expect(scores, [1.4 * (0.35 + 0.3), 1.4 * (0.35 + 0.3), 1.4 * 0.21])
  }

  @Test("How joined words are spelled goes before everything else")
  func spelling() throws {
    let scores = scores([
      try candidate("a", cosine: 1, words: 8),
      try candidate("b", cosine: -1, spelling: .identifierInOrder),
      try candidate("c", cosine: -1, spelling: .identifierAsWritten),
    ])
    #expect(scores[2] > scores[1] && scores[1] > scores[0])
  }

  @Test("Named among much else, joined words add to the rest; by meaning alone they go first")
  func namedSpelling() throws {
    let candidates = [
      try candidate("a", cosine: 0.9, words: 8),
      try candidate("b", cosine: 0.5, words: 8, spelling: .identifierAsWritten),
      try candidate("c", cosine: 0.1, words: 8, spelling: .identifierAsWritten),
    ]
    var search = Self.search
    search.identifierShare = 0.25
    let named = scores(candidates, in: search)
    #expect(named[1] > named[0] && named[0] > named[2])
    search.mode = .semantic
    let alone = scores(candidates, in: search)
    #expect(alone[1] > alone[2] && alone[2] > alone[0])
  }

  @Test("A closer look adds its cosine, and what is known of wholes and neighbours stays")
  func closer() {
    let combined = StandardPolicy().combined(coarse: [0.9, 0.8, 0.1], close: [0.5, 0.8, 0.9])
    expect(combined, [0.9 + 0.35, 0.8 + 0.56, 0.1 + 0.63])
  }

  @Test("Figures that are none, and no candidates, are no trap")
  func odd() throws {
    #expect(scores([]).isEmpty)
    let scores = scores([
      try candidate("a", cosine: 0.5, words: -3), try candidate("b", cosine: 0.5, words: 0),
      try candidate("c", words: 1e300, in: "w", at: .max),
      try candidate("d", cosine: 0.1, in: "w", at: .min),
    ])
    #expect(scores.count == 4)
  }

  @Test("An explanation is a tree, and its parts add up")
  func explanation() throws {
    let candidates = [try candidate("a", cosine: 0.5, words: 8)]
    let verdict = StandardPolicy().judge(candidates, in: Self.search)
    guard case .relevant(_, let explanation) = verdict[0] else { return #expect(Bool(false)) }
    #expect(
      explanation.description == """
        score 0.91
          meaning 0.35 = 0.7 × cosine 0.5
          words 0.3 = 0.3 × share of the best 1.0
          whole 0.26 = 0.4 × best part 0.65
        """)
  }

  @Test("A larger score is a larger probability, and 0.1 of it is called likely")
  func relevance() throws {
    let candidates = try (0..<20).map {
      try candidate("\($0)", cosine: Float($0) / 20, words: Double($0))
    }
    let relevances = StandardPolicy().judge(candidates, in: Self.search).map { verdict in
      if case .relevant(let relevance, _) = verdict { relevance.value } else { -1.0 }
    }
    #expect(relevances == relevances.sorted() && Set(relevances).count == 20)
    #expect(relevances[0] < 0.001 && relevances[19] > 0.1)
    #expect(StandardPolicy().likelyRelevance == 0.1)
  }
}
