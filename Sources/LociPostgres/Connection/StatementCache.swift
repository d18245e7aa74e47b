/// Which statements a connection has prepared, by their SQL; the least used of too many go.
struct StatementCache {
  private struct Entry {
    let name: String
    var lastUse: Int
    var isPrepared = false
  }

  private let capacity: Int
  private var entries: [String: Entry] = [:]
  private var clock = 0

  init(capacity: Int) { self.capacity = capacity }

  /// The name of a statement, and whether the server knows it already.
  mutating func use(_ sql: String) -> (name: String, isPrepared: Bool) {
    clock += 1
    if var entry = entries[sql] {
      entry.lastUse = clock
      entries[sql] = entry
      return (entry.name, entry.isPrepared)
    }
    let entry = Entry(name: "loci_\(clock)", lastUse: clock)
    entries[sql] = entry
    return (entry.name, false)
  }

  /// The server has prepared it.
  mutating func confirm(_ sql: String) { entries[sql]?.isPrepared = true }

  /// Takes out what is beyond the capacity; returns the names that the server shall forget.
  ///
  /// A statement that was never prepared has nothing to be forgotten.
  mutating func evict() -> [String] {
    guard entries.count > capacity else { return [] }
    let old = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(capacity / 4)
    for (sql, _) in old { entries[sql] = nil }
    return old.filter(\.value.isPrepared).map(\.value.name)
  }
}
