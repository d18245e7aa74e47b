import Foundation
import LociCore

extension RecordStoreContract {
  /// What must hold for changes to be applied.
  static var preconditions: [Promise<any RecordStore>] {
    [
      Promise("Where a precondition does not hold, nothing is changed; where all do, all is") {
        open in
        let store = try await open()
        var record = try Samples.record("a")
        record.author = "Zoe\u{308}"
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        let (id, missing) = (record.id, try RecordID("missing"))
        let all = Filter(statuses: nil)
        // What another namespace holds does not count.
        try await store.apply(
          (0..<3).map { .insert(try Samples.record("r\($0)", in: "two")) },
          in: Namespace("two"), actor: nil, at: time)
        let unfulfilled: [(LociError.Code, Precondition)] = [
          (.conflict, .fewer(than: 1, passing: all)),
          (.conflict, .contentHash(of: id, is: ContentHash(of: "another text"))),
          (.conflict, .unchanged(edited(record))),
          (.notFound, .unchanged(try Samples.record("missing"))),
          (.forbidden, .author(of: id, is: "Zo\u{EB}")),
          (.notFound, .author(of: missing, is: "ada")),
          (.notFound, .contentHash(of: missing, is: record.contentHash)),
        ]
        let fulfilled: [Precondition] = [
          .author(of: id, is: "Zoe\u{308}"), .contentHash(of: id, is: record.contentHash),
          .fewer(than: 2, passing: all), .unchanged(recalled(record)),
        ]
        let change = RecordChange.insert(try Samples.record("b", "zebra"))
        for (code, precondition) in unfulfilled {
          try await expect(code) {
            try await store.apply(
              [change], in: one(), actor: nil, at: time, requiring: fulfilled + [precondition])
          }
        }
        try expect(try await store.count(where: Samples.everything()), 1, "unchanged")
        try expect(try await store.audit(one(), record: nil, limit: 9).count, 1, "log")
        try await store.apply([change], in: one(), actor: nil, at: time, requiring: fulfilled)
        try expect(try await store.count(where: Samples.everything()), 2, "changed")
      },
      Promise("Of many who add at once under a cap, as many come in as it lets") { open in
        let stores = [try await open(), try await open()]
        var filter = Scope(namespace: try one())
        filter.authors = ["ada"]
        let cap = Precondition.fewer(than: 5, passing: filter.filter)
        let added = try await withThrowingTaskGroup(of: Bool.self) { group in
          for task in 0..<12 {
            group.addTask {
              var record = try Samples.record("r\(task)")
              record.author = "ada"
              return try await unlessConflicting {
                try await stores[task % 2].apply(
                  [.insert(record)], in: one(), actor: nil, at: time, requiring: [cap])
              }
            }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try expect(added, 5, "added")
        try expect(try await stores[0].count(where: filter), 5, "count")
      },
      Promise("Many who read, change and write at once by the hash keep every change") { open in
        let stores = [try await open(), try await open()]
        let id = try RecordID("a")
        try await stores[0].apply(
          [.insert(Samples.record("a", "start"))], in: one(), actor: nil, at: time)
        try await withThrowingTaskGroup { group in
          for task in 0..<8 {
            group.addTask {
              let store = stores[task % 2]
              var isDone = false
              while !isDone {
                guard let now = try await store.get([id], namespace: one()).first else { return }
                let next = patch { $0.text = "\(now.text) \(task)" }
                isDone = try await unlessConflicting {
                  try await store.apply(
                    [.patch(id, next)], in: one(), actor: nil, at: time,
                    requiring: [.contentHash(of: id, is: now.contentHash)])
                }
              }
            }
          }
          try await group.waitForAll()
        }
        let text = try await stores[1].get([id], namespace: one()).first?.text ?? ""
        try expect(
          text.split(separator: " ").map(String.init).sorted(),
          (0..<8).map { "\($0)" } + ["start"], "changes")
      },
    ]
  }

  private static func edited(_ record: Record) -> Record {
    var record = record
    record.metadata["edited"] = true
    return record
  }

  /// A recall is no change.
  private static func recalled(_ record: Record) -> Record {
    var record = record
    record.accessCount += 1
    record.lastAccessedAt = record.createdAt
    return record
  }

  private static func unlessConflicting(
    _ work: () async throws -> Void
  ) async throws -> Bool {
    do {
      try await work()
      return true
    } catch let error as LociError where error.code == .conflict {
      return false
    }
  }
}
