import LociCore

/// Finds by words, in the record store's full-text index.
struct LexicalLeg: Leg {
  let name = "lexical"
  let terms: QueryTerms
  let records: any RecordStore
  let surroundings: Surroundings

  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult {
    let watch = Stopwatch(surroundings)
    let matches = try await records.search(
      words: query.text, in: query.namespace, limit: limit, where: query.filter)
    return LegResult(
      proposals: matches.map { Proposal($0) },
      stages: [watch.stage(name, count: matches.count)])
  }

  /// Reads the words of candidates that others found, and scores them as the index would: what is
  /// beyond the leg's depth still holds words.
  func examine(
    _ candidates: inout [Candidate], for query: RecallQuery, after found: LegResults
  ) async throws -> Recall.Stage? {
    let unread = candidates.indices.filter {
      candidates[$0].evidence.words == nil
        && candidates[$0].record.text.utf8.count <= Self.longestRead
    }
    guard let statistics = found.wordStatistics(of: name), !unread.isEmpty else { return nil }
    let watch = Stopwatch(surroundings)
    let plan = WordPlan(terms, statistics)
    for index in unread {
      let record = candidates[index].record
      let match = plan.match(record.id, RecordWords(record))
      if match.score > 0 { candidates[index].evidence.add(match) }
    }
    return watch.stage("words", count: unread.count)
  }

  /// A text of more bytes is known by the index alone.
  private static let longestRead = 1 << 16
}

/// Finds records that hold the question's joined words, beside the semantic leg: an address or a
/// version means little to a model, which takes 10.2.0.1 and 10.0.1.2 for nearly the same.
struct SpellingLeg: Leg {
  let name = "spelling"
  let records: any RecordStore
  let surroundings: Surroundings

  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult {
    let watch = Stopwatch(surroundings)
    let matches = try await records.search(
      words: query.text, in: query.namespace, limit: limit, where: query.filter
    )
    .filter { $0.spelling != nil }
    return LegResult(
      proposals: matches.map { Proposal($0) },
      stages: [watch.stage(name, count: matches.count)])
  }
}
