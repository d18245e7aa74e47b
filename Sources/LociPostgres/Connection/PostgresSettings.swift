import LociCore

/// Where a PostgreSQL store is, and how it is used.
///
/// `description`, `debugDescription` and reflection never show the connection string, since it may
/// hold a password.
public struct PostgresSettings: Hashable, Sendable {
  /// How vectors are indexed.
  public enum IndexKind: String, Hashable, Sendable, CaseIterable {
    /// A graph over half-precision vectors; candidates are rescored by the exact vectors.
    case hnsw
    /// Clusters of half-precision vectors, built by `rebuildIndex` once there are rows to cluster.
    case ivfflat
    /// No index: every search reads every vector that passes the filter.
    case exact
  }

  /// A URI (`postgresql://…`), `key=value` pairs, or a database's name. What it leaves out, libpq
  /// takes from its environment variables, its service file and `~/.pgpass`.
  public var connection: String
  /// The schema that holds the store; several stores share a database by different ones.
  public var schema = "loci"
  /// The most connections at once, 1…64.
  public var poolSize = 4
  /// How long one statement may take. Building an index may take longer.
  public var statementTimeout: Duration = .seconds(30)
  /// How long to wait for a connection.
  public var connectTimeout: Duration = .seconds(10)
  /// How vectors are indexed.
  public var indexKind = IndexKind.hnsw
  /// How many candidates an HNSW search keeps, 1…1000; more find better, and take longer.
  public var efSearch = 100
  /// How many clusters an IVFFlat search reads, 1…32768.
  public var probes = 10

  /// Makes settings with the defaults.
  public init(connection: String) { self.connection = connection }

  /// Throws ``LociError/Code/invalidConfiguration`` where a setting is outside its range.
  func validate() throws(LociError) {
    try require((1...64).contains(poolSize), "pool size", "1 to 64")
    try require((1...1000).contains(efSearch), "efSearch", "1 to 1000")
    try require((1...32768).contains(probes), "probes", "1 to 32768")
    try require(statementTimeout >= .milliseconds(1), "statement timeout", "at least 1 ms")
    try require(connectTimeout >= .milliseconds(1), "connect timeout", "at least 1 ms")
    // PostgreSQL cuts longer names, so that two of them could become one.
    try require((1...63).contains(schema.utf8.count), "schema", "a name of 1 to 63 bytes")
    try require(!schema.hasPrefix("pg_"), "schema", "a name that does not begin with pg_")
    try require(!schema.utf8.contains(0), "schema", "a name without NUL")
  }

  private func require(
    _ holds: Bool, _ setting: String, _ range: String
  ) throws(LociError) {
    guard holds else {
      throw LociError(
        .invalidConfiguration, "The PostgreSQL store's \(setting) must be \(range).")
    }
  }
}

extension PostgresSettings: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The schema and the index, without the connection.
  public var description: String { "PostgreSQL, schema \(schema), index \(indexKind.rawValue)" }
  /// The same.
  public var debugDescription: String { description }
  /// Nothing of the connection.
  public var customMirror: Mirror { Mirror(self, children: ["schema": schema]) }
}
