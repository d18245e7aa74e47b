import Foundation
import LociCore

extension RecordStoreContract {
  /// What moving from one store to another needs.
  static var moving: [Promise<any RecordStore>] {
    [
      Promise("A note is kept, and changes only for who knows what it was") { open in
        let store = try await open()
        try expect(try await store.note(.placement), nil, "at first")
        try await store.setNote(.placement, to: "a \"b\" é", replacing: nil)
        for store in [store, try await open()] {
          try expect(try await store.note(.placement), "a \"b\" é", "set")
          try await expect(.conflict) {
            try await store.setNote(.placement, to: "c", replacing: nil)
          }
          try await expect(.conflict) {
            try await store.setNote(.placement, to: nil, replacing: "c")
          }
        }
        try await store.setNote(.placement, to: nil, replacing: "a \"b\" é")
        try expect(try await store.note(.placement), nil, "removed")
        try expect(try await store.note(.seal), nil, "another one")
      },
      Promise("Of many who set a note at once, one wins") { open in
        let stores = [try await open(), try await open()]
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
          for task in 0..<8 {
            group.addTask {
              do {
                try await stores[task % 2].setNote(.placement, to: "\(task)", replacing: nil)
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
      Promise("A sealed store takes no change, and can be read and taken over into") { open in
        let store = try await open()
        let record = try Samples.record("a")
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        try await store.setNote(.seal, to: "postgres", replacing: nil)
        try await expect(.moved) {
          try await store.apply([.delete(record.id)], in: one(), actor: nil, at: time)
        }
        try await expect(.moved) {
          try await store.recordAccess(to: [record.id], namespace: one(), at: time)
        }
        try expect(try await store.get([record.id], namespace: one()), [record], "unchanged")
        let other = try Samples.record("b")
        try await store.takeOver(RecordTransfer(records: [other]))
        try expect(try await store.count(where: Samples.everything()), 2, "taken over")
        try await store.setNote(.seal, to: nil, replacing: "postgres")
        try await store.apply([.delete(record.id)], in: one(), actor: nil, at: time)
        try expect(try await store.get([record.id], namespace: one()), [], "open again")
      },
      Promise("What is taken over is as it was: records, counts, times and log") { open in
        let store = try await open()
        let full = try Record(
          id: RecordID("a"), namespace: one(), collection: .chunks, text: "zebra \0 喜歡",
          category: .fact, metadata: ["k\0": "v\0", "n": 1e300], author: "Zoë",
          source: .init(uri: "a/\0.md", heading: "One", lines: 1...2), status: .archived,
          importance: 1, confidence: 0.3, createdAt: Date(millisecondsSince1970: 5),
          updatedAt: Date(millisecondsSince1970: 6), lastAccessedAt: time, accessCount: 9)
        let log = [3, 7].map { sequence in
          LoggedChange(
            namespace: full.namespace,
            entry: AuditEntry(
              sequence: sequence, time: time, action: .add, record: full.id, actor: "me"))
        }
        let twin = try Samples.record("a", "another text", in: "two")
        for _ in 0..<2 {
          try await store.takeOver(RecordTransfer(records: [twin, full], log: log))
        }
        try expect(try await store.get([full.id], namespace: one()), [full], "record")
        try expect(
          try await store.get([twin.id], namespace: twin.namespace), [twin], "the other one")
        try expect(try await store.auditLog(after: 0, limit: 9), log, "log")
        try expect(try await store.auditLog(after: 3, limit: 9), [log[1]], "after 3")
        try expect(try await store.auditLog(after: 0, limit: 1), [log[0]], "limit")
        try await store.apply([.delete(full.id)], in: one(), actor: nil, at: time)
        let last = try await store.auditLog(after: 7, limit: 9)
        try expect(last.map(\.entry.action), [.delete], "goes on after the highest number")
      },
      Promise("Taking over replaces words as well, and erases what is named") { open in
        let store = try await open()
        let old = try Samples.record("a", "zebra")
        try await store.apply([.insert(old)], in: one(), actor: nil, at: time)
        let new = try Samples.record("a", "giraffe")
        try await store.takeOver(RecordTransfer(records: [new]))
        let all = try Samples.everything()
        try expect(try await store.search(words: "zebra", limit: 9, where: all), [], "old")
        try expect(
          try await store.search(words: "giraffe", limit: 9, where: all).map(\.id), [new.id], "new")
        try await store.takeOver(
          RecordTransfer(erased: [one(): [new.id, RecordID("none")], Namespace("two"): [new.id]]))
        try expect(try await store.count(where: all), 0, "erased")
        try expect(try await store.search(words: "giraffe", limit: 9, where: all), [], "its words")
        try expect(try await store.auditLog(after: 0, limit: 9).count, 1, "no line was added")
      },
    ]
  }
}
