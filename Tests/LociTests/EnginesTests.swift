import Foundation
import Loci
import LociEmbedding
import LociSQLite
import LociTestKit
import Testing

/// A missing engine fails this test, so that no run can be green without the real ones. CI shows
/// the lines that it prints.
@Suite("The real engines")
struct EnginesTests {
  @Test("A text goes through the real model into a real file and is recalled by meaning")
  func takePart() async throws {
    let model = try await ModelLibrary().resolve()
    let embedder = try ModelEmbedder(model: model)
    let folder = try TemporaryFolder()
    let database = try await SQLiteDatabase.open(at: folder.url.appending(path: "memory.sqlite"))
    let memory = Memory(records: database.records, vectors: database.vectors) { embedder }
    let bot = try memory.namespace("bot:ada")
    try await bot.remember("Alice prefers tea to coffee")
    try await bot.remember("The train to Lisbon leaves at nine")

    let recall = try await bot.recall("Which beverage does she like?", limit: 1, mode: .semantic)
    #expect(recall.hits.first?.record.text == "Alice prefers tea to coffee")
    print("engine: SQLite \(SQLiteDatabase.engineVersion)")
    print("engine: ONNX Runtime \(try OnnxRuntime.shared().version)")
    print("engine: \(model.space.model), weights \(model.space.revision)")
  }
}
