import Foundation
import LociCore

extension RecordStoreContract {
  /// Whom records are for, where they belong, and when they hold.
  static var context: [Promise<any RecordStore>] {
    [
      Promise("A patch clears each field that a record may do without, and sets it") { open in
        let store = try await open()
        let full = try Record(
          id: RecordID("a"), namespace: one(), text: "text", category: .fact, author: "ada",
          authorName: "Ada", audience: .trusting, source: .init(uri: "a.md"),
          whole: RecordID("w"), position: 1, occurredAt: time, validFrom: time,
          validUntil: time + 1, knownFrom: time, knownUntil: time + 1, createdAt: time)
        try await store.apply([.insert(full)], in: one(), actor: nil, at: time)
        let clearing = patch { $0.cleared = Set(RecordPatch.OptionalField.allCases) }
        let bare = try Record(
          id: full.id, namespace: one(), text: "text", audience: .trusting, createdAt: time)
        try await store.apply([.patch(full.id, clearing)], in: one(), actor: nil, at: time)
        try expect(try await store.get([full.id], namespace: one()), [bare], "cleared")
        var setting = RecordPatch()
        setting.cleared = [.category]
        (setting.category, setting.author, setting.authorName) = (.fact, "ada", "Ada")
        (setting.source, setting.whole, setting.position) = (full.source, full.whole, 1)
        (setting.occurredAt, setting.validFrom, setting.knownFrom) = (time, time, time)
        (setting.validUntil, setting.knownUntil) = (time + 1, time + 1)
        try await store.apply([.patch(full.id, setting)], in: one(), actor: nil, at: time)
        try expect(try await store.get([full.id], namespace: one()), [full], "set")
        try await expect(.invalidArgument) {
          let backwards = patch { $0.validUntil = time - 1 }
          try await store.apply([.patch(full.id, backwards)], in: one(), actor: nil, at: time)
        }
      },
      Promise("Sharing with trust is one filter, in lists, counts and searches") { open in
        let store = try await open()
        let records = try ["ada", "bob", "eve"].flatMap { (author: String) -> [Record] in
          try Record.Audience.allCases.map { audience in
            try Record(
              id: RecordID("\(author)-\(audience.rawValue)"), namespace: one(), text: "word",
              author: author, audience: audience, createdAt: time)
          }
        }
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        var filter = try Samples.everything()
        filter.reader = Filter.Reader("ada", trusting: ["bob"])
        let seen = [
          "ada-author", "ada-everyone", "ada-trusting", "bob-everyone", "bob-trusting",
          "eve-everyone",
        ]
        let listed = try await store.list(where: filter, after: nil, limit: 99)
        try expect(listed.map(\.id.text), seen, "listed")
        try expect(try await store.count(where: filter), seen.count, "count")
        let found = try await store.search(words: "word", limit: 99, where: filter)
        try expect(found.map(\.id.text), seen, "found")
        filter.authors = ["bob", "eve"]
        let others = try await store.list(where: filter, after: nil, limit: 99)
        try expect(
          others.map(\.id.text), ["bob-everyone", "bob-trusting", "eve-everyone"], "by authors")
        let shared = RecordPatch.sharing(.everyone)
        try await store.apply(
          [.patch(RecordID("eve-author"), shared)], in: one(), actor: "eve", at: time)
        try expect(try await store.count(where: filter), 4, "once more is shared")
      },
      Promise("What was so at a time, as it was known then") { open in
        let store = try await open()
        func at(_ milliseconds: Int64) -> Date { Date(millisecondsSince1970: milliseconds) }
        var (old, new) = (try Samples.record("old"), try Samples.record("new"))
        (old.validFrom, old.validUntil, old.status) = (at(10), at(20), .superseded)
        (new.validFrom, new.knownFrom) = (at(20), at(25))
        var hidden = try Samples.record("hidden")
        (hidden.status, hidden.knownFrom) = (.forgotten, at(0))
        old.knownFrom = at(10)
        try await store.apply(
          [old, new, hidden].map(RecordChange.insert), in: one(), actor: nil, at: time)
        let all = Scope(namespace: try one())
        for (valid, known, expected) in [
          (9, 30, []), (10, 30, ["old"]), (19, 30, ["old"]), (20, 30, ["new"]), (20, 24, []),
          (99, 99, ["new"]), (15, 9, []),
        ] as [(Int64, Int64, [String])] {
          let filter = all.asOf(at(valid), known: at(known))
          let found = try await store.list(where: filter, after: nil, limit: 9)
          try expect(found.map(\.id.text), expected, "valid at \(valid), known at \(known)")
        }
      },
      Promise("A log may tell of what only another version does") { open in
        let store = try await open()
        let entry = AuditEntry(
          sequence: 5, time: time, action: try AuditEntry.Action("consolidate"),
          record: try RecordID("a"), actor: nil)
        let line = LoggedChange(namespace: try one(), entry: entry)
        try await store.takeOver(RecordTransfer(log: [line]))
        try expect(try await store.audit(one(), record: nil, limit: 9), [entry], "audit")
        try expect(try await store.auditLog(after: 0, limit: 9), [line], "log")
      },
    ]
  }
}

extension RecordPatch {
  fileprivate static func sharing(_ audience: Record.Audience) -> RecordPatch {
    var patch = RecordPatch()
    patch.audience = audience
    return patch
  }
}
