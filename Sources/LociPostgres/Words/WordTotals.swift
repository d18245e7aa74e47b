import LociCore

/// How many of a namespace's records count, and how many words they have together; kept in the
/// transactions that write records.
///
/// A writer changes them once, after its records and right before it takes the audit log's head,
/// for which writers wait for each other anyway.
struct WordTotals {
  var recordCount = 0
  var totalLength = 0

  /// The words of a row of `record` that counts; NULL for another.
  static func counted(in namespace: Namespace, _ parameters: inout Parameters) throws -> String {
    let condition = try FilterSQL.condition(
      WordStatistics.counted, in: namespace, &parameters)
    return "CASE WHEN \(condition) THEN word_count END"
  }

  /// Those of a namespace.
  static func of(_ namespace: Namespace, _ connection: Connection) throws -> WordTotals {
    try connection.first(
      "SELECT records, length FROM word_total WHERE namespace = $1", [.text(namespace.name)]
    ) {
      WordTotals(recordCount: max(0, Int($0.integer(0))), totalLength: max(0, Int($0.integer(1))))
    }
      ?? WordTotals()
  }

  /// Adds what records have by now, and takes away what they had: these.
  func change(to ids: some Collection<RecordID>, in namespace: Namespace) throws -> Statement {
    let names = RecordNames(ids, in: namespace)
    var parameters = names.parameters
    let counted = try Self.counted(in: namespace, &parameters)
    let name = parameters.bind(.text(namespace.name))
    let before = (
      parameters.bind(.integer(Int64(recordCount))), parameters.bind(.integer(Int64(totalLength)))
    )
    return Statement(
      """
      INSERT INTO word_total (namespace, records, length)
      SELECT \(name)::text, count(words) - \(before.0)::bigint,
        coalesce(sum(words), 0)::bigint - \(before.1)::bigint
      FROM (SELECT \(counted) AS words FROM record WHERE \(names.condition)) AS counted
      ON CONFLICT (namespace) DO UPDATE SET records = word_total.records + excluded.records,
        length = word_total.length + excluded.length
      """, parameters.values)
  }

  /// What is wrong, a sentence each. Complexity: O(records).
  static func problems(_ connection: Connection) throws -> [String] {
    let wrong = try connection.namespaces(in: "record").filter { namespace in
      var parameters = Parameters()
      let counted = try counted(in: namespace, &parameters)
      let found = try connection.first(
        """
        SELECT count(words), coalesce(sum(words), 0)::bigint
        FROM (SELECT \(counted) AS words FROM record) AS counted
        """, parameters.values
      ) { (Int($0.integer(0)), Int($0.integer(1))) }
      let kept = try of(namespace, connection)
      return found ?? (0, 0) != (kept.recordCount, kept.totalLength)
    }
    return wrong.isEmpty ? [] : ["The totals of the words of \(wrong.count) namespaces are wrong."]
  }

  /// Counts all namespaces anew, inside the caller's transaction; whoever would write waits, since
  /// they would be missing.
  static func recountAll(_ connection: Connection) throws {
    try connection.execute("LOCK TABLE record IN SHARE ROW EXCLUSIVE MODE")
    try connection.execute("DELETE FROM word_total")
    try connection.run(connection.namespaces(in: "record").map(recount))
  }

  /// Counts a namespace anew.
  private static func recount(_ namespace: Namespace) throws -> Statement {
    var parameters = Parameters()
    let name = parameters.bind(.text(namespace.name))
    let counted = try counted(in: namespace, &parameters)
    return Statement(
      """
      INSERT INTO word_total (namespace, records, length)
      SELECT \(name)::text, count(words), coalesce(sum(words), 0)::bigint
      FROM (SELECT \(counted) AS words FROM record WHERE namespace = \(name)) AS counted
      ON CONFLICT (namespace) DO UPDATE SET records = excluded.records, length = excluded.length
      """, parameters.values)
  }
}
