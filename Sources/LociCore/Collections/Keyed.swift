extension Sequence {
  /// The elements by a key of theirs; of those with the same one, the last. Complexity: O(n).
  package func keyed<Key: Hashable>(by key: (Element) -> Key) -> [Key: Element] {
    Dictionary(map { (key($0), $0) }, uniquingKeysWith: { $1 })
  }
}
