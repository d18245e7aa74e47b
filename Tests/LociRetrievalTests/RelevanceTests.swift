import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// What goes first, and what is relevant at all.
@Suite("Words that decide what is relevant") struct RelevanceTests {
  private let records = SimulatedRecordStore()
  private let vectors = SimulatedVectorStore()
  private let embedder = FaultyEmbedder()
  private let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  private func remember(_ texts: [String], isEmbedded: Bool = true) async throws {
    for (number, text) in texts.enumerated() {
      let record = try Samples.record("\(number)", text)
      try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
      guard isEmbedded else { continue }
      let vector = try await embedder.embed(text, as: .passage).vector
      try await vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
    }
  }

  private func recall(
    _ text: String, _ mode: RecallMode, limit: Int = 10, minimum: Float? = 0.3
  ) async throws -> Recall {
    let retriever = Retriever(records: records, vectors: { [vectors] in vectors }) {
      [embedder] in embedder
    }
    return try await retriever.recall(
      RecallQuery(
        text, in: namespace, mode: mode, limit: limit,
        minimumSimilarity: minimum.map { Similarity($0) }))
  }

  @Test(
    "In every mode an identifier goes before its scrambled forms",
    arguments: RecallMode.allCases, ["10.2.0.1", "what runs on 10.2.0.1?"])
  func identifiers(mode: RecallMode, question: String) async throws {
    let scrambled = (0..<80).map { "nginx runs on 10.\($0 % 2 == 0 ? "0.1.2" : "1.2.0")" }
    try await remember(scrambled + ["nginx runs on 10.2.0.1"] + scrambled)
    let recall = try await recall(question, mode, limit: 3)
    #expect(recall.hits.count == 3)
    #expect(recall.hits.first?.record.text == "nginx runs on 10.2.0.1")
    #expect(recall.hits.first?.spelling == .identifierAsWritten)
    #expect(recall.hits.first?.explanation.parts.map(\.name).contains("spelling") == true)
    #expect(mode == .lexical || recall.hits.allSatisfy { $0.similarity != nil })
    #expect(recall.modeUsed == mode)
    let values = recall.hits.map(\.relevance.value)
    #expect(values == values.sorted(by: >))
  }

  @Test("In semantic mode an identifier is found where its text means something else")
  func identifierAlone() async throws {
    try await remember(["apples pears cherries plums figs dates melons (E1042)", "tea"])
    let recall = try await recall("which machine reported E1042 yesterday evening?", .semantic)
    #expect(recall.hits.map(\.record.id.text) == ["0"])
    #expect(recall.hits.first?.placements.map(\.leg).contains("spelling") == true)
    #expect(recall.stages.map(\.name).contains("spelling"))
  }

  @Test("A question without joined words asks the words' index nothing in semantic mode")
  func noSpelling() async throws {
    try await remember(["green tea"])
    let recall = try await recall("green tea, isn't it?", .semantic)
    #expect(recall.hits.first?.explanation.parts.map(\.name).contains("spelling") == false)
    #expect(recall.stages.map(\.name) == ["embed", "semantic", "read"])
  }

  @Test("In semantic mode a failing model is an error, also where there is an identifier")
  func failing() async throws {
    try await remember(["10.2.0.1"])
    embedder.isBroken = true
    await #expect(throws: LociError.self) { try await recall("10.2.0.1", .semantic) }
    #expect(try await recall("10.2.0.1", .hybrid).hits.count == 1)
  }

  static let notes = [
    "The ferry to Lisbon leaves from pier nine at the end of the day.",
    "Alice prefers tea to coffee, and she drinks it without sugar.",
    "How we release: tag the commit, wait for the checks, then publish the notes.",
    "I should call the dentist about the appointment on Tuesday.",
    "It was a long day, and there is so much more to do in the garden.",
    "The budget for the new kitchen is what we agreed on in May.",
  ]

  @Test(
    "Without vectors, a question about something else finds nothing",
    arguments: [
      "how long should I boil an egg", "what is the capital of France?", "who was it that said so?",
      "wie lange soll ich das Ei kochen?", "où est la bibliothèque ?", "can you tell me the time",
      "what do penguins eat in the winter", "is there any way to fix the printer",
    ], [RecallMode.lexical, .hybrid])
  func absent(question: String, mode: RecallMode) async throws {
    try await remember(Self.notes, isEmbedded: false)
    embedder.isBroken = mode == .hybrid
    let all = question.hasPrefix("who was it")
    let recall = try await recall(question, mode)
    // Of nothing but function words, all count: these find what holds half of them.
    #expect(all || recall.hits.isEmpty, "\(recall.hits.map(\.record.text))")
    #expect(recall.modeUsed == .lexical)
  }

  @Test(
    "Without vectors, a question about what is there finds it",
    arguments: [
      ("when does the ferry leave for Lisbon?", "0"), ("what does Alice drink?", "1"),
      ("how do we publish a release", "2"), ("dentist appointment", "3"), ("budget", "5"),
      ("what is the budget of the kitchen", "5"),
    ], [RecallMode.lexical, .hybrid])
  func present(question: (text: String, id: String), mode: RecallMode) async throws {
    try await remember(Self.notes, isEmbedded: false)
    embedder.isBroken = mode == .hybrid
    let recall = try await recall(question.text, mode)
    #expect(recall.hits.first?.record.id.text == question.id)
  }

  @Test(
    "Without vectors, a question in a script without spaces finds what shares its words",
    arguments: [
      ("愛麗絲喝什麼茶", "愛麗絲喜歡喝茶，不喜歡咖啡。", true), ("明天天氣怎麼樣", "愛麗絲喜歡喝茶，不喜歡咖啡。", false),
      ("咖啡", "愛麗絲喜歡喝茶，不喜歡咖啡。", true), ("កាហ្វេ", "តែ និងកាហ្វេ", true),
    ])
  func unspaced(question: String, text: String, isFound: Bool) async throws {
    try await remember([text], isEmbedded: false)
    #expect(try await recall(question, .lexical).hits.isEmpty != isFound)
  }

  @Test("Records whose vectors are still to come are judged by their words, beside those that have")
  func underway() async throws {
    try await remember(Self.notes, isEmbedded: false)
    #expect(try await recall("how long should I boil an egg", .hybrid).hits.isEmpty)
    #expect(try await recall("the dentist appointment", .hybrid).hits.count == 1)
    #expect(
      try await recall("how long should I boil an egg", .hybrid, minimum: nil).hits.count > 1,
      "without a minimum, everything that shares a word")
  }

  @Test("The end of a text that the model did not read answers a question")
  func longText() async throws {
    let beginning = (0..<400).map { "filler\($0)" }.joined(separator: " ")
    try await remember([beginning + ". The code of the north gate is 7731."])
    for question in ["what is the code of the north gate?", "Code for the north gate, please"] {
      #expect(try await recall(question, .hybrid).hits.count == 1, "\(question)")
    }
    #expect(try await recall("what is the code of the south gate?", .hybrid).hits.isEmpty)
  }
}
