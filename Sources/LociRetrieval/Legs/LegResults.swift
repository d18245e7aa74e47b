import LociCore

/// What the legs brought, before it is judged.
package struct LegResults: Sendable {
  /// The legs that answered.
  package private(set) var legs: [(name: String, proposals: [Proposal])] = []
  var stages: [Recall.Stage] = []
  var warning: String?
  /// The space that the question was compared in; nil where it was not.
  var space: EmbeddingSpace?
  /// Why a leg is missing.
  var failure: (any Error)?

  package init() {}

  mutating func add(_ result: LegResult, of leg: String) {
    add(result.proposals, of: leg)
    stages += result.stages
    warning = warning ?? result.warning
    space = space ?? result.space
  }

  /// Takes in what further legs found.
  mutating func add(_ other: LegResults) {
    legs += other.legs
    stages += other.stages
    (warning, space) = (warning ?? other.warning, space ?? other.space)
    failure = failure ?? other.failure
  }

  /// Takes in what a leg found, best first.
  package mutating func add(_ proposals: [Proposal], of leg: String) {
    legs.append((leg, proposals))
  }

  /// What a leg by words has counted; nil where it found nothing.
  func wordStatistics(of leg: String) -> WordStatistics? {
    legs.first { $0.name == leg }?.proposals.lazy.compactMap(\.words).first?.statistics
  }

  /// Every record once, with what the legs say of it, in the order in which it was first found.
  /// Complexity: O(n).
  package func united() -> [Evidence] {
    var evidence: [Evidence] = []
    var places: [RecordID: Int] = [:]
    for leg in legs {
      for (index, proposal) in leg.proposals.enumerated() {
        let place = places[proposal.id, default: evidence.count]
        if place == evidence.count {
          places[proposal.id] = place
          evidence.append(Evidence(proposal.id))
        }
        evidence[place].add(proposal, rank: index + 1, in: leg.name)
      }
    }
    return evidence
  }
}

extension Evidence {
  /// Takes in what a record holds of the question's words.
  mutating func add(_ match: LexicalMatch) {
    words = match.score
    coverage = match.coverage
    spelling = match.spelling
  }

  fileprivate mutating func add(_ proposal: Proposal, rank: Int, in leg: String) {
    similarity = similarity ?? proposal.similarity
    // A leg that looks at some records only weighs the words by these.
    if let match = proposal.words, words == nil { add(match) }
    placements.append(
      Recall.Placement(
        leg: leg, rank: rank, scoreName: proposal.scoreName, score: proposal.score))
  }
}
