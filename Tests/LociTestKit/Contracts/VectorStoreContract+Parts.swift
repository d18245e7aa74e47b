import LociCore

extension VectorStoreContract {
  /// Records that have several vectors in a space.
  static var parts: [Promise<any VectorStore>] {
    let space = Samples.space()
    return [
      Promise("Each part is replaced on its own, and goes with its record") { open in
        let store = try await open()
        let all = try Samples.everything()
        let entries = try (0..<3).map { try Samples.entry("a", Samples.axis($0), part: $0) }
        try await store.upsert(entries + [Samples.entry("b", Samples.axis(3))], in: space)
        let moved = try Samples.entry("a", Samples.axis(9), part: 1)
        try await store.upsert([Samples.entry("a", Samples.axis(8), part: 1), moved], in: space)
        for store in [store, try await open()] {
          let found = try await store.get(
            [RecordID("a")], namespace: all.namespace, in: space)
          try expect(Set(found), [entries[0], moved, entries[2]], "parts")
          let hashes = try await store.contentHashes(
            [RecordID("a")], namespace: all.namespace, in: space)
          try expect(hashes, [moved.id: moved.contentHash], "hashes")
        }
        let deleted = try await store.delete(
          [RecordID("a")], namespace: all.namespace, in: space)
        try expect(deleted, 3, "deleted")
        try expect(try await store.count(in: space, where: all), 1, "left")
      },
      Promise("A record is found once, by its best part, however many are nearer") { open in
        let store = try await open()
        let all = try Samples.everything()
        var entries = try (0..<60).map { try Samples.entry("long", Samples.axis(0), part: $0) }
        entries += try (0..<9).map { try Samples.entry("short\($0)", Samples.axis(1)) }
        entries.append(try Samples.entry("mixed", Samples.axis(2), part: 0))
        entries.append(try Samples.entry("mixed", Samples.axis(0), part: 1))
        try await store.upsert(entries, in: space)
        let ids = ["long", "mixed"] + (0..<9).map { "short\($0)" }
        for limit in [1, 2, 3, 11, 12, 100] {
          let found = try await store.search(
            Samples.axis(0), in: space, limit: limit, where: all)
          try expect(found.map(\.id.text), Array(ids.prefix(limit)), "at \(limit)")
        }
      },
      Promise("A page of a scan never ends within a record") { open in
        let store = try await open()
        let all = try Samples.everything()
        let entries = try ["a", "b", "c", "d"].flatMap { id in
          try (0..<3).map { try Samples.entry(id, Samples.axis($0), part: $0) }
        }
        try await store.upsert(entries, in: space)
        var (seen, last): ([VectorEntry], RecordID?) = ([], nil)
        while true {
          let page = try await store.scan(all.namespace, in: space, after: last, limit: 2)
          if page.isEmpty { break }
          seen += page
          last = page.last?.id
        }
        try expect(seen, entries, "entries")
      },
    ]
  }
}
