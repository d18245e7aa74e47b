import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// How widely a recall looks.
@Suite("Effort") struct EffortTests {
  private let searched: SearchedRecords

  init() throws { searched = try SearchedRecords() }

  private func recall(
    _ text: String, _ effort: RecallEffort, limit: Int = 3, policy: any ScoringPolicy = .standard
  ) async throws -> Recall {
    try await searched.recall(text, limit: limit) {
      $0.effort = effort
      $0.policy = policy
    }
  }

  @Test("Fast asks for words only where meaning finds too little")
  func fast() async throws {
    for number in 0..<5 { try await searched.remember("r\(number)", "tea \(number)") }
    let enough = try await recall("tea", .fast)
    #expect(enough.hits.count == 3)
    #expect(!enough.stages.contains { $0.name == "lexical" })
    let more = try await recall("tea", .fast, limit: 6)
    #expect(more.stages.contains { $0.name == "lexical" })
    #expect(more.hits.count == 5)
    let normal = try await recall("tea", .normal)
    #expect(normal.stages.contains { $0.name == "lexical" })
  }

  @Test("Deep makes candidates of what a second clause asks for, and judges them by the question")
  func deep() async throws {
    for number in 0..<200 {
      try await searched.remember("n\(number)", "the weather of the long winter, part \(number)")
    }
    try await searched.remember("boat", "boat paint")
    let question = "how was the weather of the long winter, and boat paint?"
    let deep = try await recall(question, .deep, limit: 10)
    let names = Set(deep.stages.map(\.name))
    #expect(names.isSuperset(of: ["semantic", "lexical", "semantic 2", "lexical 2"]))
    #expect(!names.contains { $0.hasSuffix("4") })
    let all = try await recall(question, .deep, limit: 250).hits
    let normal = try await recall(question, .normal, limit: 250).hits
    #expect(all.count == 201 && normal.count == 201)
    #expect(all.first { $0.id.text == "boat" }?.similarity != nil)
    #expect(
      all.first { $0.id.text == "boat" }?.similarity
        == normal.first { $0.id.text == "boat" }?.similarity)
  }

  @Test(
    "A question has at most two other variants, none the same as itself",
    arguments: [
      ("tea", []), ("what does Alice drink?", ["Alice drink"]),
      (
        "Where did Bob go last summer, and what did he eat there?",
        ["Bob go last summer, eat", "Where did Bob go last summer,"]
      ), ("green tea", []), ("", []), ("???", []),
    ])
  func variants(question: String, expected: [String]) {
    let found = QuestionVariants(of: question).others
    #expect(found.map { $0.replacing("?", with: "") } == expected)
  }

  @Test("Any text has variants", arguments: ["😀", "and and and", ", , ,", "a\u{0}b, c d; e f g"])
  func anyText(text: String) {
    #expect(QuestionVariants(of: text).others.count <= 2)
    #expect(QuestionVariants(of: String(repeating: text, count: 10_000)).others.count <= 2)
  }
}
