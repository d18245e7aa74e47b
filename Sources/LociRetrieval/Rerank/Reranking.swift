import LociCore

/// Asks a reranker, but never waits beyond the time that it has.
struct Reranking: Sendable {
  let reranker: any Reranker
  let time: Duration
  let surroundings: Surroundings

  /// Hits in the reranker's order, or as they were, and why.
  struct Outcome: Sendable {
    var hits: [Recall.Hit]
    var failure: String?

    init(hits: [Recall.Hit], ranked ranking: Recall.Ranking, failure: String? = nil) {
      self.hits = hits.map {
        var hit = $0
        hit.ranking = ranking
        return hit
      }
      self.failure = failure
    }
  }

  private enum Answer: Sendable {
    case scores([RecordID: Double], EmbeddingSpace?)
    case failure(String)
    case late(String)
  }

  /// Puts hits in the order of what the policy's and the reranker's scores make together, best
  /// first, ties by id.
  ///
  /// - Parameters:
  ///   - hits: Best first.
  ///   - query: What was asked.
  /// - Throws: `CancellationError` where the caller was cancelled; nothing else.
  func reorder(_ hits: [Recall.Hit], for query: RecallQuery) async throws -> Outcome {
    let candidates = Array(hits.prefix(max(query.limit, reranker.depth)))
    switch try await ask(query, candidates) {
    case .late(let reason):
      return Outcome(hits: hits, ranked: .coarseTimeoutFallback, failure: reason)
    case .failure(let reason):
      return Outcome(hits: hits, ranked: .coarseFallback, failure: reason)
    case .scores(let scores, let space):
      guard scores.count == candidates.count,
        candidates.allSatisfy({ scores[$0.record.id]?.isFinite ?? false })
      else {
        return Outcome(
          hits: hits, ranked: .coarseFallback,
          failure: "The reranker \(reranker.name) did not score the \(candidates.count) candidates "
            + "that it was given, or others as well.")
      }
      let close = candidates.map { scores[$0.record.id] ?? 0 }
      let combined = query.policy.combined(
        coarse: candidates.map(\.explanation.value), close: close)
      return Outcome(
        hits: zip(candidates, zip(close, combined)).map { hit, scores in
          hit.scored(scores.1, close: scores.0, by: reranker.name, in: space)
        }
        .sorted(by: Recall.Hit.ranksBefore), ranked: .reranked)
    }
  }

  /// The first of: its answer, the deadline, the caller's cancellation.
  ///
  /// The tasks are nobody's children, since a group would wait for a reranker that does not stop.
  private func ask(_ query: RecallQuery, _ candidates: [Recall.Hit]) async throws -> Answer {
    let (answers, answer) = AsyncStream.makeStream(of: Answer.self)
    let (reranker, surroundings) = (reranker, surroundings)
    let time = query.policy.rerankingTime ?? time
    let deadline = surroundings.uptime() + time
    let work = independently {
      do {
        let scores = try await reranker.rerank(query.text, candidates, deadline: deadline)
        answer.yield(.scores(scores, try await reranker.space()))
      } catch {
        let reason = (error as? LociError)?.description
        answer.yield(.failure(reason ?? "The reranker \(reranker.name) failed."))
      }
    }
    let alarm = independently {
      try await surroundings.sleep(time)
      answer.yield(.late("The reranker \(reranker.name) was not ready in time."))
    }
    defer {
      work.cancel()
      alarm.cancel()
    }
    for await first in answers {
      try Task.checkCancellation()
      return first
    }
    throw CancellationError()
  }
}

extension Recall.Hit {
  fileprivate func scored(
    _ score: Double, close: Double, by name: String, in space: EmbeddingSpace?
  ) -> Recall.Hit {
    var copy = self
    copy.relevance = Relevance(score, policy: name)
    copy.explanation = Explanation(
      name, score, parts: [Explanation("close", close), explanation])
    if let space { copy.spaces.append(space) }
    return copy
  }
}
