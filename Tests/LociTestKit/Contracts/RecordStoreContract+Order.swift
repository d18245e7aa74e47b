import Foundation
import LociCore

extension RecordStoreContract {
  /// Listings by an attribute.
  static var ordering: [Promise<any RecordStore>] {
    [
      Promise("A list by any attribute, page by page, is what sorting gives; no value comes last") {
        open in
        let store = try await open()
        var generator = SeededGenerator(seed: 44)
        let records = try (0..<60).map { index in
          try Samples.record(
            "id\(index % 7)-\(index)", Samples.attributes(in: one(), using: &generator))
        }
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        try await store.apply(
          [.insert(Samples.record("foreign", in: "two"))], in: Namespace("two"), actor: nil,
          at: time)
        for attribute in Attribute.allCases {
          for isDescending in [false, true] {
            let order = RecordOrder(by: attribute, isDescending: isDescending)
            let everything = try await store.pages(of: Filter(statuses: nil), order, size: 13)
            try expect(
              everything.map(\.id), sorted(records, order).map(\.id), "\(order)")
            let filter = Samples.filter(on: try one(), using: &generator)
            let passing = records.filter { filter.matches(VectorAttributes(of: $0)) }
            let found = try await store.pages(of: filter.filter, order, size: 5)
            try expect(found.map(\.id), sorted(passing, order).map(\.id), "\(order), \(filter)")
          }
        }
      },
      Promise("Pages in an order miss nothing and repeat nothing while others come and go") {
        open in
        let stores = [try await open(), try await open()]
        func record(_ number: Int) throws -> Record {
          try Record(
            id: RecordID("r\(number)"), namespace: one(), text: "text \(number)",
            createdAt: Date(millisecondsSince1970: Int64(number * 7919 % 101)))
        }
        let lasting = try (0..<40).map(record)
        try await stores[0].apply(lasting.map(RecordChange.insert), in: one(), actor: nil, at: time)
        var (seen, cursor, next): ([Record], RecordCursor?, Int) = ([], nil, 1000)
        while true {
          let page = try await stores[0].list(
            in: one(), where: Filter(), orderedBy: .newestFirst, after: cursor, limit: 3)
          guard let last = page.last else { break }
          seen += page
          cursor = RecordCursor(after: last, in: .newestFirst)
          // What the cursor names may be gone by the next page.
          let coming = try (0..<5).map { try record(next + $0) }
          let going = page.filter { $0.id.text.count > 4 }.map { RecordChange.delete($0.id) }
          try await stores[1].apply(
            coming.map(RecordChange.insert) + going, in: one(), actor: nil, at: time)
          next += 5
          if next > 1100 { break }
        }
        while let last = seen.last {
          let page = try await stores[0].list(
            in: one(), where: Filter(), orderedBy: .newestFirst,
            after: RecordCursor(after: last, in: .newestFirst), limit: 50)
          if page.isEmpty { break }
          seen += page
        }
        let ids = seen.map(\.id)
        try expect(Set(ids).count, ids.count, "repeated")
        try expect(Set(lasting.map(\.id)).subtracting(ids), [], "missed")
        try expect(ids, sorted(seen, .newestFirst).map(\.id), "in order")
      },
      Promise("A cursor of another kind of order is refused, and a limit below 1") { open in
        let store = try await open()
        let cursor = RecordCursor(after: try Samples.record("a"), in: .newestFirst)
        try await expect(.invalidArgument) {
          _ = try await store.list(
            in: one(), where: Filter(), orderedBy: RecordOrder(by: .author), after: cursor, limit: 3
          )
        }
        try await expect(.invalidArgument) {
          _ = try await store.list(
            in: one(), where: Filter(), orderedBy: .newestFirst, after: nil, limit: 0)
        }
        try expect(
          try await store.list(
            in: one(), where: Filter(), orderedBy: .newestFirst, after: cursor, limit: 3), [],
          "an empty store")
      },
    ]
  }

  /// What an order says, as a plain sort: those with a value, then those without; ties by id.
  private static func sorted(_ records: [Record], _ order: RecordOrder) -> [Record] {
    func value(_ record: Record) -> AttributeValue? {
      VectorAttributes(of: record)[order.attribute]
    }
    func isLess(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
      switch (left, right) {
      case (.text(let left), .text(let right)):
        Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
      case (.integer(let left), .integer(let right)): left < right
      case (.real(let left), .real(let right)): left < right
      default: false
      }
    }
    let byID = records.sorted { $0.id < $1.id }
    let valued = byID.filter { value($0) != nil }.enumerated().sorted { left, right in
      let (first, second) = (value(left.element), value(right.element))
      if isLess(first, second) { return !order.isDescending }
      if isLess(second, first) { return order.isDescending }
      return left.offset < right.offset
    }
    return valued.map(\.element) + byID.filter { value($0) == nil }
  }
}

extension RecordStore {
  /// All pages of the namespace `one` that a filter lets pass.
  fileprivate func pages(
    of filter: Filter, _ order: RecordOrder, size: Int
  ) async throws -> [Record] {
    var records: [Record] = []
    while true {
      let page = try await list(
        in: Namespace("one"), where: filter, orderedBy: order,
        after: records.last.map { RecordCursor(after: $0, in: order) }, limit: size)
      if page.isEmpty { return records }
      records += page
    }
  }
}
