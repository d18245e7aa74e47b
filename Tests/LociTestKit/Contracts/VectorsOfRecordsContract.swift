import Foundation
package import LociCore

/// Records, and vectors that follow them in the records' own transactions.
package struct RecordsWithVectors: Sendable {
  let records: any RecordStore
  let vectors: any VectorStore

  package init(_ records: any RecordStore, _ vectors: any VectorStore) {
    self.records = records
    self.vectors = vectors
  }
}

/// What vectors promise that share transactions with their records.
package enum VectorsOfRecordsContract {
  /// Every promise.
  package static var all: [Promise<RecordsWithVectors>] { following + deciding }

  private static let space = Samples.space()

  private static var following: [Promise<RecordsWithVectors>] {
    [
      Promise("An erased record is gone from every handle's search [15]") { open in
        let (left, right) = (try await open(), try await open())
        try await left.fill([Samples.record("a"), Samples.record("b")])
        try expect(try await right.found(Samples.everything()), ["a", "b"], "before")
        try await left.apply([.delete(RecordID("a"))])
        for store in [left, right] {
          try expect(try await store.found(Samples.everything()), ["b"], "after")
          try expect(
            try await store.vectors.count(in: space, where: Samples.everything()), 1, "count")
        }
      },
      Promise("A changed text is not found by its old meaning [16], however late that arrives") {
        open in
        let store = try await open()
        let records = try [Samples.record("a"), Samples.record("b")]
        try await store.fill(records)
        let changed = try await store.patch { $0.text = "another text" }
        try expect(try await store.found(Samples.everything()), ["b"], "changed")
        let hashes = try await store.vectors.contentHashes(
          records.map(\.id), namespace: Samples.everything().namespace, in: space)
        try expect(hashes, [records[1].id: records[1].contentHash], "hashes")
        try await store.upsert([records[0]])
        try expect(try await store.found(Samples.everything()), ["b"], "after the old vector")
        try await store.upsert(changed)
        try expect(try await store.found(Samples.everything()), ["a", "b"], "after the new vector")
      },
      Promise("Changed attributes reach the vector in the same transaction") { open in
        let store = try await open()
        try await store.fill([Samples.record("a"), Samples.record("b")])
        let active = Scope(namespace: try Samples.everything().namespace)
        try expect(try await store.found(active), ["a", "b"], "before")
        try await store.patch { patch in
          patch.status = .archived
          patch.category = .decision
          patch.metadata = ["lang": "de"]
          patch.source = .init(uri: "a.md")
        }
        try expect(try await store.found(active), ["b"], "active")
        let archived = Scope(
          namespace: active.namespace, statuses: [.archived], categories: [.decision],
          sourceURI: "a.md", metadata: [MetadataCondition("lang", .equal, "de")])
        try expect(try await store.found(archived), ["a"], "archived")
      },
      Promise("Everything that filters see reaches the vector with its record") { open in
        let store = try await open()
        let records = try ["a", "b"].map { try Samples.record($0) }
        try await store.fill(records)
        let time = RecordStoreContract.time
        let changed = try await store.patch { patch in
          (patch.author, patch.audience) = ("ada", .author)
          (patch.whole, patch.position) = (records[1].id, 3)
          (patch.occurredAt, patch.validFrom, patch.validUntil) = (time, time, time + 1)
          (patch.knownFrom, patch.knownUntil) = (time, time + 1)
          (patch.importance, patch.confidence) = (5, 0.5)
          patch.metadata = ["tags": ["x", "y"]]
        }
        let entries = try await store.vectors.get(
          [RecordID("a")], namespace: Samples.everything().namespace, in: space)
        try expect(entries.map(\.attributes), changed.map(VectorAttributes.init(of:)), "entry")
        let everything = try Samples.everything()
        var filters = Array(repeating: everything, count: 6)
        filters[0].reader = Filter.Reader("bob", trusting: ["ada"])
        filters[1].times = [TimeCondition(.occurred, from: time, before: time + 1)]
        filters[2].importance = 4...5
        filters[3].confidence = 0.5...0.6
        filters[4].metadata = [MetadataCondition("tags", .equal, ["y", "z"])]
        (filters[5].whole, filters[5].positions) = (records[1].id, 2...4)
        let found = [["b"], ["a"], ["a"], ["a"], ["a"], ["a"]]
        for (filter, expected) in zip(filters, found) {
          try expect(try await store.found(filter), expected, "\(filter)")
        }
        let earlier = everything.asOf(Date(millisecondsSince1970: 1_750_000_000_122))
        try expect(try await store.found(earlier), ["b"], "before it held")
      },
    ]
  }

  private static var deciding: [Promise<RecordsWithVectors>] {
    [1, 100].map { count in
      Promise("A vector without its record is passed over, and the record decides: \(count)") {
        open in
        let store = try await open()
        let records = try (0..<count).map { try Samples.record("\($0)") }
        try await store.fill(records)
        try await store.vectors.upsert(
          records.flatMap { record in
            let stray = try Samples.record("stray" + record.id.text)
            var late = VectorEntry(of: record, vector: try Samples.axis(0))
            late.attributes.status = .forgotten
            return [VectorEntry(of: stray, vector: try Samples.axis(0)), late]
          }, in: space)
        let all = try Samples.everything()
        let ids = records.map(\.id).sorted().map(\.text)
        try expect(try await store.found(Scope(namespace: all.namespace)), ids, "active")
        try expect(try await store.vectors.count(in: space, where: all), count, "count")
      }
    } + [
      Promise("Changes and vectors that race leave no vector of an old text") { open in
        let (store, other) = (try await open(), try await open())
        let all = try Samples.everything()
        try await store.fill([Samples.record("a")])
        for round in 0..<60 {
          let stored = try await store.records.list(where: all, after: nil, limit: 9)
          async let changing = other.patch { $0.text = "text \(round)" }
          async let writing: Void = store.upsert(stored)
          _ = try await (changing, writing)
          try expect(try await store.found(all), [], "round \(round)")
        }
      }
    ]
  }
}

extension RecordsWithVectors {
  /// Stores records, and vectors that all lie in one direction.
  fileprivate func fill(_ new: [Record]) async throws {
    try await apply(new.map(RecordChange.insert))
    try await upsert(new)
  }

  /// Stores vectors that were made from records as they are given.
  fileprivate func upsert(_ records: [Record]) async throws {
    try await vectors.upsert(
      records.map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: Samples.space())
  }

  @discardableResult
  fileprivate func apply(_ changes: [RecordChange]) async throws -> [Record] {
    try await records.apply(
      changes, in: Samples.everything().namespace, actor: nil, at: RecordStoreContract.time
    ).compactMap(\.self)
  }

  /// Changes the record "a"; returns what it is now.
  @discardableResult
  fileprivate func patch(_ change: (inout RecordPatch) -> Void) async throws -> [Record] {
    var patch = RecordPatch()
    change(&patch)
    return try await apply([.patch(RecordID("a"), patch)])
  }

  /// The ids of what a search finds.
  fileprivate func found(_ filter: Scope) async throws -> [String] {
    try await vectors.search(
      Samples.axis(0), in: Samples.space(), limit: 999, where: filter
    ).map(\.id.text)
  }
}
