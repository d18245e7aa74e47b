package import Loci

/// The standard policy without one of its ingredients, to see what that gives. They are for
/// measuring alone, and are made of what the policy says of its own scores: see ``Explanation``.
package enum Ablation: String, Sendable, CaseIterable {
  /// Without the neighbours' words.
  case neighbours = "without-neighbours"
  /// Without the best part of the whole.
  case whole = "without-whole"
  /// Without the words, their neighbours' among them.
  case words = "without-words"
  /// Without the cosine.
  case meaning = "without-meaning"
  /// Words in full, however little the best record knows.
  case knowing = "without-knowing"
  /// Without the neighbours of the best candidates.
  case candidates = "without-neighbour-candidates"
  /// As deep as is asked for, three times, instead of 60.
  case depth = "without-depth"
  /// Without the parts of long texts: their beginning stands for them.
  case longParts = "without-parts"
  /// Without the closer look at the best candidates, where there is one.
  case reranking = "without-reranking"

  /// The policy that is left.
  package var policy: any ScoringPolicy { AblatedPolicy(ablation: self) }

  /// The names of the parts of a score that are left out.
  var parts: Set<String> {
    switch self {
    case .neighbours: ["neighbours"]
    case .whole: ["whole"]
    case .words: ["words", "neighbours", "meaning, by its words"]
    case .meaning: ["meaning", "meaning, by its words"]
    case .knowing, .candidates, .depth, .longParts, .reranking: []
    }
  }
}

/// What is left of the standard policy.
private struct AblatedPolicy: ScoringPolicy {
  let ablation: Ablation
  private var base: StandardPolicy { StandardPolicy() }

  var neighbouredCount: Int { ablation == .candidates ? 0 : base.neighbouredCount }
  var foldsCopies: Bool { base.foldsCopies }
  var allowsReranking: Bool { ablation != .reranking }
  // Relevance is calibrated for whole scores; of what is left it would be too small.
  var leastRelevance: Double { -.infinity }

  func depth(for limit: Int) -> SearchDepth {
    ablation == .depth ? .once(max(3 * limit, 30)) : base.depth(for: limit)
  }

  func judge(_ candidates: [Candidate], in search: SearchContext) -> [Verdict] {
    let verdicts = base.judge(candidates.map(seen), in: search)
    guard ![.longParts, .candidates, .depth, .reranking].contains(ablation) else { return verdicts }
    let scale = ablation == .knowing ? Self.wordsScale(candidates) : 1
    let own = verdicts.map { verdict -> [Explanation]? in
      guard case .relevant(_, let score) = verdict else { return nil }
      return score.parts.filter { !ablation.parts.contains($0.name) && $0.name != "whole" }
        .map { part in
          ["words", "neighbours"].contains(part.name)
            ? Explanation(part.name, scale * part.value) : part
        }
    }
    var best: [RecordID: Double] = [:]
    for (candidate, own) in zip(candidates, own) {
      guard let whole = candidate.record.whole, let own else { continue }
      best[whole] = max(best[whole] ?? -.infinity, Self.sum(own))
    }
    return candidates.indices.map { index in
      guard case .relevant(let relevance, let score) = verdicts[index], var parts = own[index]
      else { return verdicts[index] }
      if ablation != .whole, let whole = score.parts.first(where: { $0.name == "whole" }) {
        let figure = candidates[index].record.whole.flatMap { best[$0] } ?? Self.sum(parts)
        parts.append(
          Explanation(
            "whole", figure, of: "best part", weight: whole.factor?.weight ?? 0))
      }
      return .relevant(relevance, Explanation(score.name, sumOf: parts))
    }
  }

  private func seen(_ candidate: Candidate) -> Candidate {
    guard ablation == .longParts else { return candidate }
    var candidate = candidate
    candidate.evidence.parts = nil
    return candidate
  }

  func judge(wholes: [FoundWhole], in search: SearchContext) -> [Verdict] {
    base.judge(wholes: wholes, in: search)
  }

  /// What a record says by itself: joined words count for the whole of nobody else.
  private static func sum(_ parts: [Explanation]) -> Double {
    parts.lazy.filter { $0.name != "spelling" }.reduce(0) { $0 + $1.value }
  }

  /// What the words' share was multiplied by for how little the best record knows, undone: it
  /// counts in full where that one holds half of the question.
  private static func wordsScale(_ candidates: [Candidate]) -> Double {
    let known = candidates.lazy.map(\.evidence.coverage.weight).max() ?? 0
    return known > 0 ? max(1, 0.5 / known) : 1
  }
}
