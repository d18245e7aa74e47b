import LociCore

/// Builds the index of a space's table anew, inside the caller's transaction.
struct IndexBuilder {
  /// Below this many rows there is nothing to find clusters in [41].
  static let fewestClusteredRows = 1000

  private let table: VectorTable
  private let kind: PostgresSettings.IndexKind
  private let connection: Connection

  init(
    _ table: VectorTable, _ kind: PostgresSettings.IndexKind, _ connection: Connection
  ) {
    self.table = table
    self.kind = kind
    self.connection = connection
  }

  /// Puts a new index in the place of the old one. Searches use the old one until the end.
  func rebuild() throws {
    // The planner passes over the index where it does not know how large the table is by now.
    try connection.executeScript("ANALYZE \(table.name)")
    let rows = Int(try connection.integer("SELECT count(*) FROM \(table.name)"))
    let new = "\(table.name)_new"
    let isBuilt = kind != .ivfflat || rows >= Self.fewestClusteredRows
    let definition = isBuilt ? table.index(kind, named: new, rows: rows) : nil
    if let definition {
      // A graph that does not fit into this memory is built many times slower.
      let megabytes = min(max(64, rows * (table.space.dimension * 2 + 400) >> 20), 1024)
      try connection.execute(
        "SELECT set_config('maintenance_work_mem', $1, true)", [.text("\(megabytes)MB")])
      try connection.executeScript(definition)
    }
    if try table.hasIndex(connection) {
      try connection.executeScript("DROP INDEX \(table.indexName)")
    }
    if definition != nil {
      try connection.executeScript("ALTER INDEX \(new) RENAME TO \(table.indexName)")
    }
  }
}
