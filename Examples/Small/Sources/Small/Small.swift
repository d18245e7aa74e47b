import Foundation
import Loci
import LociSimulation

/// Remembers in an SQLite file with a Loci that was built without any of its traits.
@main
enum Small {
  static func main() async throws {
    var configuration = Configuration()
    configuration.storePath =
      FileManager.default.temporaryDirectory
      .appending(path: "small-\(ProcessInfo.processInfo.processIdentifier).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: configuration.storePath) }
    let embedder = BagOfWordsEmbedder()
    let memory = try await Memory.open(configuration, embedder: embedder)
    let ada = try memory.namespace("bot:ada")
    try await ada.remember("Alice prefers tea to coffee")
    try await ada.ingest(text: "A text without structure.", uri: "note", format: .plain)
    print("recalled:", try await ada.recall("tea or coffee", limit: 1).hits.map(\.record.text))
    print("kept in:", StoreBackend.allCases.map(\.rawValue), VectorBackend.allCases.map(\.rawValue))
    await memory.close()
  }
}
