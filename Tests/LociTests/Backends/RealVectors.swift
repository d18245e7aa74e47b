import Foundation
import LociCore
import LociEmbedding
import LociTestKit

/// Texts on many subjects with vectors from the real model, and questions about them.
struct RealVectors: Sendable {
  /// As many texts as are embedded in a few seconds.
  static let textCount = 2500
  static let shared = Task { try await RealVectors() }

  let space: EmbeddingSpace
  /// The texts in four namespaces: as many entries as LanceDB's indexes need, and three of four are
  /// another namespace's, just as near.
  let entries: [VectorEntry]
  let queries: [UnitVector]
  /// Every entry of a namespace, and the half of one category.
  let filters: [Scope]
  /// For each filter and query the true ten nearest, from the simulated store.
  let truth: [[[VectorMatch]]]

  private init() async throws {
    let embedder = try await ModelEmbedder.open()
    space = embedder.space
    let namespace = try Namespace("one")
    filters = [
      Scope(namespace: namespace), Scope(namespace: namespace, categories: [.fact]),
    ]
    let texts = (0..<Self.textCount).map(Self.text)
    let passages = try await embedder.embed(texts, as: .passage).map(\.vector)
    entries = try ["one", "two", "three", "four"].flatMap { name in
      try zip(texts, passages).enumerated().map { number, pair in
        VectorEntry(
          id: try RecordID("id\(number)"), contentHash: ContentHash(of: pair.0), vector: pair.1,
          attributes: VectorAttributes(
            namespace: try Namespace(name),
            category: number.isMultiple(of: 2) ? .fact : .preference,
            createdAt: Date(millisecondsSince1970: Int64(number))))
      }
    }
    queries = try await embedder.embed(Self.questions, as: .query).map(\.vector)
    let exact = SimulatedVectorStore()
    try await exact.upsert(entries, in: space)
    var truth: [[[VectorMatch]]] = []
    for filter in filters {
      truth.append([])
      for query in queries {
        truth[truth.count - 1].append(
          try await exact.search(query, in: space, limit: 10, where: filter))
      }
    }
    self.truth = truth
  }

  /// No two are the same: 7919 is coprime to the 10,000 ways to join who, what and where.
  private static func text(_ index: Int) -> String {
    let number = index * 7919 % (who.count * what.count * place.count)
    let (subject, rest) = (number % who.count, number / who.count)
    return "\(who[subject]) \(what[rest % what.count]) \(place[rest / what.count])"
  }

  private static let who = [
    "Alice", "my neighbour", "the old captain", "our teacher", "a young nurse", "the baker",
    "Dr. Okafor", "the robot", "grandmother", "the Swedish band", "a stray cat", "the mayor",
    "an unknown caller", "the football team", "Kenji", "the night guard",
  ]
  private static let what = [
    "prefers green tea", "repaired the bicycle", "lost a silver ring", "wrote a short poem",
    "complained about the noise", "planted tomatoes", "missed the last train",
    "won at chess", "is allergic to peanuts", "sold the blue car", "learned to swim",
    "cooked lentil soup", "found an error in the bill", "dreamed of whales",
    "forgot the password", "painted the kitchen yellow", "was stung by a bee",
    "donated some books", "measured the temperature", "cancelled the subscription",
    "heard an owl", "broke a window", "asked for a refund", "fixed the database",
    "sang in the choir",
  ]
  private static let place = [
    "in Lisbon", "on Monday", "before breakfast", "at the harbour", "during the storm",
    "for the first time", "near the old mill", "in 1987", "after the meeting", "with a friend",
    "in the library", "on the ferry", "by accident", "last winter", "at school",
    "in a small village", "without a word", "at midnight", "for charity", "on the way home",
    "in the hospital", "twice", "in the garden", "at the airport", "under the bridge",
  ]
  private static let questions = [
    "what does Alice like to drink?", "who had trouble with money?", "sounds of animals at night",
    "broken things", "who can play a board game?", "musicians", "medical problems",
    "travel by rail",
    "somebody who grows vegetables", "computer problems", "pets", "what happened at sea?",
    "gifts and good deeds", "cooking", "winter", "jewellery", "the colour of a room",
    "who was hurt by an insect?", "a mistake", "robots in Japan",
  ]
}
