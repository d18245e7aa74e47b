public import LociCore

/// Scores the best candidates once more, with a closer look than the legs can afford: a model that
/// reads question and text together, or the vectors of a second space.
///
/// It may take its time, within limits: nobody waits for it beyond the deadline, and its task is
/// cancelled then. Where it throws, is late, or does not score exactly the candidates that it was
/// given, the policy's order stays and ``Recall/rerankFailure`` says why.
public protocol Reranker: Sendable {
  /// The name of its formula, which the hits' relevance carries.
  var name: String { get }

  /// How many candidates it wants to choose from. It is given that many of the best, or as many as
  /// are asked for where these are more; all others are left out of the answer.
  var depth: Int { get }

  /// Whether it is asked where hits are found so.
  func isWanted(in mode: RecallMode) -> Bool

  /// Called when a recall begins, so that a model can be loaded meanwhile. What fails here is told
  /// by ``rerank(_:_:deadline:)``.
  func prepare() async

  /// The space whose vectors it compares; nil where it compares none.
  func space() async throws -> EmbeddingSpace?

  /// Scores candidates by id, so that no score can land on another candidate.
  ///
  /// - Parameters:
  ///   - query: The question, as a person wrote it.
  ///   - candidates: The relevant ones, best first; each id once; never empty.
  ///   - deadline: The moment, by ``Surroundings/uptime``, after which nobody waits.
  /// - Returns: For each candidate's id its score: finite; larger is better.
  func rerank(
    _ query: String, _ candidates: [Recall.Hit], deadline: Duration
  ) async throws -> [RecordID: Double]
}

extension Reranker {
  /// 50, unless it says otherwise.
  public var depth: Int { 50 }
  /// It is.
  public func isWanted(in mode: RecallMode) -> Bool { true }
  /// There is nothing to do.
  public func prepare() async {}
  /// None.
  public func space() async throws -> EmbeddingSpace? { nil }
}
