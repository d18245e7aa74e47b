import Foundation
import Loci
import LociEmbedding

/// Many records at once.
enum BulkTasks {
  /// Imports an export of records without vectors into a new SQLite file, and embeds nothing.
  static func imports(in folder: URL, count: Int) async throws -> Answer {
    let file = folder.appending(path: "export.jsonl")
    let source = Loci.Memory.inMemory()
    try await source.namespace("bench").remember(
      from: Memories(texts: Self.texts(count)), embeds: false)
    try await source.export(to: file)
    let memory = try await Loci.Memory.open(configuration(in: folder))
    var times = Times()
    try await times.measure { _ = try await memory.import(from: file) }
    var answer = Answer()
    answer["per_second"] = Double(count) / (times.median / 1000)
    answer["peak_mb"] = Memory.peak()
    return answer
  }

  /// Embeds texts by themselves, then remembers the same ones in a new SQLite file.
  static func remembers(in folder: URL, count: Int) async throws -> Answer {
    let texts = Self.texts(count)
    let embedder = try await ModelEmbedder.open()
    _ = try await embedder.embed("warm", as: .passage)
    var (alone, whole) = (Times(), Times())
    try await alone.measure {
      for start in stride(from: 0, to: texts.count, by: 1024) {
        _ = try await embedder.embed(
          Array(texts[start..<min(start + 1024, texts.count)]), as: .passage)
      }
    }
    let memory = try await Loci.Memory.open(configuration(in: folder), embedder: embedder)
    try await whole.measure {
      _ = try await memory.namespace("bench").remember(from: Memories(texts: texts))
    }
    var answer = Answer()
    answer["alone_per_second"] = Double(count) / (alone.median / 1000)
    answer["share"] = alone.median / whole.median
    return answer
  }

  private static func configuration(in folder: URL) -> Configuration {
    var configuration = Configuration()
    configuration.storePath = folder.appending(path: "memory.sqlite").path
    return configuration
  }

  private static func texts(_ count: Int) -> [String] {
    var words = WordSource(seed: Workload().seed)
    return (0..<count).map { "\($0): " + words.text(tokens: 32) }
  }

  private struct Memories: AsyncSequence, AsyncIteratorProtocol {
    let texts: [String]
    var place = 0

    init(texts: [String]) { self.texts = texts }

    func makeAsyncIterator() -> Self { self }

    mutating func next() async throws -> NewMemory? {
      guard place < texts.count else { return nil }
      defer { place += 1 }
      return try NewMemory(texts[place], id: RecordID("\(place)"))
    }
  }
}
