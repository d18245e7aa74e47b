/// Two telling words that are neighbours in a query, by their places among its telling terms.
public struct WordPair: Hashable, Sendable {
  /// The place of the first.
  public let first: Int
  /// The place of the second.
  public let second: Int

  /// Names two places.
  public init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }

  /// How far behind the first the second may stand in a record, in words: a few small words may be
  /// between them.
  package static let window = 4

  /// How often the second follows the first within the window: the number of such places of both.
  ///
  /// - Parameters:
  ///   - first: Where the first word stands, in rising order.
  ///   - second: Where the second word stands, in rising order.
  /// Complexity: O(places).
  package static func count(
    _ first: some Collection<Int32>, _ second: some Collection<Int32>
  ) -> Int {
    var count = 0
    var start = first.startIndex
    for place in second {
      while start != first.endIndex, place - first[start] > window {
        first.formIndex(after: &start)
      }
      var next = start
      while next != first.endIndex, first[next] < place {
        count += 1
        first.formIndex(after: &next)
      }
    }
    return count
  }
}
