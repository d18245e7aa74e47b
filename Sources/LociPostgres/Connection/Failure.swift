import LociCore

/// What a connection's failures mean to somebody who uses Loci.
enum Failure {
  /// The error of a failure. The server's own words may quote a user's, so they go into `detail`.
  static func error(_ failure: ConnectionFailure, at target: Target) -> any Error {
    switch failure {
    case .cancelled: return CancellationError()
    case .unreachable(let state, let detail):
      return unreachable(state: state, detail: target.withoutSecrets(detail), target.location)
    case .lost(let isUnknown, let detail):
      return LociError(
        .network,
        "The connection to PostgreSQL at \(target.location) broke." + fate(isUnknown),
        remedy: remedy(isUnknown), detail: target.withoutSecrets(detail))
    case .hung(let isUnknown):
      return LociError(
        .timedOut,
        "PostgreSQL at \(target.location) did not answer in time." + fate(isUnknown),
        remedy: remedy(isUnknown))
    case .refused(let state, let message):
      return refused(state: state, message: target.withoutSecrets(message), target.location)
    }
  }

  private static func fate(_ isCommitUnknown: Bool) -> String {
    isCommitUnknown
      ? " It is unknown whether the change was written: it was being committed."
      : " Nothing was written."
  }

  private static func remedy(_ isCommitUnknown: Bool) -> String {
    isCommitUnknown
      ? "Read what is there before you try again." : "Check that the server runs, and try again."
  }

  private static func unreachable(
    state: String?, detail: String, _ location: String
  ) -> LociError {
    if let state, !ConnectionFailure.isShutdown(state) {
      return refused(state: state, message: detail, location)
    }
    if detail.contains("does not support SSL") {
      return LociError(
        .network,
        "PostgreSQL at \(location) does not offer SSL, which the connection string requires.",
        remedy: "Switch SSL on in the server, or choose another sslmode.", detail: detail)
    }
    return LociError(
      .network, "PostgreSQL at \(location) can't be reached.",
      remedy: "Check that the server runs, and the host, port and network.", detail: detail)
  }

  private static func refused(state: String, message: String, _ location: String) -> LociError {
    let (code, text, remedy) = meaning(of: state, message: message, location)
    return LociError(code, text, remedy: remedy, detail: "SQLSTATE \(state): \(message)")
  }

  /// The rights that Loci needs on what a message such as "permission denied for table record"
  /// names.
  private static func rights(on message: String) -> String {
    let needs = [
      ("schema", "USAGE and CREATE on the schema"), ("database", "CREATE on the database"),
      ("table", "SELECT, INSERT, UPDATE and DELETE on the schema's tables"),
      ("temporary", "TEMPORARY on the database"),
    ]
    return needs.first { message.contains($0.0) }?.1 ?? "that right"
  }

  private static func meaning(
    of state: String, message: String, _ location: String
  ) -> (LociError.Code, String, String?) {
    switch state {
    case "28P01", "28000":
      (
        .forbidden, "PostgreSQL at \(location) refused the user or the password.",
        "Check both, ~/.pgpass, and the server's pg_hba.conf."
      )
    case "42501":
      // PostgreSQL names the right's object here, never a value.
      (
        .forbidden, "The PostgreSQL role may not do that: \(message).",
        "Let the owner GRANT the role \(rights(on: message))."
      )
    case "3D000":
      (
        .notFound, "There is no such database: \(location).",
        "Make it with `createdb`, or name another one."
      )
    case "53300":
      (
        .overloaded, "PostgreSQL at \(location) has no connection left.",
        "Lower the pool size, or raise max_connections in the server."
      )
    case "53100":
      (
        .diskFull, "The disk of PostgreSQL at \(location) is full; nothing was written.",
        "Free some room there and try again."
      )
    case "57014":
      (
        .timedOut,
        "PostgreSQL at \(location) took longer than the statement timeout; nothing was written.",
        "Try again, or raise the timeout."
      )
    case "55P03":
      (
        .busy, "Somebody else holds what was to be changed at \(location); nothing was written.",
        "Try again."
      )
    case "40001", "40P01", "23505":
      (
        .conflict, "Other changes were in the way each time; nothing was written.", "Try again."
      )
    case "25006":
      (
        .readOnly, "PostgreSQL at \(location) takes no changes: it is a standby, or read-only.",
        "Connect to the primary (target_session_attrs=read-write)."
      )
    case "42P01", "42703", "42883", "3F000":
      (
        .corrupt, "A table or function of the store at \(location) is missing.",
        "Restore the schema from a backup, or name another schema."
      )
    default:
      (
        .storeEngine, "PostgreSQL at \(location) failed with SQLSTATE \(state).",
        "Run `loci doctor`."
      )
    }
  }
}
