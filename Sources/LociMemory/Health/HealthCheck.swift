import LociCore

/// One thing that the doctor looked at.
public struct HealthCheck: Sendable {
  /// How it is.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// As it should be.
    case good
    /// Works, but something is left to do.
    case warning
    /// Does not work.
    case bad
  }

  /// What was looked at.
  public let subject: String
  /// How it is.
  public let state: State
  /// What was found.
  public let finding: String
  /// What to do about it.
  public let remedy: String?

  /// Makes a finding.
  package init(subject: String, state: State, finding: String, remedy: String?) {
    self.subject = subject
    self.state = state
    self.finding = finding
    self.remedy = remedy
  }

  package static func good(_ subject: String, _ finding: String) -> HealthCheck {
    HealthCheck(subject: subject, state: .good, finding: finding, remedy: nil)
  }

  package static func bad(_ subject: String, _ error: any Error) -> HealthCheck {
    let known = error as? LociError
    return HealthCheck(
      subject: subject, state: .bad, finding: known?.message ?? "It failed for no known reason.",
      remedy: known?.remedy)
  }

  /// A store that is not there yet is no fault.
  package static func unopened(_ error: any Error) -> HealthCheck {
    let check = bad("store", error)
    guard (error as? LociError)?.code == .notFound else { return check }
    return HealthCheck(
      subject: check.subject, state: .warning, finding: check.finding, remedy: check.remedy)
  }
}
