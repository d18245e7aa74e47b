/// Where a record stands in a whole: a file, an episode.
public struct Place: Hashable, Sendable, Codable {
  /// The whole.
  public let whole: RecordID
  /// The place in it, in reading order.
  public let position: Int

  /// Names a place.
  public init(whole: RecordID, position: Int) {
    self.whole = whole
    self.position = position
  }

  /// The place so many steps further on; nil where there can be none.
  package func moved(by steps: Int) -> Place? {
    let (sum, isTooFar) = position.addingReportingOverflow(steps)
    return isTooFar ? nil : Place(whole: whole, position: sum)
  }
}

extension Record {
  /// Where it stands in a whole; nil where it is no part of one, or has no place in it.
  public var place: Place? {
    guard let whole, let position else { return nil }
    return Place(whole: whole, position: position)
  }
}
