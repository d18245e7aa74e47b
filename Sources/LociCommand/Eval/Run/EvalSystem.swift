package import Loci

/// One way to find that is measured: a policy in a mode, with its floors.
package struct EvalSystem: Sendable {
  /// What it is called among others.
  package var name: String
  /// The policy's name.
  package var policyName: String
  /// What decides what goes first.
  package var policy: any ScoringPolicy
  /// By meaning, by words, or both.
  package var mode: RecallMode
  /// The floor of relevance; nil is the policy's own.
  package var leastRelevance: Double?
  /// The floor of similarity, as configured.
  package var minimumSimilarity: Similarity?
  /// Whether wholes are documents of their own, as published figures have them; otherwise they are
  /// found by their pieces.
  package var joinsWholes = false

  /// Names a policy as a user chooses it.
  package init(_ preset: PolicyPreset, mode: RecallMode, minimumSimilarity: Similarity? = nil) {
    name = preset.rawValue
    policyName = preset.rawValue
    policy = preset.policy
    self.mode = mode
    self.minimumSimilarity = minimumSimilarity
    joinsWholes = preset == .bare
  }

  /// The same in another mode.
  package func by(_ mode: RecallMode) -> EvalSystem {
    var copy = self
    copy.mode = mode
    copy.name = "\(name), \(mode.rawValue)"
    return copy
  }

  /// The same without any floor: the nearest, whatever they are.
  package var withoutFloor: EvalSystem {
    var copy = self
    copy.name = "\(name), no floor"
    copy.leastRelevance = -.infinity
    copy.minimumSimilarity = nil
    return copy
  }

  /// What it asks.
  func query(
    _ text: String, in namespace: Namespace, unit: RecallUnit, limit: Int
  ) -> RecallQuery {
    RecallQuery(
      text, in: namespace, mode: mode, unit: unit, limit: limit, leastRelevance: leastRelevance,
      minimumSimilarity: minimumSimilarity, policy: policy)
  }

  /// Whether it looks for anything by meaning.
  package var usesVectors: Bool { mode != .lexical }
}
