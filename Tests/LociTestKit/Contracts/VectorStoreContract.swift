import Foundation
package import LociCore

/// What every vector store promises, whatever it is made of.
package enum VectorStoreContract {
  /// Every promise.
  package static var all: [Promise<any VectorStore>] {
    writing + parts + searching + badInput + bulk
  }

  private static let space = Samples.space()

  private static func id(_ text: String) throws -> RecordID { try RecordID(text) }

  private static var writing: [Promise<any VectorStore>] {
    [
      Promise("A new store has no spaces and answers everything with nothing") { open in
        let store = try await open()
        let all = try Samples.everything()
        try expect(try await store.spaces(), [], "spaces")
        try expect(try await store.count(in: space, where: all), 0, "count")
        try expect(
          try await store.search(Samples.axis(0), in: space, limit: 3, where: all), [], "search")
        try expect(
          try await store.scan(all.namespace, in: space, after: nil, limit: 3), [], "scan")
        try expect(
          try await store.get([id("a")], namespace: all.namespace, in: space), [], "get")
        try expect(
          try await store.delete([id("a")], namespace: all.namespace, in: space), 0, "deleted")
        try await store.ensure(space)
        try expect(
          try await store.search(Samples.axis(0), in: space, limit: 3, where: all), [], "search")
      },
      Promise("Ensuring a space from many tasks at once makes one space") { open in
        let store = try await open()
        try await withThrowingTaskGroup { group in
          for _ in 0..<8 { group.addTask { try await store.ensure(space) } }
          try await group.waitForAll()
        }
        try expect(try await store.spaces(), [space], "spaces")
      },
      Promise("An entry comes back bit by bit, also after a restart") { open in
        var generator = SeededGenerator(seed: 1)
        let entry = try Samples.entry("a", Samples.vector(using: &generator)) { attributes in
          attributes.collection = .chunks
          attributes.status = .archived
          attributes.category = .decision
          attributes.sourceURI = "folder/ä \0.md"
          attributes.metadata = [
            "s": "NUL \0 é", "n": 0.1, "b": false, "quo\"te": "", "list": ["a", 2, false],
          ]
          (attributes.audience, attributes.author) = (.trusting, "Zoë \0")
          (attributes.whole, attributes.position) = (try RecordID("it's"), -4)
          attributes.occurredAt = Date(millisecondsSince1970: -1)
          attributes.validFrom = Date(millisecondsSince1970: 0)
          attributes.validUntil = Date(millisecondsSince1970: 1)
          attributes.knownFrom = Date(millisecondsSince1970: 2)
          attributes.knownUntil = Date(millisecondsSince1970: 3)
          (attributes.importance, attributes.confidence) = (5, 0.1)
        }
        let store = try await open()
        try await store.upsert([entry], in: space)
        for store in [store, try await open()] {
          try expect(
            try await store.get([entry.id], namespace: entry.attributes.namespace, in: space),
            [entry], "entry")
          try expect(
            try await store.contentHashes(
              [entry.id, id("b")], namespace: entry.attributes.namespace, in: space),
            [entry.id: entry.contentHash], "hashes")
          try expect(try await store.spaces(), [space], "spaces")
        }
      },
      Promise("An entry says when its vector was made, and a later one when that was") { open in
        let store = try await open()
        for time in [1, 2, nil, 3] as [Int64?] {
          let entry = try Samples.entry(
            "a", Samples.axis(0), embeddedAt: time.map { Date(millisecondsSince1970: $0) })
          // Many at once go another way into some stores.
          let others = try (0..<100).map { try Samples.entry("\($0)", Samples.axis(1)) }
          try await store.upsert(time == 3 ? [entry] + others : [entry], in: space)
          let found = try await store.get(
            [entry.id], namespace: entry.attributes.namespace, in: space)
          try expect(found.map(\.embeddedAt), [entry.embeddedAt], "time")
        }
      },
      Promise("Upserting an id again replaces its entry; the last of two in a batch wins") { open in
        let store = try await open()
        let all = try Samples.everything()
        try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
        let last = try Samples.entry("a", Samples.axis(2)) { $0.status = .archived }
        try await store.upsert([Samples.entry("a", Samples.axis(1)), last], in: space)
        try expect(try await store.count(in: space, where: all), 1, "count")
        try expect(
          try await store.get([id("a")], namespace: all.namespace, in: space), [last], "entry")
        let matches = try await store.search(Samples.axis(2), in: space, limit: 9, where: all)
        try expect(
          matches, [VectorMatch(id: try id("a"), similarity: Similarity(1))], "matches")
      },
      Promise("Deleting says how many there were, and they are found no more") { open in
        let store = try await open()
        let all = try Samples.everything()
        try await store.upsert(
          ["a", "b", "c"].map { try Samples.entry($0, Samples.axis(0)) }, in: space)
        _ = try await store.search(Samples.axis(0), in: space, limit: 9, where: all)
        let deleted = try await store.delete(
          [id("a"), id("c"), id("x")], namespace: all.namespace, in: space)
        try expect(deleted, 2, "deleted")
        let left = try await store.search(Samples.axis(0), in: space, limit: 9, where: all)
        try expect(left.map(\.id), [try id("b")], "left")
        try expect(try await store.count(in: space, where: all), 1, "count")
        try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
        let again = try await store.search(Samples.axis(0), in: space, limit: 9, where: all)
        try expect(again.map(\.id), [try id("a"), try id("b")], "added again")
      },
      Promise("Namespaces never see each other, whatever is called") { open in
        let store = try await open()
        try await store.upsert([Samples.entry("a", Samples.axis(0), in: "one")], in: space)
        let other = try Samples.everything(in: "two")
        try expect(
          try await store.search(Samples.axis(0), in: space, limit: 9, where: other), [], "search")
        try expect(try await store.count(in: space, where: other), 0, "count")
        try expect(
          try await store.get([id("a")], namespace: other.namespace, in: space), [], "get")
        try expect(
          try await store.contentHashes([id("a")], namespace: other.namespace, in: space), [:],
          "hashes")
        try expect(
          try await store.scan(other.namespace, in: space, after: nil, limit: 9), [], "scan")
        try expect(
          try await store.delete([id("a")], namespace: other.namespace, in: space), 0, "deleted")
        try await store.upsert([Samples.entry("a", Samples.axis(1), in: "two")], in: space)
        let kept = try await store.search(
          Samples.axis(0), in: space, limit: 9, where: Samples.everything(in: "one"))
        try expect(kept.map(\.similarity), [Similarity(1)], "the other one's entry")
      },
      Promise("The namespaces of a space are those that hold entries") { open in
        let store = try await open()
        try expect(try await store.namespaces(in: space), [], "at first")
        for name in ["one", "two"] {
          try await store.upsert([Samples.entry("a", Samples.axis(0), in: name)], in: space)
        }
        try await store.ensure(Samples.space(model: "sister"))
        try expect(
          try await store.namespaces(in: space).sorted(), [Namespace("one"), Namespace("two")],
          "two")
        try expect(
          try await store.namespaces(in: Samples.space(model: "sister")), [], "another space")
        try await store.delete([id("a")], namespace: Namespace("one"), in: space)
        try expect(try await store.namespaces(in: space), [Namespace("two")], "one is left")
      },
      Promise("Spaces live side by side and are never mixed") { open in
        let store = try await open()
        let all = try Samples.everything()
        let sister = Samples.space(model: "sister")
        let wide = Samples.space(dimension: 24)
        try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
        try await store.upsert([Samples.entry("b", Samples.axis(0))], in: sister)
        try await store.upsert([Samples.entry("a", Samples.axis(20, dimension: 24))], in: wide)
        let found = try await store.search(Samples.axis(0), in: space, limit: 9, where: all)
        try expect(found.map(\.id), [try id("a")], "found")
        try await store.delete([id("a")], namespace: all.namespace, in: space)
        try expect(try await store.count(in: sister, where: all), 1, "sister")
        try expect(try await store.count(in: wide, where: all), 1, "wide")
        try expect(
          Set(try await store.spaces()), [space, sister, wide], "spaces")
      },
      Promise("Ids that differ in a dot, a case or an accent's form stay apart") { open in
        let store = try await open()
        let all = try Samples.everything()
        let names = ["a.b", "a_b", "a b", "A.B", "é", "e\u{301}", "%", "a'b", "\"", "日本"]
        try await store.upsert(
          names.map { try Samples.entry($0, Samples.axis(0)) }, in: space)
        let scanned = try await store.scan(all.namespace, in: space, after: nil, limit: 99)
        try expect(scanned.map(\.id), try names.map(id).sorted(), "ids in order")
        try await store.delete([id("a_b")], namespace: all.namespace, in: space)
        try expect(try await store.count(in: space, where: all), names.count - 1, "count")
      },
      Promise("A scan pages through a namespace in id order") { open in
        let store = try await open()
        let names = (0..<25).map { "id\($0 * 7 % 25)" }
        try await store.upsert(
          names.map { try Samples.entry($0, Samples.axis(0)) }, in: space)
        var seen: [RecordID] = []
        while true {
          let page = try await store.scan(
            Namespace("one"), in: space, after: seen.last, limit: 4)
          if page.isEmpty { break }
          seen += page.map(\.id)
        }
        try expect(seen, try names.map(id).sorted(), "ids")
      },
    ]
  }

  private static var searching: [Promise<any VectorStore>] {
    [
      Promise("Best first, as cosines, and ties by id, also where the limit cuts them") { open in
        let store = try await open()
        let all = try Samples.everything()
        var entries = try (0..<40).map { try Samples.entry("tie\(39 - $0)", Samples.axis(1)) }
        entries.append(try Samples.entry("best", Samples.axis(0)))
        entries.append(
          try Samples.entry(
            "worst", UnitVector(normalizing: Samples.axis(0).components.map { -$0 }))
        )
        try await store.upsert(entries, in: space)
        for limit in [1, 5, 41, 42, 1000] {
          let found = try await store.search(
            Samples.axis(0), in: space, limit: limit, where: all)
          let ties = try (0..<40).map { try id("tie\($0)") }.sorted()
          let expected = try [id("best")] + ties + [id("worst")]
          try expect(found.map(\.id), Array(expected.prefix(limit)), "order at \(limit)")
        }
        let found = try await store.search(Samples.axis(0), in: space, limit: 99, where: all)
        try expect(found.first?.similarity, Similarity(1), "best")
        try expect(found[1].similarity, Similarity(0), "right angle")
        try expect(found.last?.similarity, Similarity(-1), "worst")
      },
      Promise("Filters run before top-k: crowds of others never push a match out [12]") { open in
        let store = try await open()
        var entries = try (0..<500).map { index in
          try Samples.entry("crowd\(index)", Samples.axis(0)) { attributes in
            switch index % 4 {
            case 0: attributes.status = .superseded
            case 1: attributes.collection = .chunks
            case 2: attributes.metadata = ["lang": "de"]
            default: attributes.category = .fact
            }
          }
        }
        entries.append(
          try Samples.entry("wanted", Samples.axis(5)) { attributes in
            attributes.metadata = ["lang": "en"]
            attributes.category = .preference
          })
        try await store.upsert(entries, in: space)
        let filter = Scope(
          namespace: try Namespace("one"), collections: [.memories], categories: [.preference],
          metadata: [MetadataCondition("lang", .equal, "en")])
        let found = try await store.search(Samples.axis(0), in: space, limit: 1, where: filter)
        try expect(found.map(\.id), [try id("wanted")], "found")
      },
      Promise("Changed attributes count in the next search") { open in
        let store = try await open()
        let filter = Scope(namespace: try Namespace("one"))
        try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
        try expect(
          try await store.search(Samples.axis(0), in: space, limit: 1, where: filter).count, 1,
          "active")
        try await store.upsert(
          [Samples.entry("a", Samples.axis(0)) { $0.status = .forgotten }], in: space)
        try expect(
          try await store.search(Samples.axis(0), in: space, limit: 1, where: filter), [],
          "forgotten")
      },
      Promise("Another handle's writes are seen by the next search") { open in
        let (left, right) = (try await open(), try await open())
        let all = try Samples.everything()
        for round in 0..<6 {
          let writer = round.isMultiple(of: 2) ? left : right
          try await writer.upsert([Samples.entry("r\(round)", Samples.axis(round))], in: space)
          for reader in [left, right] {
            let found = try await reader.search(
              Samples.axis(round), in: space, limit: 1, where: all)
            try expect(found.map(\.id), [try id("r\(round)")], "round \(round)")
          }
        }
        try await left.delete([id("r5")], namespace: all.namespace, in: space)
        let found = try await right.search(Samples.axis(5), in: space, limit: 9, where: all)
        try expect(found.contains { $0.id.text == "r5" }, false, "deleted elsewhere")
      },
      Promise("Rebuilding and compacting change no answer") { open in
        let store = try await open()
        let all = try Samples.everything()
        var generator = SeededGenerator(seed: 3)
        try await store.upsert(
          (0..<200).map { try Samples.entry("\($0)", Samples.vector(using: &generator)) },
          in: space)
        let query = try Samples.vector(using: &generator)
        let before = try await store.search(query, in: space, limit: 20, where: all)
        try await store.rebuildIndex(in: space)
        try expect(
          try await store.search(query, in: space, limit: 20, where: all), before, "rebuilt")
        try await store.compact()
        try expect(
          try await store.search(query, in: space, limit: 20, where: all), before, "compacted")
      },
    ]
  }

  private static var badInput: [Promise<any VectorStore>] {
    [
      Promise("A wrong dimension is refused, and nothing of its batch is written") { open in
        let store = try await open()
        let batch = [
          try Samples.entry("a", Samples.axis(0)),
          try Samples.entry("b", Samples.axis(0, dimension: 8)),
        ]
        try await expect(.dimensionMismatch) { try await store.upsert(batch, in: space) }
        try expect(try await store.count(in: space, where: Samples.everything()), 0, "count")
        try await store.ensure(space)
        try await expect(.dimensionMismatch) {
          _ = try await store.search(
            Samples.axis(0, dimension: 8), in: space, limit: 1, where: Samples.everything())
        }
      },
      Promise("NaN, infinity and zero never become a vector [4] [5]") { _ in
        let bad: [[Float]] = [[.nan, 1], [.infinity, 1], [0, 0], [-.infinity, 0], []]
        for bad in bad {
          try await expect(.invalidVector) { _ = try UnitVector(normalizing: bad) }
        }
      },
      Promise("A limit below 1 is refused") { open in
        let store = try await open()
        let all = try Samples.everything()
        try await store.ensure(space)
        for limit in [0, -1, .min] {
          try await expect(.invalidArgument) {
            _ = try await store.search(Samples.axis(0), in: space, limit: limit, where: all)
          }
          try await expect(.invalidArgument) {
            _ = try await store.scan(all.namespace, in: space, after: nil, limit: limit)
          }
        }
      },
      Promise("Empty lists are no error [28]") { open in
        let store = try await open()
        let namespace = try Namespace("one")
        try await store.upsert([], in: space)
        try expect(try await store.delete([], namespace: namespace, in: space), 0, "deleted")
        try expect(try await store.get([], namespace: namespace, in: space), [], "got")
        try expect(
          try await store.contentHashes([], namespace: namespace, in: space), [:], "hashes")
      },
    ]
  }

  private static var bulk: [Promise<any VectorStore>] {
    [
      Promise("A batch of more than 10,000 is written, counted, read and searched") { open in
        let store = try await open()
        let count = 10_050
        let all = try Samples.everything()
        var generator = SeededGenerator(seed: 4)
        let entries = try (0..<count).map {
          try Samples.entry("id\($0)", Samples.vector(using: &generator))
        }
        try await store.upsert(entries, in: space)
        try expect(try await store.count(in: space, where: all), count, "count")
        let ids = entries.map(\.id)
        let hashes = try await store.contentHashes(ids, namespace: all.namespace, in: space)
        try expect(hashes.count, count, "hashes")
        let found = try await store.search(
          entries[777].vector, in: space, limit: 1, where: all)
        try expect(found.map(\.id), [entries[777].id], "found")
        try expect(
          try await store.search(entries[0].vector, in: space, limit: 20_000, where: all).count,
          count, "everything")
        let deleted = try await store.delete(ids, namespace: all.namespace, in: space)
        try expect(deleted, count, "deleted")
        try expect(
          try await store.search(entries[0].vector, in: space, limit: 9, where: all), [], "gone")
      },
      Promise("A large batch adds what is new and replaces what is not; the last of two wins") {
        open in
        let store = try await open()
        let all = try Samples.everything()
        func entries(_ numbers: Range<Int>, _ axis: Int) throws -> [VectorEntry] {
          try numbers.map { try Samples.entry("id\($0)", Samples.axis(axis)) }
        }
        try await store.upsert(entries(0..<300, 0), in: space)
        try await store.upsert(entries(200..<500, 1) + entries(400..<500, 2), in: space)
        try expect(try await store.count(in: space, where: all), 500, "count")
        for (axis, numbers) in [0..<200, 200..<400, 400..<500].enumerated() {
          let found = try await store.search(
            Samples.axis(axis), in: space, limit: numbers.count, where: all)
          try expect(Set(found.map(\.id.text)), Set(numbers.map { "id\($0)" }), "of axis \(axis)")
        }
      },
      Promise("Many writers and readers at once lose nothing and see no half batch") { open in
        let all = try Samples.everything()
        let stores = [try await open(), try await open()]
        try await withThrowingTaskGroup { group in
          for writer in 0..<4 {
            group.addTask {
              for round in 0..<10 {
                let batch = try (0..<5).map {
                  try Samples.entry("w\(writer)-\(round)-\($0)", Samples.axis(writer))
                }
                try await stores[writer % 2].upsert(batch, in: space)
              }
            }
          }
          for reader in 0..<4 {
            group.addTask {
              for _ in 0..<20 {
                let found = try await stores[reader % 2].search(
                  Samples.axis(reader), in: space, limit: 1000, where: all)
                try expect(found.count % 5, 0, "entries of a half batch")
              }
            }
          }
          try await group.waitForAll()
        }
        try expect(try await stores[0].count(in: space, where: all), 200, "count")
        try expect(
          try await stores[1].search(Samples.axis(0), in: space, limit: 999, where: all).count,
          200, "found")
      },
      Promise("A random run answers like the exact store") { open in
        try await VectorStoreDifferential.run(seed: 11, steps: 150, open)
      },
    ]
  }
}
