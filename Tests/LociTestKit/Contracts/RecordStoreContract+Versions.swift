import Foundation
import LociCore

extension RecordStoreContract {
  /// What is left of a text that another one took the place of.
  static var versions: [Promise<any RecordStore>] {
    [
      Promise("A changed text is kept with its time and who changed it; another field keeps none") {
        open in
        let store = try await open()
        let record = try Samples.record("a", "one \0")
        try await store.apply([.insert(record)], in: one(), actor: "ada", at: later(0))
        try await store.apply(
          [
            .patch(record.id, patch { $0.importance = 5 }),
            .patch(record.id, patch { $0.text = "one \0" }), .upsert(record),
          ], in: one(), actor: "bob", at: later(1))
        try expect(try await store.texts(of: "a"), [], "the same text")
        try await store.apply(
          [
            .patch(record.id, patch { $0.text = "cafe\u{301}" }),
            .patch(record.id, patch { $0.text = "caf\u{E9}" }),
          ], in: one(), actor: "bob", at: later(2))
        try await store.apply(
          [.upsert(Samples.record("a", "four"))], in: one(), actor: nil, at: later(3))
        for store in [store, try await open()] {
          let found = try await store.versions(of: [record.id], in: one())
          try expect(
            found.map { Array($0.text.utf8) },
            ["one \0", "cafe\u{301}", "caf\u{E9}"].map { Array($0.utf8) }, "texts")
          try expect(found.map(\.number), [1, 2, 3], "numbers")
          try expect(found.map(\.actor), ["bob", "bob", nil], "actors")
          try expect(
            found.map(\.knownFrom), [record.createdAt, later(2), later(2)], "since when")
          try expect(found.map(\.knownUntil), [later(2), later(2), later(3)], "until when")
        }
      },
      Promise("Erasing a record erases its versions, and one of the same id begins anew") { open in
        let store = try await open()
        let ids = try ["a", "b", "c"].map { try RecordID($0) }
        for text in ["one", "two"] {
          try await store.apply(
            ids.map { .upsert(try Samples.record($0.text, text)) }, in: one(), actor: nil,
            at: later(1))
        }
        try expect(try await store.texts(of: "a", "b", "c"), ["one", "one", "one"], "before")
        try await store.apply(
          [
            .delete(ids[0]),
            .delete(ids[1]), .insert(Samples.record("b", "new")),
            .patch(ids[1], patch { $0.text = "newer" }),
          ], in: one(), actor: nil, at: later(2))
        try expect(try await store.texts(of: "a", "b", "c"), ["new", "one"], "after")
        try await store.apply(
          [.insert(Samples.record("a", "again"))], in: one(), actor: nil, at: later(3))
        try expect(try await store.texts(of: "a"), [], "the same id")
      },
      Promise("What fails keeps no version, and another namespace has its own") { open in
        let store = try await open()
        let two = try Namespace("two")
        for namespace in ["one", "two"] {
          try await store.apply(
            [.insert(Samples.record("a", "text", in: namespace))], in: Namespace(namespace),
            actor: nil, at: later(0))
        }
        let id = try RecordID("a")
        try await expect(.notFound) {
          try await store.apply(
            [
              .patch(id, patch { $0.text = "lost" }), .patch(RecordID("no"), RecordPatch()),
            ], in: one(), actor: nil, at: later(1))
        }
        try await store.apply(
          [.patch(id, patch { $0.text = "kept" })], in: two, actor: nil, at: later(1))
        try expect(try await store.texts(of: "a"), [], "one")
        try expect(try await store.versions(of: [id], in: two).map(\.text), ["text"], "two")
        try expect(try await store.versions(of: [], in: two), [], "of none")
      },
      Promise("Records as they were known have the text of that time") { open in
        let store = try await open()
        let id = try RecordID("a")
        for (step, text) in ["one", "two", "two", "three"].enumerated() {
          try await store.apply(
            [.upsert(Record(id: id, namespace: one(), text: text, createdAt: later(0)))],
            in: one(), actor: nil, at: later(step * 10))
        }
        let now = try await store.get([id], namespace: one())
        let wanted = [
          (-5, "one"), (0, "one"), (9, "one"), (10, "two"), (25, "two"), (30, "three"),
        ]
        for (step, text) in wanted {
          let then = try await store.texts(of: now, in: one(), knownAt: later(step))
          try expect(then.map(\.text), [text], "at \(step)")
          try expect(then.map(\.contentHash), [ContentHash(of: text)], "its hash")
          try expect(then.map(\.updatedAt), now.map(\.updatedAt), "the rest")
        }
        try expect(try await store.texts(of: now, in: one(), knownAt: nil), now, "now")
      },
      Promise("A takeover takes versions as they are, all of a record's or none") { open in
        let store = try await open()
        var record = try Samples.record("a", "mine")
        for text in ["mine", "mine too"] {
          record.text = text
          try await store.apply([.upsert(record)], in: one(), actor: nil, at: later(1))
        }
        let taken = try ["theirs", "theirs \0 too"].enumerated().map { index, text in
          RecordVersion(
            namespace: try one(), id: record.id, number: index + 1, text: text,
            knownFrom: later(index), knownUntil: later(index + 1), actor: "Zo\u{EB}")
        }
        record.text = "now"
        try await store.takeOver(RecordTransfer(records: [record], versions: taken))
        try expect(try await store.versions(of: [record.id], in: one()), taken, "taken over")
        try await store.apply(
          [.patch(record.id, patch { $0.text = "then" })], in: one(), actor: nil, at: later(9))
        let found = try await store.versions(of: [record.id], in: one())
        try expect(found.map(\.number), [1, 2, 3], "numbered on")
        try expect(found.last?.knownFrom, later(2), "known since the last one ended")
        try await store.takeOver(RecordTransfer(records: [record]))
        try expect(try await store.texts(of: "a"), [], "a record without")
        try await store.takeOver(RecordTransfer(records: [record], versions: taken))
        try await store.takeOver(RecordTransfer(erased: [one(): [record.id]]))
        try expect(try await store.texts(of: "a"), [], "erased")
      },
      Promise("Of texts that many write at once, each is kept but the last") { open in
        let stores = [try await open(), try await open()]
        let id = try RecordID("a")
        try await stores[0].apply(
          [.insert(Samples.record("a", "start"))], in: one(), actor: nil, at: later(0))
        try await withThrowingTaskGroup { group in
          for writer in 0..<4 {
            group.addTask {
              for round in 0..<5 {
                try await stores[writer % 2].apply(
                  [.patch(id, patch { $0.text = "\(writer) \(round)" })], in: one(),
                  actor: "\(writer)", at: later(round))
              }
            }
          }
          try await group.waitForAll()
        }
        let last = try await stores[0].get([id], namespace: one()).map(\.text)
        let kept = try await stores[1].versions(of: [id], in: one())
        try expect(kept.map(\.number), Array(1...20), "numbers")
        try expect(Set(kept.map(\.text) + last).count, 21, "texts")
        try expect(
          zip(kept, kept.dropFirst()).allSatisfy { $0.knownUntil == $1.knownFrom }, true, "times")
      },
    ]
  }

  private static func later(_ milliseconds: Int) -> Date {
    Date(millisecondsSince1970: time.millisecondsSince1970 + Int64(milliseconds))
  }
}

extension RecordStore {
  /// The texts of the versions of records of the namespace `one`.
  fileprivate func texts(of ids: String...) async throws -> [String] {
    try await versions(of: ids.map { try RecordID($0) }, in: Namespace("one")).map(\.text)
  }
}
