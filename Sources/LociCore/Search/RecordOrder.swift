/// The order of a listing: by one attribute, ties by id. Records without a value come last, both
/// ways; texts are ordered by their UTF-8 bytes.
public struct RecordOrder: Hashable, Sendable, Codable {
  /// Which attribute.
  public var attribute: Attribute
  /// Whether the largest value comes first.
  public var isDescending: Bool

  /// The newest record first, by when it was first stored.
  public static let newestFirst = RecordOrder(by: .createdAt, isDescending: true)

  /// Makes an order; the smallest value first, unless it says otherwise.
  public init(by attribute: Attribute, isDescending: Bool = false) {
    self.attribute = attribute
    self.isDescending = isDescending
  }
}

/// A place in an ordered listing: behind one record. It says nothing of a text, and is good as long
/// as one likes, also where its record was changed or erased since.
public struct RecordCursor: Hashable, Sendable, Codable {
  /// The record's value of the order's attribute; nil where it had none.
  package let value: AttributeValue?
  /// The record's id.
  package let id: RecordID

  /// The place behind a record, as it is ordered now.
  public init(after record: Record, in order: RecordOrder) {
    value = VectorAttributes(of: record)[order.attribute]
    id = record.id
  }
}

extension RecordOrder {
  /// Throws ``LociError/Code/invalidArgument`` where a cursor comes from another order.
  package func require(_ cursor: RecordCursor?) throws(LociError) {
    guard let value = cursor?.value, value.kind != attribute.kind else { return }
    throw LociError(
      .invalidArgument, "The cursor comes from another order than by \(attribute.rawValue).",
      remedy: "Page on in the order in which the first page was asked for.")
  }

  /// Whether a place comes before another one.
  package func precedes(_ left: RecordCursor, _ right: RecordCursor) -> Bool {
    switch (left.value, right.value) {
    case (_?, nil): return true
    case (nil, _?): return false
    case (nil, nil): return left.id < right.id
    case (let first?, let second?):
      if first.precedes(second) { return !isDescending }
      return second.precedes(first) ? isDescending : left.id < right.id
    }
  }
}

extension AttributeValue {
  fileprivate func precedes(_ other: AttributeValue) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.integer(let left), .integer(let right)): left < right
    case (.real(let left), .real(let right)): left < right
    default: false
    }
  }
}
