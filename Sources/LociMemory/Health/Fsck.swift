public import LociCore

/// How the vectors of one space agree with the records.
public struct FsckReport: Sendable {
  /// The space.
  public let space: EmbeddingSpace
  /// Whether it is the space of the model in use; only there does a missing vector count.
  public let isCurrent: Bool
  /// What was found, and what was done about it.
  public let findings: ReconciliationReport

  /// Whether what disagreed was repaired.
  public let wasRepaired: Bool

  /// Whether all is well now.
  public var isClean: Bool {
    findings.pending == 0 && (wasRepaired || findings.disagreements == 0)
  }
}

extension FsckReport {
  var healthCheck: HealthCheck {
    let subject = isCurrent ? "vectors" : "vectors of \(space.model)"
    guard !isClean else {
      let all = findings.examined == 1 ? "the one record" : "all \(findings.examined) records"
      return .good(subject, "They agree with \(all).")
    }
    return HealthCheck(
      subject: subject, state: .warning,
      finding: Count.of(findings.missing, "record has", "records have") + " none, "
        + Count.of(findings.stale, "was", "were") + " made from an older text, "
        + Count.of(findings.outdated, "has", "have") + " old attributes, "
        + Count.of(findings.orphaned, "has", "have") + " no record.",
      remedy: "Run `loci fsck --repair`; until then words find what vectors don't.")
  }
}
