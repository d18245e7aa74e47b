import LociCore

/// One way to find candidates.
protocol Leg: Sendable {
  /// The name shown in explanations.
  var name: String { get }

  /// The best candidates that pass the query's filter, best first, ties by id.
  func candidates(for query: RecallQuery, limit: Int) async throws -> LegResult
}

/// What a leg found, and what its stages took.
struct LegResult: Sendable {
  var candidates: [Candidate]
  var stages: [Recall.Stage]
}

/// A record that a leg proposes.
struct Candidate: Sendable {
  let id: RecordID
  let score: Double
  var similarity: Similarity?
  /// What the lexical search says of it; nil where it was found by meaning.
  var words: LexicalMatch?
}
