package import LociJSON
package import LociMemory

extension Remembered {
  /// What became of the text as JSON: the record, and whether it is found by meaning.
  package var json: JSON {
    var reason: String?
    if case .pending(let error) = projection { reason = ErrorReport(error).message }
    return [
      "record": record.json, "projection": .string(projection.name),
      "reason": JSON(reason, JSON.string),
    ]
  }
}

extension Remembered.Projection {
  /// The stable name of what became of the vector.
  fileprivate var name: String {
    switch self {
    case .embedded(isTruncated: true): "truncated"
    case .embedded(isTruncated: false), .unchanged: "embedded"
    case .pending: "pending"
    case .unreadable: "unreadable"
    }
  }
}
