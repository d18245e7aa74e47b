import LociCore
import LociIndex
import LociSQL

/// Which vectors pass what is left of a filter once the partitions are chosen: category, times,
/// source and metadata. The last few answers are kept until the file changes.
struct LabelCache {
  private struct Key: Hashable {
    let sql: String
    let values: [Value]
    let space: Int64
    let change: Int64
  }

  private static let capacity = 8
  private var answers: [(key: Key, candidates: Candidates)] = []

  /// The candidates for a search. Complexity: O(1) where nothing but the partitions is asked for,
  /// else O(vectors of the namespace) the first time.
  mutating func candidates(
    of namespace: Namespace, for filter: Filter, space: Int64, change: Int64,
    _ connection: Connection
  ) throws -> Candidates {
    let condition = try FilterSQL(
      filter, in: namespace, table: "vector", .beyond([.collection, .status]))
    guard !condition.isNamespaceOnly else { return .all }
    let key = Key(sql: condition.sql, values: condition.values, space: space, change: change)
    if let place = answers.firstIndex(where: { $0.key == key }) {
      let found = answers.remove(at: place)
      answers.append(found)
      return found.candidates
    }
    let labels = try connection.rows(
      "SELECT number FROM vector WHERE \(condition.sql) AND +space = ?",
      condition.values + [.integer(space)]
    ) { $0.integer(0) }
    let candidates = Candidates.only(labels)
    answers.append((key, candidates))
    if answers.count > Self.capacity { answers.removeFirst() }
    return candidates
  }
}
