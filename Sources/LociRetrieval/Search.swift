import LociCore

/// One search: legs, evidence, records, verdicts.
struct Search: Sendable {
  let query: RecallQuery
  let terms: QueryTerms
  let times: AskedTimes
  let legs: [any Leg]
  let records: any RecordStore
  let surroundings: Surroundings

  /// What was found at one depth, and judged.
  struct Round {
    /// The relevant ones, best first.
    var hits: [Recall.Hit]
    var droppedCount: Int
    var dropped: [Recall.Dropped]
    var found: LegResults
    var context: SearchContext
    /// Whether a leg had more to give.
    var isCut: Bool
    /// Whether the best hit was relevant enough for any to be.
    var hasRelevant = true

    /// Drops all hits where even the best is not relevant enough.
    mutating func dropIrrelevant(below least: Double) {
      guard let best = hits.first, best.relevance.value < least else { return }
      hasRelevant = false
      droppedCount += hits.count
      let reason = "even the best hit is less relevant than \(least)"
      dropped += hits.prefix(Search.maximumDropped - dropped.count)
        .map { Recall.Dropped(id: $0.record.id, reason: reason) }
      hits = []
    }

    /// Puts what was found deeper below what was found before.
    mutating func append(_ deeper: Round) {
      let known = Set(hits.map(\.id))
      let least = hits.last?.relevance.value ?? .infinity
      hits += deeper.hits.filter { !known.contains($0.id) }
        .map { $0.limited(to: least) }
      (droppedCount, dropped) = (deeper.droppedCount, deeper.dropped)
      found.stages += deeper.found.stages
      (context, isCut) = (deeper.context, deeper.isCut)
    }
  }

  /// How many dropped candidates are told of.
  static let maximumDropped = 50

  /// Looks as deep as the answer needs, and no deeper where that finds nothing more.
  func rounds() async throws -> Round {
    switch query.policy.depth(for: query.limit) {
    case .once(let depth):
      return folded(try await round(depth: depth))
    case .rounds(var depth):
      var all = try await round(depth: depth)
      var answer = folded(all)
      var (before, isDone) = (0, !all.hasRelevant)
      while answer.hits.count < query.limit && all.isCut && !isDone {
        (before, depth) = (answer.hits.count, 4 * depth)
        all.append(try await round(depth: depth))
        answer = folded(all)
        isDone = answer.hits.count == before
      }
      return answer
    }
  }

  private func folded(_ round: Round) -> Round {
    guard query.policy.foldsCopies, !query.keepsCopies else { return round }
    var round = round
    round.hits = Copies.folded(round.hits)
    return round
  }

  private func round(depth: Int) async throws -> Round {
    var found = try await ask(depth: depth)
    let isCut = found.legs.contains { $0.proposals.count >= depth }
    let evidence = try await completed(found.united(), &found)
    let reading = Stopwatch(surroundings)
    var candidates = try await read(evidence)
    found.stages.append(reading.stage("read", count: candidates.count))
    try await examine(&candidates, &found)
    let context = SearchContext(
      mode: found.failure == nil ? query.mode : .lexical, legs: found.legs.map(\.name),
      holdsJoinedWords: candidates.contains { $0.evidence.spelling != nil },
      identifierShare: terms.identifierShare,
      minimumSimilarity: query.minimumSimilarity, time: query.moment(surroundings.now()))
    var verdicts = query.policy.judge(candidates, in: context)
    var neighbours = try await neighbours(of: candidates, verdicts, &found)
    if !neighbours.isEmpty {
      try await examine(&neighbours, &found)
      candidates += neighbours
      verdicts = query.policy.judge(candidates, in: context)
    }
    return try await judged(candidates, verdicts, found, context, isCut: isCut)
  }

  // MARK: Legs and evidence

  private func ask(depth: Int) async throws -> LegResults {
    guard query.effort == .fast, let first = legs.first, legs.count > 1 else {
      return try await ask(legs, depth: depth)
    }
    var found = try await ask([first], depth: depth)
    if !found.legs.contains(where: { $0.proposals.count >= query.limit }) {
      found.add(try await ask(Array(legs.dropFirst()), depth: depth))
    }
    return found
  }

  private func ask(_ legs: [any Leg], depth: Int) async throws -> LegResults {
    let results = try await withThrowingTaskGroup { group in
      for (index, leg) in legs.enumerated() {
        group.addTask {
          do {
            return (
              index,
              Result<LegResult, any Error>.success(
                try await leg.proposals(for: query, limit: depth))
            )
          } catch  where leg.canBeMissing(for: query, after: error) {
            return (index, .failure(error))
          }
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var found = LegResults()
    for (index, leg) in legs.enumerated() {
      switch results[index] {
      case .success(let result): found.add(result, of: leg.name)
      // A variant of the question that fails is merely not there.
      case .failure(let error): if !(leg is VariantLeg) { found.failure = error }
      case nil: break
      }
    }
    return found
  }

  /// What all legs that answered know of every candidate.
  private func completed(
    _ evidence: [Evidence], _ found: inout LegResults
  ) async throws -> [Evidence] {
    var evidence = evidence
    guard found.legs.count > 1 else { return evidence }
    found.stages += try await complete(&evidence, by: found)
    return evidence
  }

  /// Adds what each leg that answered knows of candidates that others found.
  private func complete(
    _ evidence: inout [Evidence], by found: LegResults
  ) async throws -> [Recall.Stage] {
    var stages: [Recall.Stage] = []
    for leg in legs where found.legs.contains(where: { $0.name == leg.name }) {
      if let stage = try await leg.complete(&evidence, for: query) { stages.append(stage) }
    }
    return stages
  }

  /// Looks closer at candidates, where a leg that answered can.
  private func examine(
    _ candidates: inout [Candidate], _ found: inout LegResults
  ) async throws {
    for leg in legs where found.legs.contains(where: { $0.name == leg.name }) {
      if let stage = try await leg.examine(&candidates, for: query, after: found) {
        found.stages.append(stage)
      }
    }
  }

  /// Reads the candidates' records, all in one call; what was forgotten or no longer passes the
  /// filter is left out.
  private func read(_ evidence: [Evidence]) async throws -> [Candidate] {
    guard !evidence.isEmpty else { return [] }
    let found = try await records.get(evidence.map(\.id), namespace: query.namespace)
      .filter { query.filter.matches(VectorAttributes(of: $0)) }
      .keyed(by: \.id)
    return timed(
      evidence.compactMap { evidence in
        found[evidence.id].map { Candidate($0, evidence) }
      })
  }

  // MARK: Context

  /// The parts beside the best candidates that no leg has found: an answer may stand beside what
  /// the question's words are in.
  private func neighbours(
    of candidates: [Candidate], _ verdicts: [Verdict], _ found: inout LegResults
  ) async throws -> [Candidate] {
    let count = query.policy.neighbouredCount
    guard count > 0, candidates.contains(where: { $0.record.place != nil }) else { return [] }
    let watch = Stopwatch(surroundings)
    let best = relevant(candidates, verdicts, in: found.space).prefix(count)
    let known = Set(candidates.map(\.record.id))
    let records = try await Neighbours(records: records, query: query)
      .around(best.compactMap(\.hit.record.place), by: 1)
      .filter { !known.contains($0.id) }
    guard !records.isEmpty else { return [] }
    var evidence = records.map { Evidence($0.id) }
    _ = try await complete(&evidence, by: found)
    found.stages.append(watch.stage("neighbours", count: records.count))
    return timed(zip(records, evidence).map { Candidate($0, $1) })
  }

  // MARK: Verdicts

  private func judged(
    _ candidates: [Candidate], _ verdicts: [Verdict], _ found: LegResults,
    _ context: SearchContext, isCut: Bool
  ) async throws -> Round {
    let pieces = relevant(candidates, verdicts, in: found.space)
    let dropped = zip(candidates, verdicts).lazy.compactMap { candidate, verdict in
      if case .dropped(let reason) = verdict {
        Recall.Dropped(id: candidate.record.id, reason: reason)
      } else {
        nil
      }
    }
    var round = Round(
      hits: query.unit == .piece ? pieces.map(\.hit) : try await wholes(of: pieces, context),
      droppedCount: candidates.count - pieces.count,
      dropped: Array(dropped.prefix(Self.maximumDropped)), found: found, context: context,
      isCut: isCut)
    round.dropIrrelevant(below: query.leastRelevance ?? query.policy.leastRelevance)
    return round
  }

  /// The relevant ones, best first.
  private func relevant(
    _ candidates: [Candidate], _ verdicts: [Verdict], in space: EmbeddingSpace?
  ) -> [(candidate: Candidate, hit: Recall.Hit)] {
    zip(candidates, verdicts).compactMap { candidate, verdict in
      guard case .relevant(let relevance, let explanation) = verdict,
        !relevance.value.isNaN, !explanation.value.isNaN
      else { return nil }
      return (candidate, Recall.Hit(candidate, relevance, explanation, in: space))
    }
    .sorted { Recall.Hit.ranksBefore($0.hit, $1.hit) }
  }

  /// A hit for each whole, best first, with the whole's own record where there is one that passes
  /// the filter.
  private func wholes(
    of pieces: [(candidate: Candidate, hit: Recall.Hit)], _ context: SearchContext
  ) async throws -> [Recall.Hit] {
    let wholes = FoundWhole.wholes(of: pieces)
    let own = try await records.get(wholes.map(\.id), namespace: query.namespace)
      .filter { query.filter.matches(VectorAttributes(of: $0)) }
      .keyed(by: \.id)
    return zip(wholes, query.policy.judge(wholes: wholes, in: context)).compactMap {
      whole, verdict in
      guard case .relevant(let relevance, let explanation) = verdict else { return nil }
      var hit = whole.best
      hit.record = own[whole.id] ?? hit.record
      hit.whole = whole.id
      hit.pieces = whole.pieces.map(\.hit.record.id)
      (hit.relevance, hit.explanation) = (relevance, explanation)
      return hit
    }
    .sorted(by: Recall.Hit.ranksBefore)
  }

  // MARK: Company

  /// The hits with their neighbours, as many as the query asks for, in reading order.
  func accompanied(_ hits: [Recall.Hit]) async throws -> [Recall.Hit] {
    let places = hits.compactMap(\.record.place)
    guard query.around > 0, !places.isEmpty else { return hits }
    let around = try await Neighbours(records: records, query: query)
      .around(places, by: query.around)
    let wholes = Dictionary(grouping: around, by: \.whole)
    return hits.map { hit in
      guard let place = hit.record.place else { return hit }
      var hit = hit
      hit.neighbours = (wholes[place.whole] ?? []).filter { record in
        guard record.id != hit.record.id, let position = record.position else { return false }
        let (distance, isTooFar) = position.subtractingReportingOverflow(place.position)
        return !isTooFar && distance.magnitude <= query.around
      }
      .sorted { ($0.position ?? 0, $0.id) < ($1.position ?? 0, $1.id) }
      return hit
    }
  }
}

extension Recall.Hit {
  init(
    _ candidate: Candidate, _ relevance: Relevance, _ explanation: Explanation,
    in space: EmbeddingSpace?
  ) {
    record = candidate.record
    self.relevance = relevance
    self.explanation = explanation
    similarity = candidate.evidence.similarity
    spelling = candidate.evidence.spelling
    placements = candidate.evidence.placements
    spaces = similarity == nil ? [] : [space].compactMap(\.self)
  }

  /// Relevant at most so much: so that it stays below others.
  fileprivate func limited(to most: Double) -> Recall.Hit {
    var copy = self
    copy.relevance = Relevance(min(relevance.value, most), policy: relevance.policy)
    return copy
  }
}
