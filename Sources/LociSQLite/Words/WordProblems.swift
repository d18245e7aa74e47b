/// Looks for records that the index of words has not.
extension WordIndex {
  /// What is wrong, a sentence each. Complexity: O(records).
  static func problems(_ connection: Connection) throws -> [String] {
    let missing = try connection.integer(
      "SELECT count(*) FROM record WHERE number NOT IN (SELECT id FROM words_docsize)")
    let orphaned = try connection.integer(
      "SELECT count(*) FROM words_docsize WHERE id NOT IN (SELECT number FROM record)")
    return [
      missing > 0 ? "the words of \(missing) records are not in the index of words" : nil,
      orphaned > 0 ? "\(orphaned) records in the index of words are not there" : nil,
    ].compactMap(\.self)
  }
}
