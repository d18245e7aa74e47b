package import LociCore

/// One way to find candidates.
protocol Leg: Sendable {
  /// The name shown in explanations.
  var name: String { get }

  /// The best records that pass the query's filter, best first, ties by id.
  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult

  /// Whether the other legs answer alone where this one failed so; by default its error is the
  /// recall's.
  func canBeMissing(for query: RecallQuery, after error: any Error) -> Bool

  /// Adds what this leg knows of records that others found; by default nothing.
  ///
  /// - Returns: The stage that it took, if any.
  func complete(_ evidence: inout [Evidence], for query: RecallQuery) async throws -> Recall.Stage?

  /// Looks closer at candidates whose records are read; by default not.
  ///
  /// - Parameter found: What all legs brought.
  /// - Returns: The stage that it took, if any.
  func examine(
    _ candidates: inout [Candidate], for query: RecallQuery, after found: LegResults
  ) async throws -> Recall.Stage?
}

extension Leg {
  func canBeMissing(for query: RecallQuery, after error: any Error) -> Bool { false }

  func complete(
    _ evidence: inout [Evidence], for query: RecallQuery
  ) async throws -> Recall.Stage? { nil }

  func examine(
    _ candidates: inout [Candidate], for query: RecallQuery, after found: LegResults
  ) async throws -> Recall.Stage? { nil }
}

/// What a leg found, and what its stages took.
struct LegResult: Sendable {
  var proposals: [Proposal]
  var stages: [Recall.Stage]
  /// What the user should know of this leg.
  var warning: String?
  /// The space that the question was compared in; nil where it was not.
  var space: EmbeddingSpace?
}

/// A record that a leg proposes.
package struct Proposal: Sendable {
  let id: RecordID
  /// What the leg calls its score.
  let scoreName: String
  let score: Double
  var similarity: Similarity?
  /// What the lexical search says of it; nil where it was found by meaning.
  var words: LexicalMatch?

  /// Takes a hit by meaning.
  package init(_ match: VectorMatch) {
    id = match.id
    (scoreName, score) = ("cosine", Double(match.similarity.value))
    similarity = match.similarity
  }

  /// Takes a hit by words.
  package init(_ match: LexicalMatch) {
    id = match.id
    (scoreName, score) = ("bm25", match.score)
    words = match
  }
}
