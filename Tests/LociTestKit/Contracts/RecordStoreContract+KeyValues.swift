import Foundation
import LociCore

extension RecordStoreContract {
  /// Values by key.
  static var keyValues: [Promise<any RecordStore>] {
    [
      Promise("A value is kept by namespace, shelf and key, and lists in the order of its bytes") {
        open in
        let store = try await open()
        let names = try ["b", "a", "e\u{301}", "\u{E9}", "喜"].map { try KeyName($0, in: one()) }
        let others = [
          try KeyName("a", on: .trust, in: one()), try KeyName("a", in: Namespace("two")),
        ]
        for (number, name) in (names + others).enumerated() {
          try await store.setKeyValue(name, to: "\(number)", at: time, expecting: .anything)
        }
        for store in [store, try await open()] {
          for (number, name) in (names + others).enumerated() {
            let found = try await store.keyValue(name)
            try expect(found, KeyValue(name, value: "\(number)", updatedAt: time), "\(name)")
          }
          var listed: [String] = []
          var last: String?
          while true {
            let page = try await store.keyValues(on: .values, in: one(), after: last, limit: 2)
            guard let end = page.last?.name.key else { break }
            listed += page.map(\.value)
            last = end
          }
          try expect(listed, ["1", "0", "2", "3", "4"], "order")
          var (all, cursor): ([KeyName], KeyName?) = ([], nil)
          while true {
            let page = try await store.allKeyValues(after: cursor, limit: 3)
            guard let end = page.last?.name else { break }
            all += page.map(\.name)
            cursor = end
          }
          try expect(all, (names + others).sorted(), "all")
        }
        try await store.setKeyValue(names[0], to: nil, at: time, expecting: .anything)
        try await store.setKeyValue(names[0], to: nil, at: time, expecting: .anything)
        try expect(try await store.keyValue(names[0]), nil, "erased")
        try expect(try await store.keyValue(others[0])?.value, "5", "another shelf")
        try expect(try await store.audit(one(), record: nil, limit: 9), [], "log")
      },
      Promise("A value is set only where it is what was expected; of many at once, one is") {
        open in
        let stores = [try await open(), try await open()]
        let name = try KeyName("count", in: one())
        let unfulfilled: [(String?, KeyExpectation)] = [
          ("1", .value("0")), (nil, .value("0")), ("1", .value("")),
        ]
        for (value, expectation) in unfulfilled {
          try await expect(.conflict) {
            try await stores[0].setKeyValue(name, to: value, at: time, expecting: expectation)
          }
        }
        try await stores[0].setKeyValue(name, to: nil, at: time, expecting: .absent)
        try await stores[0].setKeyValue(name, to: "0", at: time, expecting: .absent)
        for value in ["1", nil] {
          try await expect(.conflict) {
            try await stores[0].setKeyValue(name, to: value, at: time, expecting: .absent)
          }
        }
        try await withThrowingTaskGroup { group in
          for task in 0..<8 {
            group.addTask {
              let store = stores[task % 2]
              while true {
                let old = try await store.keyValue(name)?.value ?? ""
                do {
                  return try await store.setKeyValue(
                    name, to: "\((Int(old) ?? 0) + 1)", at: time, expecting: .value(old))
                } catch let error as LociError where error.code == .conflict {
                  continue
                }
              }
            }
          }
          try await group.waitForAll()
        }
        try expect(try await stores[1].keyValue(name)?.value, "8", "count")
        try await stores[0].setKeyValue(name, to: nil, at: time, expecting: .value("8"))
        try expect(try await stores[1].keyValue(name), nil, "erased")
      },
      Promise("Values move to another store, and a sealed one takes none") { open in
        let store = try await open()
        let (kept, gone) = (try KeyName("kept", in: one()), try KeyName("gone", in: one()))
        try await store.setKeyValue(gone, to: "1", at: time, expecting: .anything)
        var page = RecordTransfer()
        page.keyValues = [try KeyValue(kept, value: "[2]", updatedAt: time)]
        page.erasedKeys = [gone, try KeyName("unknown", in: one())]
        var notes = try await store.notes()
        let before = notes
        notes[.seal] = "elsewhere"
        try await store.setNotes(notes, replacing: before)
        try await store.takeOver(page)
        try expect(
          try await store.allKeyValues(after: nil, limit: 9), page.keyValues, "taken over")
        try await expect(.moved) {
          try await store.setKeyValue(gone, to: "1", at: time, expecting: .anything)
        }
      },
    ]
  }
}
