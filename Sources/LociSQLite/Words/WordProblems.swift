import LociCore
import LociSQL

/// Looks for what the index of words does not have as the records are.
extension WordIndex {
  /// What is wrong, a sentence each. Complexity: O(size of all texts).
  static func problems(_ connection: Connection) throws -> [String] {
    var (missing, present, wrongTotals) = (0, 0, 0)
    let names = try connection.rows(
      "SELECT namespace FROM record UNION SELECT namespace FROM word_space"
    ) { $0.text(0) }
    for namespace in names.compactMap({ try? Namespace($0) }) {
      let space = try WordSpace.find(namespace, connection)
      var (recordCount, totalLength) = (0, 0)
      try forEachRecord(of: namespace, connection) { number, words, counts in
        if counts { (recordCount, totalLength) = (recordCount + 1, totalLength + words.count) }
        let row = space?.row(number, counts: counts)
        if try row.map({ try has($0, connection) }) ?? false { present += 1 } else { missing += 1 }
      }
      if recordCount != space?.recordCount ?? 0 || totalLength != space?.totalLength ?? 0 {
        wrongTotals += 1
      }
    }
    let orphaned = try Int(connection.integer("SELECT count(*) FROM words_docsize")) - present
    return [
      missing > 0 ? "the words of \(missing) records are not in the index of words" : nil,
      orphaned > 0 ? "\(orphaned) records in the index of words are not there" : nil,
      wrongTotals > 0 ? "the totals of the words of \(wrongTotals) namespaces are wrong" : nil,
    ].compactMap(\.self)
  }

  private static func has(_ row: Int64, _ connection: Connection) throws -> Bool {
    try connection.first("SELECT 1 FROM words_docsize WHERE id = ?", [.integer(row)]) { _ in true }
      ?? false
  }
}
