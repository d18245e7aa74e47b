import LociCore
import LociRetrieval
import LociTestKit
import Synchronization
import Testing

/// What is known of a candidate's words must not depend on which leg has found it.
@Suite("The words of candidates that were found by meaning") struct WordsOfCandidatesTests {
  /// Keeps the evidence of every candidate.
  private final class Listening: PointwisePolicy {
    private let heard = Mutex<[Evidence]>([])

    var neighbouredCount: Int { 10 }
    var evidence: [Evidence] { heard.withLock { $0 } }

    func depth(for limit: Int) -> SearchDepth { .once(5) }

    func relevance(
      of evidence: Evidence, record: Record, in search: SearchContext
    ) -> Relevance? {
      heard.withLock { $0.append(evidence) }
      return Relevance(Double(evidence.similarity?.value ?? 0), policy: "listening")
    }
  }

  @Test(
    "They are weighed as the index weighs them, however deep it would place them", arguments: 1...8)
  func sameScores(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let records = try SearchedRecords()
    let vocabulary = ["tea", "Tee", "cups", "10.0.1.2", "long-term", "running", "kettle", "茶"]
    for index in 0..<60 {
      let count = Int.random(in: 1...12, using: &generator)
      let words = (0..<count).compactMap { _ in vocabulary.randomElement(using: &generator) }
      try await records.remember(
        "r\(index)", words.joined(separator: " "), in: "talk", at: index)
    }
    for question in ["cups of tea", "long-term running", "what is 10.0.1.2?", "茶 kettles", "???"] {
      let policy = Listening()
      _ = try await records.recall(question) { $0.policy = policy }
      let known = try await records.words(of: question)
      let foundByMeaning = policy.evidence.filter {
        $0.placements.allSatisfy { $0.leg != "lexical" }
      }
      #expect(!foundByMeaning.isEmpty)
      for evidence in policy.evidence {
        let match = known[evidence.id]
        #expect(abs((evidence.words ?? 0) - (match?.score ?? 0)) < 1e-9)
        #expect(evidence.coverage == match?.coverage ?? LexicalMatch.Coverage())
        #expect(evidence.spelling == match?.spelling)
      }
    }
  }
}
