import LociCore

/// The vectors of one store.
struct StoredVectors {
  /// The record store whose transactions take vectors along.
  let followed: String?
  private(set) var spaces: [EmbeddingSpace] = []
  private var entries: [EmbeddingSpace: [RecordName: [Int: VectorEntry]]] = [:]

  init(following followed: String?) { self.followed = followed }

  mutating func ensure(_ space: EmbeddingSpace) {
    guard entries[space] == nil else { return }
    spaces.append(space)
    entries[space] = [:]
  }

  mutating func upsert(_ new: some Sequence<VectorEntry>, in space: EmbeddingSpace) {
    ensure(space)
    for entry in new { entries[space]?[entry.name, default: [:]][entry.part] = entry }
  }

  /// Returns how many there were.
  mutating func delete(
    _ ids: some Sequence<RecordID>, _ namespace: Namespace, in space: EmbeddingSpace
  ) -> Int {
    var count = 0
    for id in ids {
      let name = RecordName(namespace: namespace, id: id)
      count += entries[space]?.removeValue(forKey: name)?.count ?? 0
    }
    return count
  }

  /// What a transaction on the records does to their vectors: a vector of a record that is gone, or
  /// has another text, goes; the others see what the record says now.
  mutating func follow(_ name: RecordName, to record: Record?) {
    for space in spaces {
      guard let parts = entries[space]?[name] else { continue }
      let fresh = parts.filter { $0.value.contentHash == record?.contentHash }
      entries[space]?[name] = record.flatMap { record in
        fresh.isEmpty
          ? nil
          : fresh.mapValues { $0.following(record) }
      }
    }
  }

  func parts(_ name: RecordName, in space: EmbeddingSpace) -> [VectorEntry] {
    (entries[space]?[name] ?? [:]).values.sorted { $0.part < $1.part }
  }

  func passing(
    _ filter: Filter, _ namespace: Namespace, in space: EmbeddingSpace
  ) -> [VectorEntry] {
    let named = entries[space]?.filter { $0.key.namespace == namespace } ?? [:]
    return named.values.flatMap(\.values).filter { filter.matches($0.attributes) }
  }

  func namespaces(in space: EmbeddingSpace) -> [Namespace] {
    Set((entries[space] ?? [:]).keys.map(\.namespace)).sorted()
  }
}

extension VectorEntry {
  fileprivate var name: RecordName {
    RecordName(namespace: attributes.namespace, id: id)
  }
}
