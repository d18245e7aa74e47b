import Foundation
import LociCore

extension RecordStoreContract {
  /// The audit log as a chain.
  static var chain: [Promise<any RecordStore>] {
    [
      Promise("Each line carries the hash of the one before it in its namespace, and the record's")
      {
        open in
        let store = try await open()
        let (a, b) = (try Samples.record("a", "zebra"), try Samples.record("b"))
        let twin = try Samples.record("a", in: "two")
        try await store.apply([.insert(a), .insert(b)], in: one(), actor: "me", at: time)
        try await store.apply([.insert(twin)], in: twin.namespace, actor: nil, at: time)
        let text = patch { $0.text = "giraffe" }
        try await store.apply([.patch(a.id, text), .delete(b.id)], in: one(), actor: nil, at: time)
        try await store.apply([.upsert(b), .patch(b.id, text)], in: one(), actor: nil, at: time)
        try await store.recordAccess(to: [a.id], namespace: one(), at: time)
        for store in [store, try await open()] {
          let lines = try await store.auditLog(of: one(), after: .min, limit: 99)
          try expect(
            lines.map(\.action), [.add, .add, .update, .delete, .add, .update], "actions")
          try expect(
            lines, try await store.audit(one(), record: nil, limit: 99).reversed(), "audit")
          try check(lines, of: one())
          let other = try await store.auditLog(of: twin.namespace, after: .min, limit: 99)
          try check(other, of: twin.namespace)
          let page = try await store.auditLog(of: one(), after: lines[1].sequence, limit: 2)
          try expect(page, Array(lines[2...3]), "page")
          // What the newest lines say is what the records are, but for recalls.
          for record in try await store.get([a.id, b.id], namespace: one()) {
            let link = lines.last { $0.record == record.id }?.link
            try expect(
              link?.state, link.map { AuditChain.state(of: record, after: $0.previous) }, "state")
          }
          try expect(lines[3].link?.state, nil, "erased")
        }
      },
      Promise("A chain is taken over as it is, and goes on") { open in
        let (store, record) = (try await open(), try Samples.record("a"))
        var lines: [LoggedChange] = []
        var previous = ChainHash.start
        for (number, action) in [AuditEntry.Action.add, .update].enumerated() {
          var entry = AuditEntry(
            sequence: Int64(number + 5), time: time, action: action, record: record.id, actor: "me")
          entry.link = AuditChain.link(entry, in: try one(), record, after: previous)
          previous = entry.link?.hash ?? .start
          lines.append(LoggedChange(namespace: try one(), entry: entry))
        }
        try await store.takeOver(RecordTransfer(records: [record], log: lines))
        try expect(try await store.auditLog(after: 0, limit: 9), lines, "log")
        try await store.apply([.delete(record.id)], in: one(), actor: nil, at: time)
        let all = try await store.auditLog(of: one(), after: .min, limit: 9)
        try expect(all.count, 3, "lines")
        try check(all, of: one())
      },
      Promise("Of many who write at once, every line finds its place in the chain") { open in
        let stores = [try await open(), try await open()]
        try await withThrowingTaskGroup { group in
          for task in 0..<12 {
            group.addTask {
              let namespace = try Namespace(task % 3 == 0 ? "two" : "one")
              let record = try Samples.record("r\(task)", in: namespace.name)
              try await stores[task % 2].apply(
                [.insert(record), .patch(record.id, patch { $0.importance = 4 })], in: namespace,
                actor: nil, at: time)
            }
          }
          try await group.waitForAll()
        }
        for (name, count) in [("one", 16), ("two", 8)] {
          let lines = try await stores[0].auditLog(of: Namespace(name), after: .min, limit: 99)
          try expect(lines.count, count, name)
          try check(lines, of: Namespace(name))
        }
      },
    ]
  }

  private static func check(_ lines: [AuditEntry], of namespace: Namespace) throws {
    var previous = ChainHash.start
    for line in lines {
      guard let link = line.link else {
        throw BrokenPromise(description: "line \(line.sequence) has no link")
      }
      try expect(link.previous, previous, "the line before \(line.sequence)")
      try expect(link.hash, AuditChain.hash(of: line, in: namespace, link), "\(line.sequence)")
      previous = link.hash
    }
  }
}
