import LociCore

/// A search by words: which of the query's terms count, the ranking, and how many each hit holds.
struct WordSearch {
  /// The terms of a query that are looked for.
  static let maximumTerms = 64
  /// The terms that are looked for where all of them are common: enough to rank by, few enough that
  /// the cost stays bounded.
  static let maximumCommonTerms = 3

  private let connection: Connection
  /// Each term as a `tsquery`'s text: words of a…z and digits only, so that nothing in a query can
  /// be an operator.
  private let terms: [String]

  init(_ query: String, _ connection: Connection) {
    self.connection = connection
    terms = WordText.terms(query).map { $0.joined(separator: " <-> ") }
  }

  /// The best records that pass the filter; ties by id.
  ///
  /// The score is PostgreSQL's `ts_rank`, lowered for long texts by 1 + log(length).
  func best(_ limit: Int, where filter: Filter) throws -> [LexicalMatch] {
    guard !terms.isEmpty else { return [] }
    var parameters = Parameters()
    let all = parameters.bind(.texts(terms))
    let wanted = parameters.bind(.text(try telling().joined(separator: " | ")))
    let condition = try FilterSQL.condition(filter, &parameters)
    let top = parameters.bind(.integer(Int64(limit)))
    return try connection.rows(
      """
      WITH term AS MATERIALIZED (
        SELECT to_tsquery('words', text) AS query FROM unnest(\(all)::text[]) AS text),
      hit AS MATERIALIZED (
        SELECT namespace, id, ts_rank(words, query, 1)::double precision AS score
        FROM record, to_tsquery('words', \(wanted)::text) AS query
        WHERE words @@ query AND \(condition)
        ORDER BY score DESC, id LIMIT \(top))
      SELECT id, score, (SELECT count(*) FROM term, record AS r
        WHERE r.namespace = hit.namespace AND r.id = hit.id AND r.words @@ term.query)
      FROM hit ORDER BY score DESC, id
      """, parameters.values
    ) { row in
      LexicalMatch(
        id: try RecordID(row.text(0)), score: row.real(1),
        coverage: Double(row.integer(2)) / Double(terms.count))
    }
  }

  /// The terms to look for. One that more than a tenth of the records hold, and more than 1000, is
  /// left out as long as another remains: it tells little, and it costs most.
  ///
  /// How common a word is, the server's own statistics say, in any language; they know of every
  /// word that is in more than about a hundredth of the records.
  private func telling() throws -> [String] {
    guard terms.count > 1 else { return terms }
    let common = try connection.rows(
      """
      WITH known AS (
        SELECT unnest(s.most_common_elems::text::text[]) AS word,
          unnest(s.most_common_elem_freqs) AS share, c.reltuples AS total
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_stats AS s ON s.schemaname = n.nspname AND s.tablename = c.relname
        WHERE c.oid = 'record'::regclass AND s.attname = 'words' AND c.reltuples > 1000)
      SELECT term.number - 1 FROM unnest($1::text[]) WITH ORDINALITY AS term (text, number)
      WHERE EXISTS (SELECT 1 FROM known WHERE share * total > greatest(1000, total / 10)
        AND to_tsvector('words', term.text) @@ quote_literal(known.word)::tsquery)
      """, [.texts(terms)]
    ) { Int($0.integer(0)) }
    let telling = terms.indices.filter { !common.contains($0) }.map { terms[$0] }
    return Array(
      telling.isEmpty
        ? terms.prefix(Self.maximumCommonTerms) : telling.prefix(Self.maximumTerms))
  }
}
