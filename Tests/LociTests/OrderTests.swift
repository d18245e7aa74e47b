import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Lists in an order") struct OrderTests {
  @Test("The newest first, in pages and one after the other; importance, and what has none last")
  func orders() async throws {
    let fixture = try await Fixture()
    let (ada, count) = (fixture.bot, 450)
    try await ada.remember(
      (0..<count).map { number in
        var memory = NewMemory("note \(number)", importance: number % 5 + 1)
        memory.createdAt = Date(timeIntervalSince1970: Double(number % 100))
        memory.position = number.isMultiple(of: 3) ? number : nil
        return memory
      })
    let first = try await ada.list(orderedBy: .newestFirst, limit: 10)
    let cursor = try #require(first.last.map { RecordCursor(after: $0, in: .newestFirst) })
    let coded = try JSONEncoder().encode(cursor)
    #expect(!String(decoding: coded, as: UTF8.self).contains("note"))
    let second = try await ada.list(
      orderedBy: .newestFirst, after: JSONDecoder().decode(RecordCursor.self, from: coded),
      limit: 10)
    var read: [Record] = []
    for try await record in ada.records(orderedBy: .newestFirst) { read.append(record) }
    #expect(Array(read.prefix(20)) == first + second)
    #expect(read.count == count && Set(read.map(\.id)).count == count)
    #expect(
      zip(read, read.dropFirst()).allSatisfy {
        ($1.createdAt, $0.id.text) < ($0.createdAt, $1.id.text)
      })
    let important = Filter(importance: 4...5)
    let ordered = try await ada.list(
      where: important, orderedBy: RecordOrder(by: .position, isDescending: true), limit: 500)
    #expect(ordered.count == 180 && ordered.first?.position == 444)
    #expect(ordered.suffix(120).allSatisfy { $0.position == nil })
  }
}

extension Filter {
  fileprivate init(importance: ClosedRange<Int>) {
    self.init()
    self.importance = importance
  }
}
