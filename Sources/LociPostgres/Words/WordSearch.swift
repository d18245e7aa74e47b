import LociCore

/// A search by words in one namespace: how many records hold each of the query's terms, and the
/// best of those that hold any that tells.
struct WordSearch {
  private let connection: Connection
  private let namespace: Namespace
  private let plan: WordPlan
  private let spelled: [Identifier.Phrase]

  /// Counts the query's terms.
  init(_ query: String, in namespace: Namespace, _ connection: Connection) throws {
    (self.connection, self.namespace) = (connection, namespace)
    let query = QueryTerms(query)
    let totals = try WordTotals.of(namespace, connection)
    let holders = try connection.holders(
      of: query.telling.map { WordText.query($0.tokens) }, in: namespace)
    plan = WordPlan(
      query, recordCount: totals.recordCount, totalLength: totals.totalLength, holders: holders)
    spelled = query.identifiers.flatMap(\.phrases)
  }

  /// The best records that pass the filter: those that hold identifiers of the query first, then
  /// by score; ties by id.
  ///
  /// The server ranks by the score that ``BM25/standard`` gives what is returned.
  func best(_ limit: Int, where filter: Filter) throws -> [LexicalMatch] {
    let proposing =
      plan.proposing.map { WordText.query(plan.terms[$0].tokens) }
      + spelled.map { WordText.query($0.tokens) }
    guard !proposing.isEmpty else { return [] }
    var parameters = Parameters()
    let wanted = parameters.bind(.text(proposing.map { "(\($0))" }.joined(separator: " | ")))
    let frequencies = FrequencySQL(plan, spelled, &parameters)
    let score = frequencies.score(plan.scorer, &parameters)
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    let top = parameters.bind(.integer(Int64(limit)))
    return try connection.rows(
      """
      WITH asked AS MATERIALIZED (
        SELECT to_tsquery('words', \(wanted)::text) AS wanted, \(frequencies.queries)),
      found AS (
        SELECT namespace, id, words, word_count, further_parts FROM record, asked
        WHERE words @@ wanted AND \(condition)
        UNION ALL
        SELECT namespace, id, words, word_count, further_parts FROM (
          SELECT DISTINCT part.namespace, part.id, wanted FROM word_part AS part, asked
          WHERE part.words @@ wanted) AS further (owner, name, wanted)
        JOIN record ON namespace = owner AND id = name
        WHERE NOT words @@ wanted AND \(condition)),
      hit AS MATERIALIZED (
        SELECT namespace, id, \(frequencies.spelling) AS spelling, \(score) AS score
        FROM found AS f, asked
        ORDER BY spelling DESC, score DESC, id LIMIT \(top))
      SELECT f.id, f.word_count, hit.spelling, \(frequencies.terms), \(frequencies.pairs)
      FROM hit JOIN record AS f ON f.namespace = hit.namespace AND f.id = hit.id, asked
      """, parameters.values, match
    ).sorted(by: LexicalMatch.ranksBefore)
  }

  private func match(_ row: Row) throws -> LexicalMatch {
    func counts(_ column: Int) -> [Int] {
      row.text(column).split(separator: " ").map { Int($0) ?? 0 }
    }
    return plan.match(
      try RecordID(row.text(0)),
      WordFrequencies(length: Int(row.integer(1)), terms: counts(3), pairs: counts(4)),
      spelling: LexicalMatch.Spelling(rawValue: Int(row.integer(2))))
  }
}

/// How often a row `f` of `record` holds each of a query's terms, as SQL beside a row of `asked`.
private struct FrequencySQL {
  /// The columns of `asked`.
  let queries: String
  /// The number of the best spelling that a row has; 0 where none.
  let spelling: String
  private let termCounts: [String]
  private let pairCounts: [String]

  init(
    _ plan: WordPlan, _ spelled: [Identifier.Phrase], _ parameters: inout Parameters
  ) {
    func list(_ texts: [String]) -> String {
      """
      ARRAY (SELECT to_tsquery('words', text)
        FROM unnest(\(parameters.bind(.texts(texts)))::text[]) WITH ORDINALITY AS t (text, number)
        ORDER BY number)
      """
    }
    let pairs = plan.statistics.pairs.map {
      (first: plan.terms[$0.first].tokens[0], second: plan.terms[$0.second].tokens[0])
    }
    queries = """
      \(list(plan.terms.map { WordText.query($0.tokens) })) AS terms,
      \(list(pairs.map { WordText.query($0.first, near: $0.second) })) AS pairs,
      \(list(spelled.map { WordText.query($0.tokens) })) AS phrases
      """
    spelling = Self.spelling(spelled)
    termCounts = plan.terms.indices.map { index in
      Self.counted { Self.occurrences(of: "terms[\(index + 1)]", in: $0) }
    }
    pairCounts = pairs.enumerated().map { index, pair in
      let first = parameters.bind(.text(WordText.word(pair.first)))
      let second = parameters.bind(.text(WordText.word(pair.second)))
      return Self.counted { words in
        """
        CASE WHEN \(words) @@ pairs[\(index + 1)]
          THEN word_pairs(\(words), \(first)::text, \(second)::text, \(WordPair.window))
          ELSE 0 END
        """
      }
    }
  }

  /// How often each term and each pair is held, separated by spaces.
  var terms: String { Self.joined(termCounts) }
  var pairs: String { Self.joined(pairCounts) }

  private static func joined(_ counts: [String]) -> String {
    let numbers = counts.map { "(\($0))::bigint" }.joined(separator: ", ")
    return counts.isEmpty ? "''" : "array_to_string(ARRAY [\(numbers)], ' ')"
  }

  /// What a scorer makes of it.
  func score(_ scorer: WordScorer, _ parameters: inout Parameters) -> String {
    func bind(_ value: Double) -> String { "\(parameters.bind(.real(value)))::double precision" }
    let (least, perWord) = (bind(scorer.damping.least), bind(scorer.damping.perWord))
    let summands = zip(termCounts + pairCounts, scorer.weights).map { count, weight in
      """
      (SELECT \(bind(weight)) * n / (n + \(least) + \(perWord) * f.word_count)
        FROM (VALUES (\(count))) AS one (n))
      """
    }
    return summands.isEmpty ? "0::double precision" : summands.joined(separator: " + ")
  }

  /// How often a word or a phrase is held. With weights of 1, each place where a query is met whole
  /// adds 1 to the cover density.
  private static func occurrences(of query: String, in words: String) -> String {
    "ts_rank_cd('{1,1,1,1}', \(words), \(query))::double precision"
  }

  /// A count in the words of a row, and in the further parts of its text without their borders.
  private static func counted(_ count: (_ words: String) -> String) -> String {
    """
    (\(count("f.words")) + CASE WHEN f.further_parts = 0 THEN 0 ELSE (
      SELECT coalesce(sum(\(count("p.words")) - (\(count("p.border")))), 0) FROM word_part AS p
      WHERE p.namespace = f.namespace AND p.id = f.id) END)
    """
  }

  private static func spelling(_ spelled: [Identifier.Phrase]) -> String {
    guard !spelled.isEmpty else { return "0::bigint" }
    let cases = spelled.enumerated().sorted { $0.element.spelling > $1.element.spelling }
      .map { index, phrase in
        let query = "phrases[\(index + 1)]"
        return """
          WHEN f.words @@ \(query) OR f.further_parts > 0 AND EXISTS (
            SELECT 1 FROM word_part AS p WHERE p.namespace = f.namespace AND p.id = f.id
              AND p.words @@ \(query)) THEN \(phrase.spelling.rawValue)::bigint
          """
      }
    return "CASE \(cases.joined(separator: " ")) ELSE 0::bigint END"
  }
}

extension Connection {
  /// How many records of a namespace that count hold what each `tsquery` asks for.
  fileprivate func holders(of queries: [String], in namespace: Namespace) throws -> [Int] {
    guard !queries.isEmpty else { return [] }
    var parameters = Parameters()
    let texts = parameters.bind(.texts(queries))
    let condition = try FilterSQL.condition(
      WordStatistics.counted, in: namespace, &parameters)
    return try rows(
      """
      WITH term AS MATERIALIZED (
        SELECT number, to_tsquery('words', text) AS query
        FROM unnest(\(texts)::text[]) WITH ORDINALITY AS term (text, number))
      SELECT (SELECT count(*) FROM record WHERE words @@ term.query AND \(condition))
        + (SELECT count(*) FROM (
            SELECT DISTINCT part.namespace, part.id FROM word_part AS part
            WHERE part.words @@ term.query) AS further (owner, name)
          JOIN record ON namespace = owner AND id = name
          WHERE NOT words @@ term.query AND \(condition))
      FROM term ORDER BY number
      """, parameters.values
    ) { Int($0.integer(0)) }
  }
}
