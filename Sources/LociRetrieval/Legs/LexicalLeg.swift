import LociCore

/// Finds by words, in the record store's full-text index.
struct LexicalLeg: Leg {
  let name = "lexical"
  let records: any RecordStore

  func candidates(for query: RecallQuery, limit: Int) async throws -> LegResult {
    let watch = Stopwatch()
    let matches = try await records.search(words: query.text, limit: limit, where: query.filter)
    let candidates = matches.map {
      Candidate(id: $0.id, score: $0.score, holdsEveryWord: $0.coverage >= 1)
    }
    return LegResult(
      candidates: candidates, stages: [watch.stage("lexical", count: candidates.count)])
  }
}
