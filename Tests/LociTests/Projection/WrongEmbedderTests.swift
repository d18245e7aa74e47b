import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

/// What an app's embedder gives back is checked before it is joined to texts.
@Suite("Embedders that answer wrongly")
struct WrongEmbedderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func memory(_ embedder: WrongEmbedder) async throws -> Memory {
    let database = try await SQLiteDatabase.open(at: folder.file("memory.sqlite"))
    return Memory(records: database.records, vectors: database.vectors) { embedder }
  }

  @Test(
    "A wrong number or kind of vectors is used for no text, and says so",
    arguments: [WrongEmbedder.Fault.dropsFirst, .addsOne, .givesNone, .givesOtherDimension])
  func wrongAnswers(fault: WrongEmbedder.Fault) async throws {
    let memory = try await memory(WrongEmbedder(fault: fault))
    let bot = try memory.namespace("bot")
    let texts = ["blue whale", "mountain hiking", "green tea"]
    var patient = bot
    patient.allowsPending = true
    let remembered = try await patient.remember(texts.map { NewMemory($0) })
    #expect(remembered.count == 3)
    for answer in remembered {
      guard case .pending(let error as LociError) = answer.projection else {
        Issue.record("\(answer.projection)")
        continue
      }
      #expect([.engine, .dimensionMismatch].contains(error.code))
    }
    let vectors = try await memory.vectors.scan(
      bot.namespace, in: BagOfWordsEmbedder().space, after: nil, limit: 10)
    #expect(vectors.isEmpty)
    #expect(try await bot.backfill().failed == 3)
    let recall = try await bot.recall("whale")
    #expect(recall.modeUsed == .lexical && recall.fallbackReason != nil)
    #expect(recall.hits.map(\.record.text) == ["blue whale"])
  }

  @Test("Where only batches are answered wrongly, each text gets its own vector")
  func wrongBatches() async throws {
    let memory = try await memory(WrongEmbedder(fault: .dropsFirst, sparesSingles: true))
    let bot = try memory.namespace("bot")
    let texts = ["blue whale", "mountain hiking", "green tea"]
    try await bot.remember(texts.map { NewMemory($0) })
    for text in texts {
      let hits = try await bot.recall(text, limit: 1, mode: .semantic).hits
      #expect(hits.map(\.record.text) == [text])
      #expect(hits.first?.similarity?.value ?? 0 > 0.99)
    }
  }
}

/// A working embedder whose answers are changed on their way out.
struct WrongEmbedder: Embedder {
  enum Fault: Sendable {
    case dropsFirst, addsOne, givesNone, givesOtherDimension
  }

  let fault: Fault
  var sparesSingles = false
  private let base = BagOfWordsEmbedder()
  var space: EmbeddingSpace { base.space }

  init(fault: Fault, sparesSingles: Bool = false) {
    self.fault = fault
    self.sparesSingles = sparesSingles
  }

  func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    let answers = try await base.embed(texts, as: role)
    if sparesSingles, texts.count == 1 { return answers }
    switch fault {
    case .dropsFirst: return Array(answers.dropFirst())
    case .addsOne: return answers + answers.prefix(1)
    case .givesNone: return []
    case .givesOtherDimension:
      return try await BagOfWordsEmbedder(dimension: 32).embed(texts, as: role)
    }
  }
}
