public import Foundation
public import LociCore

/// What has to change so that a source's records are exactly its chunks.
///
/// A chunk whose text is stored already keeps its record and so its vector: texts are matched by
/// content hash, equal texts of one source in their order. Where such a chunk moved, or the
/// document says something else of itself, the record is patched. Only where it stands under
/// another heading by now, its vector is made anew, since headings are embedded with the text.
/// So a file that was moved keeps its records: they are given as those that its chunks replace.
///
/// A value that decides and does nothing: hand ``changes`` to a ``RecordStore``.
public struct IngestPlan: Hashable, Sendable {
  /// Records for chunks whose text is new in this source.
  public private(set) var inserts: [Record] = []
  /// New places and metadata of records whose text stays.
  public private(set) var patches: [RecordID: RecordPatch] = [:]
  /// Those of the patched records whose vectors were made under another heading, and have to go
  /// before the patch.
  public private(set) var renewals: [RecordID] = []
  /// Records whose text is gone from the source.
  public private(set) var deletes: [RecordID] = []
  /// How many records stay as they are.
  public private(set) var unchangedCount = 0

  /// The changes, in an order in which no id is taken twice: deletes, patches, inserts.
  public var changes: [RecordChange] {
    deletes.map { .delete($0) }
      + patches.sorted { $0.key < $1.key }.map { .patch($0.key, $0.value) }
      + inserts.map { .insert($0) }
  }

  /// Plans.
  ///
  /// - Parameters:
  ///   - document: The source as it is now; without chunks everything is deleted.
  ///   - uri: The source's address, as in ``Record/Source/uri``.
  ///   - whole: The id of the file that the chunks are parts of; nil is the one that the records
  ///     have, or else the one that follows from the address.
  ///   - existing: All records of that source in the collection `chunks`, of any status: one that
  ///     somebody hid stays hidden while its text stays. They may have another address, where the
  ///     source was moved.
  ///   - namespace: Where the records are.
  ///   - time: When new records count as created.
  /// - Throws: ``LociError/Code/invalidArgument`` for a chunk that can't be a record.
  /// - Complexity: O(n log n) in chunks and records.
  public init(
    for document: ChunkedDocument, of uri: String, as whole: RecordID? = nil,
    replacing existing: [Record], in namespace: Namespace, at time: Date
  ) throws(LociError) {
    let stored = Dictionary(grouping: existing.sorted(by: Self.standsBefore), by: \.contentHash)
    var taken = Set(existing.map(\.id))
    var occurrences: [ContentHash: Int] = [:]
    var fresh: [(chunk: Chunk, hash: ContentHash)] = []
    let metadata = Self.metadata(of: document)
    let own = try IngestedFile.id(namespace, uri)
    let whole = whole ?? Self.whole(of: existing) ?? own
    // What moved here keeps its ids, so that another source at its old address needs others.
    let seed = whole == own ? uri : whole.text
    for chunk in document.chunks {
      let hash = ContentHash(of: chunk.text)
      let source = Record.Source(uri: uri, heading: chunk.heading, lines: chunk.lines)
      let occurrence = occurrences[hash, default: 0]
      occurrences[hash] = occurrence + 1
      guard let same = stored[hash], occurrence < same.count else {
        fresh.append((chunk, hash))
        continue
      }
      let record = same[occurrence]
      guard
        let patch = Self.patch(
          for: record, source: source, part: (whole, chunk.index), metadata: metadata)
      else {
        unchangedCount += 1
        continue
      }
      patches[record.id] = patch
      if record.source?.heading != source.heading { renewals.append(record.id) }
    }
    deletes = stored.flatMap { hash, records in
      records.dropFirst(occurrences[hash] ?? 0).map(\.id)
    }
    .sorted()
    taken.subtract(deletes)
    var next: [ContentHash: Int] = [:]
    for (chunk, hash) in fresh {
      let id = try Self.freeID(
        namespace, seed, hash, from: &next[hash, default: 0], taken: &taken)
      inserts.append(
        try Record(
          id: id, namespace: namespace, collection: .chunks, text: chunk.text,
          metadata: metadata,
          source: Record.Source(uri: uri, heading: chunk.heading, lines: chunk.lines),
          whole: whole, position: chunk.index, createdAt: time))
    }
  }

  /// The key that names the keys that come from the document, so that those that it drops can go
  /// while what somebody else said stays.
  private static let namesKey = "front_matter"

  private static func metadata(of document: ChunkedDocument) -> Metadata {
    var metadata = document.metadata
    metadata[namesKey] = nil
    guard !metadata.isEmpty else { return [:] }
    let names = metadata.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    metadata[namesKey] = .list(names.map(MetadataValue.string))
    return metadata
  }

  /// What makes a record stand where its chunk does, and say what its document says.
  private static func patch(
    for record: Record, source: Record.Source, part: (whole: RecordID, position: Int),
    metadata: Metadata
  ) -> RecordPatch? {
    var patch = RecordPatch()
    if record.source != source { patch.source = source }
    if record.whole != part.whole { patch.whole = part.whole }
    if record.position != part.position { patch.position = part.position }
    patch.metadata = metadata.filter { record.metadata[$0.key] != $0.value }
    if let names = record.metadata[namesKey], names != metadata[namesKey] {
      let earlier = names.elements.compactMap { if case .string(let key) = $0 { key } else { nil } }
      patch.removedMetadata = Set((earlier + [namesKey]).filter { metadata[$0] == nil })
    }
    return patch == RecordPatch() ? nil : patch
  }

  /// The order of records in their source, as far as they tell.
  private static func standsBefore(_ left: Record, _ right: Record) -> Bool {
    let places = [left, right].map { ($0.source?.lines?.lowerBound ?? 0, $0.position ?? 0) }
    return places[0] != places[1] ? places[0] < places[1] : left.id < right.id
  }

  /// The id of a text's first free occurrence: the same file gives the same ids on
  /// every machine.
  private static func freeID(
    _ namespace: Namespace, _ seed: String, _ hash: ContentHash, from occurrence: inout Int,
    taken: inout Set<RecordID>
  ) throws(LociError) -> RecordID {
    while true {
      let id = try chunkID(namespace, seed, hash, occurrence: occurrence)
      occurrence += 1
      if taken.insert(id).inserted { return id }
    }
  }

  /// The id of the file that records are parts of; nil where they tell none.
  static func whole(of records: [Record]) -> RecordID? {
    records.sorted(by: standsBefore).lazy.compactMap(\.whole).first { $0.text.utf8.count == 32 }
  }

  /// The first 32 hexadecimal digits of the SHA-256 of namespace, seed, content hash and
  /// occurrence, each prefixed by its length. The seed is the address, or the id of a file that was
  /// first seen elsewhere.
  package static func chunkID(
    _ namespace: Namespace, _ seed: String, _ hash: ContentHash, occurrence: Int
  ) throws(LociError) -> RecordID {
    let fields = [namespace.name, seed, hash.description, String(occurrence)]
    return try RecordID(Hexadecimal.text(SHA256.digest(fields: fields).prefix(16)))
  }
}
