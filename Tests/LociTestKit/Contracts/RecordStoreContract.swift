import Foundation
package import LociCore

/// What every record store promises, whatever it is made of.
package enum RecordStoreContract {
  /// Every promise.
  package static var all: [Promise<any RecordStore>] {
    changing + context + preconditions + reading + words + joinedWords + tellingWords + scores
      + concurrency + moving + versions + ordering + keyValues + chain
  }

  static let time = Date(millisecondsSince1970: 1_750_000_000_123)

  static func one() throws -> Namespace { try Namespace("one") }

  private static var changing: [Promise<any RecordStore>] {
    [
      Promise("A record comes back as it was, also after a restart") { open in
        let full = try Record(
          id: RecordID("ä.b_c \"'%"), namespace: one(), collection: .chunks,
          text: "NUL \0, emoji 👩‍👩‍👧, العربية, e\u{301}, \r\n\t", category: .correction,
          metadata: [
            "s": "a\0b", "": true, "n": -0.1, "quo\"te": "\u{1}", "list": ["a\0", 1.5, true],
            "none": [],
          ],
          author: "Zoë \0", authorName: "Zoë Ø", audience: .trusting,
          source: .init(uri: "a b/\0.md", heading: "One › Two", lines: 3...9),
          whole: RecordID("it's a whole"), position: -7,
          occurredAt: Date(millisecondsSince1970: -1), validFrom: Date(millisecondsSince1970: 1),
          validUntil: Date(millisecondsSince1970: 2), knownFrom: Date(millisecondsSince1970: 3),
          knownUntil: Date(millisecondsSince1970: 4),
          status: .archived, importance: 5, confidence: 0.1,
          createdAt: Date(millisecondsSince1970: -5), updatedAt: time, lastAccessedAt: time,
          accessCount: 7)
        let bare = try Samples.record("bare")
        let store = try await open()
        let stored = try await store.apply(
          [.insert(full), .upsert(bare)], in: one(), actor: nil, at: time)
        try expect(stored, [full, bare], "answers")
        for store in [store, try await open()] {
          let found = try await store.get([bare.id, full.id, RecordID("no")], namespace: one())
          try expect(Set(found), [full, bare], "records")
          try expect(
            found.first { $0.id == full.id }.map { Array($0.text.utf8) }, Array(full.text.utf8),
            "bytes")
        }
      },
      Promise("A batch is all or nothing: one bad change undoes the others, words and log too") {
        open in
        let store = try await open()
        try await store.apply([.insert(Samples.record("old"))], in: one(), actor: nil, at: time)
        let good = RecordChange.insert(try Samples.record("new", "zebra"))
        let bad: [(LociError.Code, RecordChange)] = [
          (.conflict, .insert(try Samples.record("old"))),
          (.conflict, good),
          (.notFound, .patch(try RecordID("missing"), RecordPatch())),
          (.invalidArgument, .insert(try Samples.record("x", in: "two"))),
          (.invalidArgument, .patch(try RecordID("old"), patch { $0.importance = 9 })),
          (.invalidArgument, .patch(try RecordID("old"), patch { $0.text = " \n" })),
        ]
        for (code, change) in bad {
          try await expect(code) {
            try await store.apply([good, change], in: one(), actor: nil, at: time)
          }
        }
        try expect(try await store.count(where: Samples.everything()), 1, "records")
        try expect(
          try await store.search(words: "zebra", limit: 9, where: Samples.everything()), [],
          "words")
        try expect(try await store.audit(one(), record: nil, limit: 9).count, 1, "log")
      },
      Promise("A patch changes what it names, and the hash follows the text") { open in
        let store = try await open()
        let record = try Samples.record("a", "before", metadata: ["keep": 1, "drop": 2])
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        let patch = patch {
          $0.text = "after"
          $0.metadata = ["new": true]
          $0.removedMetadata = ["drop"]
          $0.status = .superseded
        }
        let answer = try await store.apply(
          [.patch(record.id, patch)], in: one(), actor: nil, at: time)
        let found = try await store.get([record.id], namespace: one())
        try expect(answer, found, "answer")
        try expect(found.first?.text, "after", "text")
        try expect(found.first?.contentHash, ContentHash(of: "after"), "hash")
        try expect(found.first?.metadata, ["keep": 1, "new": true], "metadata")
        try expect(found.first?.status, .superseded, "status")
        try expect(found.first?.createdAt, record.createdAt, "created")
        try expect(found.first?.updatedAt, time, "updated")
      },
      Promise("Upserting replaces, and keeps the creation time and the access count") { open in
        let store = try await open()
        let first = try Samples.record("a", "before")
        try await store.apply([.upsert(first)], in: one(), actor: nil, at: time)
        try await store.recordAccess(to: [first.id], namespace: one(), at: time)
        let second = try Record(
          id: first.id, namespace: one(), text: "after", importance: 5, createdAt: time)
        try await store.apply([.upsert(second)], in: one(), actor: nil, at: time)
        let found = try await store.get([first.id], namespace: one())
        try expect(found.count, 1, "records")
        try expect(found.first?.text, "after", "text")
        try expect(found.first?.importance, 5, "importance")
        try expect(found.first?.createdAt, first.createdAt, "created")
        try expect(found.first?.accessCount, 1, "accesses")
        try expect(found.first?.updatedAt, time, "updated")
      },
      Promise("Erasing leaves nothing but the log; an unknown id is no error") { open in
        let store = try await open()
        let record = try Samples.record("a", "zebra")
        let answers = try await store.apply(
          [.insert(record), .delete(record.id), .delete(RecordID("b"))], in: one(), actor: "me",
          at: time)
        try expect(answers, [record, nil, nil], "answers")
        try expect(try await store.get([record.id], namespace: one()), [], "record")
        try expect(
          try await store.search(words: "zebra", limit: 9, where: Samples.everything()), [],
          "words")
        let log = try await store.audit(one(), record: record.id, limit: 9)
        try expect(log.map(\.action), [.delete, .add], "log, newest first")
        try expect(log.map(\.actor), ["me", "me"], "actor")
        try expect(log.map(\.time), [time, time], "time")
        try expect(log.count == 2 && log[0].sequence > log[1].sequence, true, "order")
        try expect(try await store.audit(one(), record: nil, limit: 1), [log[0]], "limit")
      },
      Promise("An access is counted once an id and call, and is not in the log") { open in
        let store = try await open()
        let record = try Samples.record("a")
        try await store.apply([.insert(record)], in: one(), actor: nil, at: record.createdAt)
        for _ in 0..<2 {
          try await store.recordAccess(
            to: [record.id, record.id, RecordID("b")], namespace: one(), at: time)
        }
        try await store.recordAccess(to: [record.id], namespace: Namespace("two"), at: time)
        let found = try await store.get([record.id], namespace: one())
        try expect(found.first?.accessCount, 2, "accesses")
        try expect(found.first?.lastAccessedAt, time, "last")
        try expect(found.first?.updatedAt, record.updatedAt, "updated")
        try expect(try await store.audit(one(), record: nil, limit: 9).count, 1, "log")
      },
    ]
  }

  static func patch(_ change: (inout RecordPatch) -> Void) -> RecordPatch {
    var patch = RecordPatch()
    change(&patch)
    return patch
  }

  private static var reading: [Promise<any RecordStore>] {
    [
      Promise("A new store answers everything with nothing") { open in
        let store = try await open()
        let all = try Samples.everything()
        try expect(try await store.namespaces(), [], "namespaces")
        try expect(try await store.count(where: all), 0, "count")
        try expect(try await store.list(where: all, after: nil, limit: 9), [], "list")
        try expect(try await store.get([], namespace: one()), [], "get")
        try expect(try await store.sourceURIs(where: all), [], "sources")
        try expect(try await store.search(words: "a", limit: 9, where: all), [], "search")
        try expect(try await store.audit(one(), record: nil, limit: 9), [], "audit")
        try expect(
          try await store.apply([], in: one(), actor: nil, at: time), [], "no changes")
      },
      Promise("Namespaces never see each other, whatever is called") { open in
        let store = try await open()
        let record = try Samples.record("a", "zebra")
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        let (two, all) = (try Namespace("two"), try Samples.everything(in: "two"))
        try expect(try await store.get([record.id], namespace: two), [], "get")
        try expect(try await store.list(where: all, after: nil, limit: 9), [], "list")
        try expect(try await store.count(where: all), 0, "count")
        try expect(try await store.search(words: "zebra", limit: 9, where: all), [], "search")
        try expect(try await store.audit(two, record: record.id, limit: 9), [], "audit")
        try await store.apply([.delete(record.id)], in: two, actor: nil, at: time)
        try await expect(.notFound) {
          try await store.apply(
            [.patch(record.id, RecordPatch())], in: two, actor: nil, at: time)
        }
        try await store.apply(
          [.insert(Samples.record("a", in: "two"))], in: two, actor: nil, at: time)
        try expect(try await store.get([record.id], namespace: one()), [record], "the first")
        try expect(try await store.namespaces().sorted(), [one(), two], "namespaces")
      },
      Promise("A list pages in id order; sources are distinct and sorted") { open in
        let store = try await open()
        let names = ["b", "B", "a.b", "a_b", "é", "e\u{301}", "日本", "z"] + (0..<9).map { "n\($0)" }
        let records = try names.enumerated().map { index, name in
          var record = try Samples.record(name)
          record.source = .init(uri: "file\(index % 3)")
          return record
        }
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        var seen: [RecordID] = []
        while true {
          let page = try await store.list(where: Samples.everything(), after: seen.last, limit: 4)
          if page.isEmpty { break }
          seen += page.map(\.id)
        }
        try expect(seen, records.map(\.id).sorted(), "ids")
        try expect(
          try await store.sourceURIs(where: Samples.everything()), ["file0", "file1", "file2"],
          "sources")
      },
      Promise("Every filter gives what the filter itself says") { open in
        let store = try await open()
        var generator = SeededGenerator(seed: 21)
        let records = try (0..<150).map { index in
          try Samples.record("id\(index)", Samples.attributes(in: one(), using: &generator))
        }
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        for round in 0..<300 {
          let filter = Samples.filter(on: try one(), using: &generator)
          let expected = records.filter { filter.matches(VectorAttributes(of: $0)) }
            .map(\.id).sorted()
          let what = "round \(round), \(filter)"
          let listed = try await store.list(where: filter, after: nil, limit: 999)
          try expect(listed.map(\.id), expected, what)
          try expect(try await store.count(where: filter), expected.count, what)
          let found = try await store.search(words: "word", limit: 999, where: filter)
          try expect(found.map(\.id), expected, what)
        }
      },
      Promise("A text that is only normalised otherwise is another text, wherever it stands") {
        open in
        let store = try await open()
        let (old, new) = ("cafe\u{301}", "caf\u{E9}")
        let record = try Record(
          id: RecordID(old), namespace: one(), text: "word", metadata: [old: .string(old)],
          author: old, source: .init(uri: old, heading: old), createdAt: time)
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        try expect(try await store.get([RecordID(new)], namespace: one()), [], "other id")
        let change = patch {
          $0.source = .init(uri: new, heading: new)
          $0.metadata = [new: .string(new)]
        }
        for (patched, wanted) in [(false, old), (true, new)] {
          if patched {
            try await store.apply([.patch(record.id, change)], in: one(), actor: nil, at: time)
          }
          let found = try await store.get([record.id], namespace: one())
          let texts = found.flatMap { record -> [String?] in
            [record.source?.uri, record.source?.heading] + record.metadata.map(\.key)
          }
          try expect(
            texts.map { Array(($0 ?? "").utf8) }, Array(repeating: Array(wanted.utf8), count: 3),
            "texts")
          for text in [old, new] {
            let count = text.utf8.elementsEqual(wanted.utf8) ? 1 : 0
            var filter = try Samples.everything()
            filter.sourceURI = text
            try expect(try await store.count(where: filter), count, "by source")
            filter.sourceURI = nil
            filter.metadata = [MetadataCondition(text, .equal, .string(wanted))]
            try expect(try await store.count(where: filter), count, "by key")
            try expect(
              found.count { filter.matches(VectorAttributes(of: $0)) }, count, "the filter itself")
          }
        }
        // The words of what was there before must be gone as they came.
        try await store.apply([.delete(record.id)], in: one(), actor: nil, at: time)
        try expect(
          try await store.search(words: "word", limit: 9, where: Samples.everything()), [], "words")
      },
      Promise("A limit below 1 is refused") { open in
        let store = try await open()
        for limit in [0, -1, .min] {
          try await expect(.invalidArgument) {
            _ = try await store.list(where: Samples.everything(), after: nil, limit: limit)
          }
          try await expect(.invalidArgument) {
            _ = try await store.search(words: "a", limit: limit, where: Samples.everything())
          }
          try await expect(.invalidArgument) {
            _ = try await store.audit(one(), record: nil, limit: limit)
          }
        }
      },
    ]
  }

  private static var concurrency: [Promise<any RecordStore>] {
    [
      Promise("Many writers on two handles lose nothing") { open in
        let stores = [try await open(), try await open()]
        try await withThrowingTaskGroup { group in
          for writer in 0..<6 {
            group.addTask {
              for round in 0..<15 {
                let record = try Samples.record("w\(writer)-\(round)", "zebra \(round)")
                try await stores[writer % 2].apply(
                  [.insert(record)], in: one(), actor: nil, at: time)
              }
            }
          }
          try await group.waitForAll()
        }
        for store in stores {
          try expect(try await store.count(where: Samples.everything()), 90, "records")
          let found = try await store.search(
            words: "zebra", limit: 999, where: Samples.everything())
          try expect(found.count, 90, "words")
        }
        try expect(
          try await stores[0].audit(one(), record: nil, limit: 999).count, 90, "log")
      },
      Promise("Of many inserts of one id at once, one wins and the others are told") { open in
        let stores = [try await open(), try await open()]
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
          for task in 0..<8 {
            group.addTask {
              do {
                try await stores[task % 2].apply(
                  [.insert(Samples.record("a", "by \(task)"))], in: one(), actor: nil, at: time)
                return true
              } catch let error as LociError where error.code == .conflict {
                return false
              }
            }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try expect(wins, 1, "wins")
      },
      Promise("A batch of 5,000 is written and listed") { open in
        let store = try await open()
        let records = try (0..<5000).map { try Samples.record("id\($0)", "text \($0)") }
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        try expect(try await store.count(where: Samples.everything()), 5000, "count")
        let found = try await store.get(records.map(\.id), namespace: one())
        try expect(Set(found), Set(records), "records")
      },
    ]
  }
}
