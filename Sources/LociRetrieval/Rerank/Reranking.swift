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
  }

  private enum Answer: Sendable {
    case scores([RecordID: Double])
    case failure(String)
  }

  /// Puts hits in the reranker's order, best first, ties by id.
  ///
  /// - Parameters:
  ///   - hits: Best first.
  ///   - limit: How many are asked for.
  /// - Throws: `CancellationError` where the caller was cancelled; nothing else.
  func reorder(_ hits: [Recall.Hit], for query: String, limit: Int) async throws -> Outcome {
    let candidates = Array(hits.prefix(max(limit, reranker.depth)))
    switch try await ask(query, candidates) {
    case .failure(let reason): return Outcome(hits: hits, failure: reason)
    case .scores(let scores):
      guard scores.count == candidates.count,
        candidates.allSatisfy({ scores[$0.record.id]?.isFinite ?? false })
      else {
        return Outcome(
          hits: hits,
          failure: "The reranker \(reranker.name) did not score the \(candidates.count) candidates "
            + "that it was given, or others as well.")
      }
      return Outcome(
        hits: candidates.map { $0.scored(scores[$0.record.id] ?? 0, by: reranker.name) }
          .sorted(by: Recall.Hit.ranksBefore))
    }
  }

  /// The first of: its answer, the deadline, the caller's cancellation.
  ///
  /// The tasks are nobody's children, since a group would wait for a reranker that does not stop.
  private func ask(_ query: String, _ candidates: [Recall.Hit]) async throws -> Answer {
    let (answers, answer) = AsyncStream.makeStream(of: Answer.self)
    let (reranker, time, surroundings) = (reranker, time, surroundings)
    let deadline = surroundings.uptime() + time
    let work = independently {
      do {
        answer.yield(.scores(try await reranker.rerank(query, candidates, deadline: deadline)))
      } catch {
        let reason = (error as? LociError)?.description
        answer.yield(.failure(reason ?? "The reranker \(reranker.name) failed."))
      }
    }
    let alarm = independently {
      try await surroundings.sleep(time)
      answer.yield(.failure("The reranker \(reranker.name) was not ready in time."))
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
  fileprivate func scored(_ score: Double, by name: String) -> Recall.Hit {
    var copy = self
    copy.relevance = Relevance(score, policy: name)
    copy.explanation = Explanation(name, score)
    return copy
  }
}
