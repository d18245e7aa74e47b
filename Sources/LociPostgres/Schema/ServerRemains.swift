/// What a server keeps of rows besides its tables.
enum ServerRemains {
  /// Clears what the role may clear; returns what may still hold deleted rows, a phrase each.
  static func clear(_ connection: Connection) throws -> [String] {
    var remains = ["the server's write-ahead log and its copies"]
    // ANALYZE keeps samples of columns, and old rows of that catalogue stay until it is rewritten.
    if try may("rolsuper", connection) {
      try connection.executeScript("VACUUM FULL pg_catalog.pg_statistic")
    } else {
      remains.append("the server's statistics of columns, which only a superuser can rewrite")
    }
    // Files that were written anew are removed at a checkpoint, which comes by itself otherwise.
    if try may("pg_has_role(oid, 'pg_checkpoint', 'USAGE')", connection) {
      try connection.executeScript("CHECKPOINT")
    }
    return remains
  }

  private static func may(_ right: String, _ connection: Connection) throws -> Bool {
    try connection.first(
      "SELECT (\(right))::int::bigint FROM pg_roles WHERE rolname = current_user"
    ) { $0.integer(0) == 1 } ?? false
  }
}
