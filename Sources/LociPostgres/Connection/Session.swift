import LociCore

/// How each connection is opened and set up.
struct Session: Sendable {
  private let settings: PostgresSettings
  private let target: Target

  init(_ settings: PostgresSettings, _ target: Target) {
    self.settings = settings
    self.target = target
  }

  /// Connects and sets what every statement relies on.
  func open(_ cancellation: CancellationFlag) throws -> Connection {
    let connection = Connection(
      try Wire(conninfo: target.conninfo, timeout: settings.connectTimeout))
    try connection.perform(cancellation, patience: settings.connectTimeout, setUp)
    return connection
  }

  /// Sets the schemas to look in and the limits; again once the extension has been made.
  ///
  /// Of the vector index's settings, the server knows none before the extension is there, and takes
  /// them all the same.
  func setUp(_ connection: Connection) throws {
    try connection.execute(
      """
      SELECT set_config('search_path', quote_ident($1) || coalesce((
          SELECT ', ' || quote_ident(n.nspname) FROM pg_extension AS e
          JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'vector'), ''), false),
        set_config('default_transaction_isolation', 'read committed', false),
        set_config('default_transaction_read_only', 'off', false),
        set_config('statement_timeout', $2, false),
        set_config('hnsw.iterative_scan', 'strict_order', false),
        set_config('hnsw.ef_search', $3, false),
        set_config('ivfflat.iterative_scan', 'relaxed_order', false),
        set_config('ivfflat.probes', $4, false)
      """,
      [
        .text(settings.schema),
        .text("\(Int((settings.statementTimeout / .milliseconds(1)).rounded(.up)))ms"),
        .text("\(settings.efSearch)"), .text("\(settings.probes)"),
      ])
  }
}
