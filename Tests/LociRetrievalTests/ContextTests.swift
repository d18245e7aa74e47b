import Foundation
import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// Wholes, neighbours, and answers that do not change with the limit.
@Suite("Recall in context") struct ContextTests {
  private let searched: SearchedRecords

  init() throws { searched = try SearchedRecords() }

  private func remember(
    _ id: String, _ text: String, in whole: String? = nil, at position: Int? = nil,
    isEmbedded: Bool = true
  ) async throws {
    try await searched.remember(id, text, in: whole, at: position, isEmbedded: isEmbedded)
  }

  private func recall(
    _ text: String, _ mode: RecallMode = .hybrid, limit: Int = 10, unit: RecallUnit = .piece,
    around: Int = 0, where filter: Filter = Filter()
  ) async throws -> Recall {
    try await searched.recall(
      text, mode, limit: limit, unit: unit, around: around, where: filter)
  }

  private func fill(_ count: Int, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let words = ["tea", "green", "cup", "rain", "10.2.0.1", "long-term", "milk", "what", "harbour"]
    for number in 0..<count {
      let text = (0..<Int.random(in: 1...7, using: &generator))
        .compactMap { _ in words.randomElement(using: &generator) }.joined(separator: " ")
      let isPart = number % 3 != 0
      try await remember(
        "r\(number)", text, in: isPart ? "w\(number / 12)" : nil, at: isPart ? number : nil,
        isEmbedded: number % 5 != 0)
    }
  }

  @Test("The first hits are the same for every limit", arguments: 0..<4 as Range<UInt64>)
  func limits(seed: UInt64) async throws {
    try await fill(400, seed: seed)
    for question in ["green tea", "what runs on 10.2.0.1?", "a long-term cup of milk", "snow"] {
      for mode in RecallMode.allCases {
        for unit in RecallUnit.allCases {
          let all = try await recall(question, mode, limit: 10_000, unit: unit).hits
          let values = all.map(\.relevance.value)
          #expect(values == values.sorted(by: >), "\(question), \(mode), \(unit)")
          #expect(Set(all.map(\.id)).count == all.count)
          for limit in [1, 5, 10, 50, 61, 200] {
            let some = try await recall(question, mode, limit: limit, unit: unit).hits
            #expect(
              some.map(\.id) == all.prefix(limit).map(\.id),
              "seed \(seed), \(question), \(mode), \(unit), limit \(limit)")
          }
        }
      }
    }
  }

  @Test("Where there is room, everything that a leg can find is found", arguments: [61, 130])
  func deep(count: Int) async throws {
    for number in 0..<count { try await remember("r\(number)", "green tea \(number)") }
    #expect(try await recall("green tea", limit: count).hits.count == count)
    #expect(try await recall("green tea", .lexical, limit: count).hits.count == count)
  }

  @Test("An answer beside what the question's words are in is found, though no leg finds it")
  func neighbours() async throws {
    for number in 0..<200 {
      try await remember("n\(number)", "the ferry and when it does leave, number \(number)")
    }
    try await remember("q", "when does the ferry leave", in: "w", at: 4)
    try await remember("a", "at half past nine", in: "w", at: 5, isEmbedded: false)
    try await remember("other", "at half past nine", in: "w", at: 7, isEmbedded: false)
    let recall = try await recall("when does the ferry leave", limit: 300)
    #expect(recall.hits.first?.record.id.text == "q")
    let answer = recall.hits.first { $0.record.id.text == "a" }
    #expect(answer?.placements.isEmpty == true)
    #expect(answer?.explanation.parts.contains { $0.name == "neighbours" } == true)
    #expect(!recall.hits.map(\.record.id.text).contains("other"))
    #expect(recall.stages.contains { $0.name == "neighbours" })
    let first = Filter.positions(0...4)
    let filtered = try await self.recall("when does the ferry leave", limit: 300, where: first)
    #expect(!filtered.hits.map(\.record.id.text).contains("a"))
  }

  @Test("Whole conversations are found once each, by their pieces")
  func wholes() async throws {
    for (whole, texts) in [
      ("monday", ["the ferry", "leaves at nine", "tea"]),
      ("tuesday", ["tea", "ferry", "the ferry"]),
      ("friday", ["snow", "rain"]),
    ] {
      for (position, text) in texts.enumerated() {
        try await remember("\(whole)\(position)", text, in: whole, at: position)
      }
    }
    try await remember("alone", "the ferry is late")
    let recall = try await recall("ferry leaves", unit: .whole)
    #expect(recall.hits.first?.id.text == "monday")
    #expect(recall.hits.first?.pieces.count ?? 0 > 1)
    #expect(Set(recall.hits.map(\.id.text)) == ["monday", "tuesday", "friday", "alone"])
    try await remember("monday", "what was said on Monday")
    let own = try await self.recall("ferry leaves", unit: .whole)
    #expect(own.hits.first?.record.text == "what was said on Monday")
  }

  @Test("A hit brings its neighbours along, in reading order, as far as the filter lets them")
  func around() async throws {
    for position in 0..<9 {
      try await remember("p\(position)", "part \(position)", in: "w", at: position)
    }
    try await remember("x", "part of something else")
    let hits = try await recall("part 4", limit: 10, around: 2).hits
    let four = hits.first { $0.record.id.text == "p4" }
    #expect(four?.neighbours.map(\.id.text) == ["p2", "p3", "p5", "p6"])
    #expect(hits.first { $0.record.id.text == "x" }?.neighbours.isEmpty == true)
    #expect(hits.first { $0.record.id.text == "p0" }?.neighbours.map(\.id.text) == ["p1", "p2"])
    let some = try await recall("part 4", around: 2, where: .positions(3...8)).hits
    #expect(
      some.first { $0.record.id.text == "p4" }?.neighbours.map(\.id.text) == ["p3", "p5", "p6"])
    await #expect(throws: LociError.self) { try await recall("part", around: 33) }
  }
}

extension Filter {
  fileprivate static func positions(_ positions: ClosedRange<Int>) -> Filter {
    var filter = Filter()
    filter.positions = positions
    return filter
  }
}
