/// A hit of the semantic leg.
public struct VectorMatch: Hashable, Sendable {
  /// The record.
  public let id: RecordID
  /// The cosine of the query's and the record's vectors.
  public let similarity: Similarity

  /// Makes a match.
  public init(id: RecordID, similarity: Similarity) {
    self.id = id
    self.similarity = similarity
  }

  /// Best first; ties by id. The order is total.
  public static func ranksBefore(_ left: VectorMatch, _ right: VectorMatch) -> Bool {
    left.similarity != right.similarity
      ? left.similarity > right.similarity : left.id < right.id
  }
}

extension VectorMatch {
  /// The best match of each record, best first, ties by id. Complexity: O(n log n).
  package static func records(of matches: [VectorMatch]) -> [VectorMatch] {
    var seen: Set<RecordID> = []
    return matches.sorted(by: ranksBefore).filter { seen.insert($0.id).inserted }
  }

  /// The best records of a search that finds parts: it is asked for more of them until there are
  /// enough records, or no more parts.
  ///
  /// - Parameters:
  ///   - limit: The most records.
  ///   - search: Finds the best parts, so many or, where there are ties, more.
  package static func records(
    limit: Int, _ search: (_ count: Int) throws -> [VectorMatch]
  ) rethrows -> [VectorMatch] {
    var count = limit
    while true {
      let parts = try search(count)
      let found = records(of: parts)
      guard parts.count >= count, found.count < limit else { return Array(found.prefix(limit)) }
      count = more(than: count)
    }
  }

  /// How many parts are asked for where so many gave too few records.
  package static func more(than count: Int) -> Int {
    let (more, isTooMuch) = count.multipliedReportingOverflow(by: 4)
    return isTooMuch ? .max : more
  }
}
