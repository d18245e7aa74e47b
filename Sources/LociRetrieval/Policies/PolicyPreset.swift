/// The policies that Loci brings along, by name.
public enum PolicyPreset: String, Hashable, Sendable, Codable, CaseIterable {
  /// The default; see ``StandardPolicy``.
  case standard
  /// Each leg by itself, and both by reciprocal rank fusion, for comparing with published figures;
  /// see ``RankFusionPolicy``.
  case bare
  /// The same, under the name of the system that promised it.
  case aether
  /// See ``AtomPolicy``.
  case atom
  /// See ``BoternityPolicy``.
  case boternity
  /// See ``FaePolicy``.
  case fae
  /// See ``UmiPolicy``.
  case umi

  /// The policy.
  public var policy: any ScoringPolicy {
    switch self {
    case .standard: .standard
    case .bare, .aether: .rankFusion
    case .atom: .atom
    case .boternity: .boternity
    case .fae: .fae
    case .umi: .umi
    }
  }
}
