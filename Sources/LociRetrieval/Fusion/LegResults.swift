import LociCore

/// What the legs brought, before it is judged.
struct LegResults: Sendable {
  var legs: [(name: String, candidates: [Candidate])] = []
  var stages: [Recall.Stage] = []
  var failure: (any Error)?

  /// Every candidate once, in no particular order, with what the legs say of it.
  func fused() -> [FusedCandidate] {
    var union: [RecordID: FusedCandidate] = [:]
    for leg in legs {
      for (index, candidate) in leg.candidates.enumerated() {
        let placement = Recall.Placement(
          leg: leg.name, rank: index + 1, score: candidate.score)
        union[candidate.id, default: FusedCandidate(id: candidate.id)].add(candidate, placement)
      }
    }
    return Array(union.values)
  }

  /// Scores candidates and puts them in order, best first; ties by id.
  ///
  /// One leg keeps its own scores; two are fused. Where the question has joined words, such as an
  /// address or a version, and a candidate holds them, how it spells them comes before all that:
  /// each step of ``LexicalMatch/Spelling`` is worth 2, and the score below is one in −1…1.
  func ranked(_ candidates: [FusedCandidate], mode: RecallMode) -> [FusedCandidate] {
    let spells = candidates.contains { $0.spelling != nil }
    let policy = (spells ? "spelling+" : "") + Self.policies[mode, default: mode.rawValue]
    let scores = scores(of: candidates, mode: mode)
    return
      candidates
      .map { candidate in
        let score = scores[candidate.id] ?? -1
        guard spells else { return candidate.scored(Relevance(score, policy: policy)) }
        let bounded = mode == .lexical ? score / (1 + abs(score)) : score
        let steps = Double(candidate.spelling?.rawValue ?? 0)
        return candidate.scored(Relevance(2 * steps + bounded, policy: policy))
      }
      .sorted {
        let (left, right) = ($0.relevance.value, $1.relevance.value)
        return left != right ? left > right : $0.id < $1.id
      }
  }

  private static let policies: [RecallMode: String] = [
    .semantic: "cosine", .lexical: "bm25", .hybrid: ReciprocalRankFusion.policy,
  ]

  private func scores(of candidates: [FusedCandidate], mode: RecallMode) -> [RecordID: Double] {
    switch mode {
    case .hybrid:
      let fused = ReciprocalRankFusion().fuse(legs.map { $0.candidates.map(\.id) })
      return fused.keyed(by: \.id).mapValues(\.score)
    case .semantic:
      return candidates.keyed(by: \.id).compactMapValues { $0.similarity.map { Double($0.value) } }
    case .lexical:
      return legs.flatMap(\.candidates).keyed(by: \.id).mapValues(\.score)
    }
  }
}

/// A candidate with all that the legs know of it.
struct FusedCandidate: Sendable {
  /// The share of a question that a record must hold that can't be compared with it: half of its
  /// telling words, of which a rare one weighs more; see ``LexicalMatch/weightedCoverage``.
  static let enoughWords = 0.5

  let id: RecordID
  var similarity: Similarity?
  var coverage = 0.0
  var weightedCoverage = 0.0
  var spelling: LexicalMatch.Spelling?
  var placements: [Recall.Placement] = []
  var relevance = Relevance(0, policy: "none")

  init(id: RecordID) { self.id = id }

  mutating func add(_ candidate: Candidate, _ placement: Recall.Placement) {
    similarity = similarity ?? candidate.similarity
    if let words = candidate.words {
      (coverage, weightedCoverage) = (words.coverage, words.weightedCoverage)
      spelling = words.spelling
    }
    placements.append(placement)
  }

  func scored(_ relevance: Relevance) -> FusedCandidate {
    var copy = self
    copy.relevance = relevance
    return copy
  }

  /// Close enough, or holding an identifier or every word of the question; and what can't be
  /// compared, such as a text whose embedding is still to come, where it holds enough words.
  func isRelevant(minimum: Similarity?) -> Bool {
    guard let minimum, !(spelling?.isIdentifier ?? false) else { return true }
    // What is left of a sum of rounded weights.
    guard let similarity else { return weightedCoverage >= Self.enoughWords - 1e-9 }
    return similarity >= minimum || coverage >= 1
  }
}
