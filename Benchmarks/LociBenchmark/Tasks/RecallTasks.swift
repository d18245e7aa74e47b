import Foundation
import Loci
import LociCore
import LociRetrieval

/// Recall in a process that stays, and what its last steps cost by themselves.
enum RecallTasks {
  /// The time of a recall over the store that ``CommandTasks/records(in:count:)`` made, in each
  /// mode; every question is asked for the first time.
  static func warm(in folder: URL, count: Int) async throws -> Answer {
    var configuration = Configuration()
    configuration.storePath = CommandTasks.store(in: folder).path
    let memory = try await Loci.Memory.open(configuration, access: .reading)
    let bench = try memory.namespace("bench")
    var words = WordSource(seed: Workload().seed ^ 7)
    _ = try await bench.recall("river light and music at night", leastRelevance: 0)
    var answer = Answer()
    for mode in RecallMode.allCases {
      var times = Times()
      for _ in 0..<count {
        let question = words.text(tokens: 9)
        let recall = try await times.measure {
          try await bench.recall(question, mode: mode, leastRelevance: 0)
        }
        guard !recall.hits.isEmpty else { throw Failure("A recall found nothing.") }
      }
      answer["\(mode.rawValue)_p50_ms"] = times.median
      answer["\(mode.rawValue)_p95_ms"] = times.percentile(0.95)
    }
    return answer
  }

  /// What judging 150 candidates takes, with their context and explanations, half of them turns of
  /// conversations.
  static func policy() throws -> Answer {
    let candidates = try candidates(150)
    let context = SearchContext(mode: .hybrid, legs: ["semantic", "lexical"], time: Date())
    let policy = StandardPolicy()
    var times = Times()
    for _ in 0..<200 {
      let verdicts = times.measure { policy.judge(candidates, in: context) }
      guard verdicts.count == candidates.count else { throw Failure("A verdict is missing.") }
    }
    var answer = Answer()
    answer["judge_ms"] = times.median
    return answer
  }

  private static func candidates(_ count: Int) throws -> [Candidate] {
    var words = WordSource(seed: Workload().seed)
    let namespace = try Namespace("bench")
    return try (0..<count).map { number in
      let isTurn = number % 2 == 0
      let record = try Record(
        id: RecordID("\(number)"), namespace: namespace, text: words.text(tokens: 40),
        whole: isTurn ? RecordID("w\(number / 20)") : nil, position: isTurn ? number / 2 : nil,
        createdAt: Date())
      var evidence = Evidence(record.id)
      evidence.similarity = Similarity(Float(words.uniform()))
      evidence.words = number % 3 == 0 ? nil : 10 * words.uniform()
      return Candidate(record, evidence)
    }
  }
}
