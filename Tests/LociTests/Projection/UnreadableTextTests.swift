import Foundation
import Loci
import LociEmbedding
import LociTestKit
import Testing

/// Texts that the real model makes nothing of but unknown tokens.
@Suite("Texts that the model can't read", .timeLimit(.minutes(5)))
struct UnreadableTextTests {
  private static let khmer = "ខ្ញុំចូលចិត្តផឹកតែនៅពេលព្រឹក"
  private static let amharic = "እኔ ሻይ እወዳለሁ"

  private func configuration(
    _ backend: VectorBackend, in folder: TemporaryFolder
  ) async throws -> Configuration {
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.vectorBackend = backend
    if backend == .postgres {
      configuration.storeBackend = .postgres
      configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
      configuration.postgresSchema = "unreadable_\(UUID().uuidString.prefix(8).lowercased())"
    }
    return configuration
  }

  private func patch(_ text: String) -> RecordPatch {
    var patch = RecordPatch()
    patch.text = text
    return patch
  }

  private func isUnreadable(_ remembered: Remembered) -> Bool {
    if case .unreadable = remembered.projection { true } else { false }
  }

  @Test(
    "They get no vector, are not pending, and match nothing by meaning",
    arguments: VectorBackend.allCases)
  func everyBackend(_ backend: VectorBackend) async throws {
    let folder = try TemporaryFolder()
    let memory = try await Memory.open(try await configuration(backend, in: folder))
    let bot = try memory.namespace("bot")
    let unreadable = [Self.khmer, Self.amharic, "😀😀 🎉", "ខ្ញុំទិញសៀវភៅ 3 ក្បាលនៅផ្សារ"]
    let readable = ["Alice prefers tea", "Party at nine 🎉🎉", "שלום עולם", "東京タワー", "2026-11-26 ✅"]
    let remembered = try await bot.remember((unreadable + readable).map { NewMemory($0) })
    #expect(remembered.prefix(unreadable.count).allSatisfy(isUnreadable))
    #expect(!remembered.dropFirst(unreadable.count).contains(where: isUnreadable))

    let contents = try #require(try await memory.status().namespaces.first)
    #expect(contents.pendingCount == 0 && contents.unreadableCount == unreadable.count)
    let report = try await bot.backfill()
    #expect(report.embedded == 0 && report.failed == 0 && report.unreadable == unreadable.count)
    let check = try #require(try await memory.fsck(repairs: false).first)
    #expect(check.isClean && check.findings.missing == 0)
    #expect(check.findings.unreadable == unreadable.count)

    // By words alone, and the reason is given.
    let recall = try await bot.recall(Self.amharic)
    #expect(recall.modeUsed == .lexical && recall.fallbackReason != nil)
    #expect(recall.hits.map(\.record.text) == [Self.amharic])
    await #expect(throws: LociError.self) { try await bot.recall("🦊🦊", mode: .semantic) }
    let meaning = try await bot.recall("tea", limit: 10, mode: .semantic, leastRelevance: 0)
    #expect(!meaning.hits.contains { unreadable.contains($0.record.text) })
  }

  @Test("A text that becomes unreadable loses its vector, and one that becomes readable gets one")
  func changes() async throws {
    let folder = try TemporaryFolder()
    for backend in [VectorBackend.native, .sqliteVec] {
      var configuration = try await configuration(backend, in: folder)
      configuration.storePath = folder.file("\(backend).sqlite").path
      let memory = try await Memory.open(configuration)
      let bot = try memory.namespace("bot")
      let id = try await bot.remember("Alice prefers tea").record.id
      #expect(isUnreadable(try await bot.update(id, with: patch(Self.khmer))))
      #expect(try await bot.recall("tea", mode: .semantic, leastRelevance: 0).hits.isEmpty)
      #expect(isUnreadable(try await bot.remember(Self.amharic, id: id)))
      #expect(!isUnreadable(try await bot.update(id, with: patch("Bob drinks coffee"))))
      #expect(try await bot.recall("coffee", mode: .semantic).hits.map(\.record.id) == [id])
      #expect(try await memory.fsck(repairs: false).allSatisfy(\.isClean))
    }
  }

  @Test("A move leaves them where they are, without a vector and without a complaint")
  func moves() async throws {
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    let memory = try await Memory.open(configuration)
    let bot = try memory.namespace("bot")
    try await bot.remember([Self.khmer, "Alice prefers tea", "😀"].map { NewMemory($0) })
    for backend in [VectorBackend.sqliteVec, .lancedb, .native] {
      let side = VectorSide(backend: backend.rawValue, model: Configuration.standardModel)
      let report = try await memory.migrate(to: side)
      #expect(report.changes.pending == 0 && report.changes.unreadable == 2, "\(backend)")
      let check = try #require(try await memory.fsck(repairs: false).first)
      #expect(check.isClean && check.findings.unreadable == 2, "\(backend)")
    }
  }

  @Test("A vector that an unreadable text has from an older version is found and removed")
  func repairs() async throws {
    let folder = try TemporaryFolder()
    let memory = try await Memory.open(try await configuration(.native, in: folder))
    let bot = try memory.namespace("bot")
    let record = try await bot.remember(Self.khmer).record
    let embedder = try await memory.embedder
    let vector = try await embedder.embed(Self.khmer, as: .passage).vector
    try await memory.vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
    #expect(try await memory.fsck(repairs: false).first?.findings.stale == 1)
    #expect(try await memory.fsck(repairs: true).first?.isClean == true)
    #expect(try await memory.fsck(repairs: false).first?.findings.disagreements == 0)
  }

  @Test("Chunks of an ingested file are counted, and ingesting again embeds nothing")
  func ingest() async throws {
    let folder = try TemporaryFolder()
    let memory = try await Memory.open(try await configuration(.native, in: folder))
    let bot = try memory.namespace("bot")
    let notes = folder.file("notes")
    try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
    try Data("# Tea\n\nAlice prefers tea.\n".utf8).write(to: notes.appending(path: "tea.md"))
    try Data(Self.amharic.utf8).write(to: notes.appending(path: "shay.md"))
    for round in 0..<2 {
      let report = try await bot.ingest(notes)
      #expect(report.pendingCount == 0 && report.unreadableCount == 1)
      #expect(report.embeddedCount == 1 - round)
    }
    #expect(try await bot.backfill().embedded == 0)
  }
}
