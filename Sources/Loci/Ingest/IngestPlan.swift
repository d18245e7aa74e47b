public import Foundation
public import LociCore

/// What has to change so that a source's records are exactly its chunks.
///
/// A chunk whose text is stored already keeps its record and so its vector: texts are matched by
/// content hash, equal texts of one source in their order. Where such a chunk moved, or stands
/// under another heading, only the record's source is patched.
///
/// A value that decides and does nothing: hand ``changes`` to a ``RecordStore``.
public struct IngestPlan: Hashable, Sendable {
  /// Records for chunks whose text is new in this source.
  public private(set) var inserts: [Record] = []
  /// New places of records whose text stays.
  public private(set) var moves: [RecordID: Record.Source] = [:]
  /// Records whose text is gone from the source.
  public private(set) var deletes: [RecordID] = []
  /// How many records stay as they are.
  public private(set) var unchangedCount = 0

  /// The changes, in an order in which no id is taken twice: deletes, moves, inserts.
  public var changes: [RecordChange] {
    let patches = moves.sorted { $0.key < $1.key }.map { id, source in
      var patch = RecordPatch()
      patch.source = source
      return RecordChange.patch(id, patch)
    }
    return deletes.map { .delete($0) } + patches + inserts.map { .insert($0) }
  }

  /// Plans.
  ///
  /// - Parameters:
  ///   - chunks: All chunks of the source as it is now; none deletes everything.
  ///   - uri: The source's address, as in ``Record/Source/uri``.
  ///   - existing: All records of that source in the collection `chunks`, of any status: one that
  ///     somebody hid stays hidden while its text stays.
  ///   - namespace: Where the records are.
  ///   - time: When new records count as created.
  /// - Throws: ``LociError/Code/invalidArgument`` for a chunk that can't be a record.
  /// - Complexity: O(n log n) in chunks and records.
  public init(
    for chunks: [Chunk], of uri: String, replacing existing: [Record], in namespace: Namespace,
    at time: Date
  ) throws(LociError) {
    let stored = Dictionary(grouping: existing.sorted(by: Self.standsBefore), by: \.contentHash)
    var taken = Set(existing.map(\.id))
    var occurrences: [ContentHash: Int] = [:]
    var fresh: [(chunk: Chunk, hash: ContentHash)] = []
    for chunk in chunks {
      let hash = ContentHash(of: chunk.text)
      let source = Record.Source(uri: uri, heading: chunk.heading, lines: chunk.lines)
      let occurrence = occurrences[hash, default: 0]
      occurrences[hash] = occurrence + 1
      guard let same = stored[hash], occurrence < same.count else {
        fresh.append((chunk, hash))
        continue
      }
      if same[occurrence].source == source {
        unchangedCount += 1
      } else {
        moves[same[occurrence].id] = source
      }
    }
    deletes = stored.flatMap { hash, records in
      records.dropFirst(occurrences[hash] ?? 0).map(\.id)
    }
    .sorted()
    taken.subtract(deletes)
    var next: [ContentHash: Int] = [:]
    for (chunk, hash) in fresh {
      let id = try Self.freeID(
        namespace, uri, hash, from: &next[hash, default: 0], taken: &taken)
      inserts.append(
        try Record(
          id: id, namespace: namespace, collection: .chunks, text: chunk.text,
          source: Record.Source(uri: uri, heading: chunk.heading, lines: chunk.lines),
          createdAt: time))
    }
  }

  /// The order of records in their source, as far as they tell.
  private static func standsBefore(_ left: Record, _ right: Record) -> Bool {
    let lines = (left.source?.lines?.lowerBound ?? 0, right.source?.lines?.lowerBound ?? 0)
    return lines.0 != lines.1 ? lines.0 < lines.1 : left.id < right.id
  }

  /// The id of a text's first free occurrence: the same file gives the same ids on
  /// every machine.
  private static func freeID(
    _ namespace: Namespace, _ uri: String, _ hash: ContentHash, from occurrence: inout Int,
    taken: inout Set<RecordID>
  ) throws(LociError) -> RecordID {
    while true {
      let id = try chunkID(namespace, uri, hash, occurrence: occurrence)
      occurrence += 1
      if taken.insert(id).inserted { return id }
    }
  }

  /// The first 32 hexadecimal digits of the SHA-256 of namespace, address, content hash and
  /// occurrence, each prefixed by its length.
  package static func chunkID(
    _ namespace: Namespace, _ uri: String, _ hash: ContentHash, occurrence: Int
  ) throws(LociError) -> RecordID {
    let fields = [namespace.name, uri, hash.description, String(occurrence)]
    return try RecordID(Hexadecimal.text(SHA256.digest(fields: fields).prefix(16)))
  }
}
