import LociCore

/// What the legs brought, before it is judged.
struct Walk: Sendable {
  var legs: [(name: String, candidates: [Candidate])] = []
  var stages: [Recall.Stage] = []
  var failure: (any Error)?

  /// Every candidate once, best first. One leg keeps its own scores; two are fused.
  func united(mode: RecallMode) -> [United] {
    var union: [RecordID: United] = [:]
    for leg in legs {
      for (index, candidate) in leg.candidates.enumerated() {
        let placement = Recall.Placement(
          leg: leg.name, rank: index + 1, score: candidate.score)
        union[candidate.id, default: United(id: candidate.id)].add(candidate, placement)
      }
    }
    return ranked(mode: mode).compactMap { id, relevance in
      union[id]?.scored(relevance)
    }
  }

  private func ranked(mode: RecallMode) -> [(RecordID, Relevance)] {
    switch mode {
    case .hybrid:
      let fused = ReciprocalRankFusion().fuse(legs.map { $0.candidates.map(\.id) })
      return fused.map { ($0.id, Relevance($0.score, policy: ReciprocalRankFusion.policy)) }
    case .semantic, .lexical:
      let policy = mode == .semantic ? "cosine" : "bm25"
      return legs.flatMap(\.candidates).map { ($0.id, Relevance($0.score, policy: policy)) }
    }
  }
}

/// A candidate with all that the legs know of it.
struct United: Sendable {
  let id: RecordID
  var similarity: Similarity?
  var holdsEveryWord = false
  var placements: [Recall.Placement] = []
  var relevance = Relevance(0, policy: "none")

  init(id: RecordID) { self.id = id }

  mutating func add(_ candidate: Candidate, _ placement: Recall.Placement) {
    similarity = similarity ?? candidate.similarity
    holdsEveryWord = holdsEveryWord || candidate.holdsEveryWord
    placements.append(placement)
  }

  func scored(_ relevance: Relevance) -> United {
    var copy = self
    copy.relevance = relevance
    return copy
  }

  /// Close enough, or found by words and either holding all of them or not comparable: a text
  /// whose embedding is still to come stays findable.
  func isRelevant(minimum: Similarity?) -> Bool {
    guard let minimum, let similarity else { return true }
    return similarity >= minimum || holdsEveryWord
  }
}
