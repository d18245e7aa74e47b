import LociCore

/// What the legs brought, before it is judged.
package struct LegResults: Sendable {
  /// The legs that answered.
  package private(set) var legs: [(name: String, candidates: [Candidate])] = []
  var stages: [Recall.Stage] = []
  var warning: String?
  /// Why a leg is missing.
  var failure: (any Error)?

  package init() {}

  mutating func add(_ result: LegResult, of leg: String) {
    add(result.candidates, of: leg)
    stages += result.stages
    warning = warning ?? result.warning
  }

  /// Takes in what a leg found, best first.
  package mutating func add(_ candidates: [Candidate], of leg: String) {
    legs.append((leg, candidates))
  }

  /// Every candidate once, with what the legs say of it, in the order in which it was first found.
  /// Complexity: O(n).
  package func united() -> [Evidence] {
    var evidence: [Evidence] = []
    var places: [RecordID: Int] = [:]
    for leg in legs {
      for (index, candidate) in leg.candidates.enumerated() {
        let place = places[candidate.id, default: evidence.count]
        if place == evidence.count {
          places[candidate.id] = place
          evidence.append(Evidence(candidate.id))
        }
        evidence[place].add(candidate, rank: index + 1, in: leg.name)
      }
    }
    return evidence
  }
}

extension Evidence {
  fileprivate mutating func add(_ candidate: Candidate, rank: Int, in leg: String) {
    similarity = similarity ?? candidate.similarity
    if let words = candidate.words {
      (coverage, weightedCoverage) = (words.coverage, words.weightedCoverage)
      spelling = words.spelling
    }
    placements.append(
      Recall.Placement(
        leg: leg, rank: rank, scoreName: candidate.scoreName, score: candidate.score))
  }
}
