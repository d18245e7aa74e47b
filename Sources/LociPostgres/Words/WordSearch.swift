import LociCore

/// A search by words: which of the query's terms count, the ranking, and how many each hit holds.
struct WordSearch {
  /// The terms of a query that are looked for.
  static let maximumTerms = 64
  /// The terms that are looked for where all of them are common: enough to rank by, few enough that
  /// the cost stays bounded.
  static let maximumCommonTerms = 3

  private let connection: Connection
  /// Each term as a `tsquery`'s text.
  private let terms: [String]
  private let coverage: QueryCoverage
  /// Joined words that some records hold, and not too many, as a `tsquery`'s text.
  private let phrases: [(spelling: LexicalMatch.Spelling, query: String)]
  private let wanted: [String]

  /// Looks up how many records hold each of the query's terms. Only those that tell are looked for.
  ///
  /// A term that is in more than a tenth of the records, and in more than 1000, is not looked for
  /// as long as another term remains: it tells little, and it costs most.
  init(_ query: String, _ connection: Connection) throws {
    self.connection = connection
    let query = QueryTerms(query)
    let terms = query.terms.map { WordText.query($0.tokens) }
    let phrases = query.identifiers.flatMap(\.phrases)
    let (recordCount, holders) = try connection.holders(
      of: terms + phrases.map { WordText.query($0.tokens) })
    let telling = terms.indices.filter { query.terms[$0].isTelling }
    let uncommon = telling.filter { holders[$0] <= max(1000, recordCount / 10) }
    wanted = Array(
      uncommon.isEmpty
        ? telling.map { terms[$0] }.prefix(Self.maximumCommonTerms)
        : uncommon.map { terms[$0] }.prefix(Self.maximumTerms))
    coverage = QueryCoverage(query.terms, holders: holders, of: recordCount)
    let rare = zip(phrases, holders.dropFirst(terms.count)).filter { phrase, count in
      (1...Identifier.maximumHolders(phrase, of: recordCount)).contains(count)
    }
    self.phrases = Dictionary(grouping: rare.map(\.0), by: \.spelling)
      .sorted { $0.key > $1.key }
      .map { ($0, $1.map { WordText.query($0.tokens) }.joined(separator: " | ")) }
    self.terms = terms
  }

  /// The best records that pass the filter: those that hold joined words of the query first, then
  /// by score; ties by id.
  ///
  /// The score is PostgreSQL's `ts_rank`, lowered for long texts by 1 + log(length); of a text in
  /// several parts, its best part's.
  func best(
    _ limit: Int, in namespace: Namespace, where filter: Filter
  ) throws -> [LexicalMatch] {
    guard !terms.isEmpty else { return [] }
    var parameters = Parameters()
    let all = parameters.bind(.texts(terms))
    let query = parameters.bind(
      .text((phrases.map { "(\($0.query))" } + wanted).joined(separator: " | ")))
    let spelled = phrases.map { ($0.spelling.rawValue, parameters.bind(.text($0.query))) }
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    let top = parameters.bind(.integer(Int64(limit)))
    return try connection.rows(
      """
      WITH term AS MATERIALIZED (
        SELECT number, to_tsquery('words', text) AS query
        FROM unnest(\(all)::text[]) WITH ORDINALITY AS term (text, number)),
      found AS (
        SELECT namespace, id, words FROM record, to_tsquery('words', \(query)::text) AS query
        WHERE words @@ query AND \(condition)
        UNION ALL
        SELECT namespace, id, part FROM (
          SELECT namespace, id, words FROM word_part, to_tsquery('words', \(query)::text) AS query
          WHERE words @@ query) AS further (owner, name, part)
        JOIN record ON namespace = owner AND id = name WHERE \(condition)),
      hit AS MATERIALIZED (
        SELECT namespace, id, max(ts_rank(words, query, 1))::double precision AS score,
          max(\(Self.spelling(spelled)))::bigint AS spelling
        FROM found, to_tsquery('words', \(query)::text) AS query\(Self.queries(spelled))
        GROUP BY namespace, id ORDER BY spelling DESC, score DESC, id LIMIT \(top))
      SELECT id, score, spelling, (SELECT coalesce(string_agg(number::text, ' '), '') FROM term
        WHERE EXISTS (SELECT 1 FROM record AS r
            WHERE r.namespace = hit.namespace AND r.id = hit.id AND r.words @@ term.query)
          OR EXISTS (SELECT 1 FROM word_part AS p
            WHERE p.namespace = hit.namespace AND p.id = hit.id AND p.words @@ term.query))
      FROM hit ORDER BY spelling DESC, score DESC, id
      """, parameters.values, match)
  }

  /// The number of the best spelling whose phrases a row's words hold; 0 where none.
  private static func spelling(_ spelled: [(number: Int, parameter: String)]) -> String {
    guard !spelled.isEmpty else { return "0" }
    let cases = spelled.map { "WHEN words @@ spelling_\($0.number) THEN \($0.number)" }
    return "CASE \(cases.joined(separator: " ")) ELSE 0 END"
  }

  private static func queries(_ spelled: [(number: Int, parameter: String)]) -> String {
    spelled.map { ", to_tsquery('words', \($0.parameter)::text) AS spelling_\($0.number)" }.joined()
  }

  private func match(_ row: Row) throws -> LexicalMatch {
    let numbers = Set(row.text(3).split(separator: " ").compactMap { Int($0) })
    let share = coverage.share(of: terms.indices.map { numbers.contains($0 + 1) })
    return LexicalMatch(
      id: try RecordID(row.text(0)), score: row.real(1), named: "ts_rank",
      coverage: share,
      spelling: LexicalMatch.Spelling(rawValue: Int(row.integer(2))))
  }
}

extension Connection {
  /// About how many records there are, and how many hold what each `tsquery` asks for.
  ///
  /// Words that are in more than about a hundredth of the records are known from the server's own
  /// statistics; the others are counted.
  fileprivate func holders(of queries: [String]) throws -> (recordCount: Int, holders: [Int]) {
    guard !queries.isEmpty else { return (0, []) }
    let counts = try rows(
      """
      WITH total AS MATERIALIZED (
        SELECT greatest(reltuples, (SELECT count(*) FROM (SELECT 1 FROM record LIMIT 1000) AS few))
          ::bigint AS count
        FROM pg_class WHERE oid = 'record'::regclass),
      known AS MATERIALIZED (
        SELECT unnest(s.most_common_elems::text::text[]) AS word,
          unnest(s.most_common_elem_freqs) * c.reltuples AS holders
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
        WHERE c.oid = 'record'::regclass AND s.attname = 'words' AND c.reltuples > 1000),
      term AS MATERIALIZED (
        SELECT number, to_tsquery('words', text) AS query,
          CASE WHEN position(' ' IN text) = 0
            THEN (SELECT lexeme FROM unnest(to_tsvector('words', text)) LIMIT 1) END AS word
        FROM unnest($1::text[]) WITH ORDINALITY AS term (text, number))
      SELECT total.count, coalesce(
        (SELECT max(holders)::bigint FROM known WHERE known.word = term.word),
        (SELECT count(*) FROM record WHERE words @@ term.query)
        + (SELECT count(DISTINCT (namespace, id)) FROM word_part WHERE words @@ term.query))
      FROM term, total ORDER BY number
      """, [.texts(queries)]
    ) { (Int($0.integer(0)), Int($0.integer(1))) }
    return (counts.first?.0 ?? 0, counts.map(\.1))
  }
}
