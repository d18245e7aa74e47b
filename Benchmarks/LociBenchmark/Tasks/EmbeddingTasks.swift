import Foundation
import LociCore
import LociEmbedding

/// The default model, on two threads as its peer.
enum EmbeddingTasks {
  /// From files to the first vector.
  static func load() async throws -> Answer {
    var answer = Answer()
    let start = ContinuousClock.now
    let embedder = try await embedder()
    _ = try await embedder.embed("hello", as: .query)
    answer["load_ms"] = Times.milliseconds(since: start)
    answer["peak_mb"] = Memory.peak()
    return answer
  }

  /// Latencies of single texts and the throughput of many; the vectors of the many are written.
  static func embedding(in folder: URL) async throws -> Answer {
    let file = folder.appending(path: "texts.json")
    let texts = try JSONDecoder().decode(Texts.self, from: Data(contentsOf: file))
    let embedder = try await embedder()
    var answer = Answer()
    for (size, text) in [(8, texts.short), (128, texts.middle), (256, texts.long)] {
      answer["latency_\(size)_ms"] = try await latency(of: text, tokens: size, embedder)
    }
    let start = ContinuousClock.now
    let embeddings = try await embedder.embed(texts.mixed, as: .passage)
    answer["mixed_seconds"] = Times.milliseconds(since: start) / 1000
    answer["mixed_tokens"] = Double(embeddings.map(\.tokenCount).reduce(0, +))
    answer["peak_mb"] = Memory.peak()
    answer["cosine"] = try leastCosine(embeddings.map(\.vector), in: folder)
    return answer
  }

  /// The least cosine with the peer's vectors of the same texts; nil where it took no part.
  private static func leastCosine(_ vectors: [UnitVector], in folder: URL) throws -> Double? {
    let file = folder.appending(path: "peer.f32")
    guard let data = try? Data(contentsOf: file) else { return nil }
    let width = SearchData.dimension
    return try vectors.enumerated().map { index, vector in
      let other: [Float] = SearchData.row(index, of: data, width: width)
      return Double(try vector.similarity(to: UnitVector(normalizing: other)).value)
    }.min()
  }

  private static func latency(
    of text: String, tokens: Int, _ embedder: ModelEmbedder
  ) async throws -> Double {
    for _ in 0..<5 {
      let count = try await embedder.embed(text, as: .query).tokenCount
      guard count == tokens else { throw Failure("A text has \(count) tokens, not \(tokens).") }
    }
    var times = Times()
    let start = ContinuousClock.now
    while times.milliseconds.count < 10 || Times.milliseconds(since: start) < 2000 {
      _ = try await times.measure { try await embedder.embed(text, as: .query) }
    }
    return times.median
  }

  private static func embedder() async throws -> ModelEmbedder {
    try await ModelEmbedder.open(options: InferenceOptions(threads: 2))
  }
}
