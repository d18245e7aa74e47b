import LociCore

/// Finds by words, in the record store's full-text index.
struct LexicalLeg: Leg {
  let name = "lexical"
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
}

/// Finds records that hold the question's joined words, beside the semantic leg: an address or a
/// version means little to a model, which takes 10.2.0.1 and 10.0.1.2 for nearly the same.
struct SpellingLeg: Leg {
  let name = "spelling"
  let records: any RecordStore
  let surroundings: Surroundings

  /// Whether a question has joined words.
  static func isNeeded(for query: RecallQuery) -> Bool {
    !QueryTerms(query.text).identifiers.isEmpty
  }

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
