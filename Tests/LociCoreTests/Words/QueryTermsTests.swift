import LociCore
import Testing

@Suite("What a query looks for") struct QueryTermsTests {
  @Test(
    "Question words and their like do not tell beside other words",
    arguments: [
      ("What is the code of the north gate?", ["code", "north", "gate"]),
      ("how long should I boil an egg", ["long", "boil", "egg"]),
      ("Wo liegt die Straße?", ["liegt", "strass"]), ("d'où vient l'heure", ["vient", "heur"]),
      ("We don't know Bob's plan, can't we?", ["know", "bob", "plan"]),
      ("What happened in May 2026 to us?", ["happen", "mai", "2026", "us"]),
      ("the war and the hat", ["war", "hat"]), ("to be or not to be", ["to", "be", "or", "not"]),
      ("", []), ("?!", []), ("the", ["the"]),
    ])
  func terms(query: String, terms: [String]) {
    #expect(QueryTerms(query).terms.filter(\.isTelling).map(\.tokens) == terms.map { [$0] })
  }

  @Test(
    "Joined words are identifiers, and prose is none",
    arguments: [
      ("10.2.0.1", 1), ("on 10.2.0.1 and 10.2.0.2.", 2), ("see C++, C# and .NET", 3),
      ("call +49 30 901820 or (555) 0142 77", 2), ("E1042", 1), ("v1.10.2", 1), ("a_b", 0),
      ("#release @ann", 2), ("long-term", 0), ("24/7", 1), ("order 4711007", 1), ("getUserName", 0),
      ("and/or", 0), ("Bob's", 0), ("don't", 0), ("l'heure", 0), ("wait... what", 0),
      ("so -- he said -- it is", 0), ("in 2026", 0), ("10am", 0), ("the 3rd", 0), ("etc.", 0),
      ("one, two; three: four", 0), ("(really)", 0), ("long-term effects of smoking", 0),
      ("how do long-term effects of smoking show", 0), ("IL-6", 0),
      ("does IL-6 inhibit the growth of tumours", 0),
      ("does CVE-2024-1234 affect the old server", 1), ("2020 2021", 0), ("日本語-日本", 0),
    ])
  func identifiers(query: String, count: Int) {
    #expect(QueryTerms(query).identifiers.count == count)
  }

  @Test(
    "How much of a query is joined words",
    arguments: [
      ("10.2.0.1", 1), ("what runs on 10.2.0.1?", 0.8), ("error E1042", 0.5), ("green tea", 0),
      ("which machine reported E1042 yesterday evening?", 0.2), ("", 0), ("long-term effects", 0),
    ])
  func identifierShare(query: String, share: Double) {
    #expect(abs(QueryTerms(query).identifierShare - share) < 1e-9)
  }

  @Test(
    "Telling words that are neighbours are pairs, whatever small words stand between",
    arguments: [
      ("what is the capital of France", [[0, 1]]), ("tea", []), ("tea tea", []),
      ("green tea and green kettles", [[0, 1], [1, 0], [0, 2]]), ("tea 日本 kettle", []),
    ])
  func pairs(query: String, pairs: [[Int]]) {
    #expect(QueryTerms(query).pairs.map { [$0.first, $0.second] } == pairs)
  }

  @Test(
    "What is in quotation marks is a phrase, and its words are looked for, too",
    arguments: [
      ("the \"board of white\" chalk", ["board", "of", "white"]),
      ("„to be or“ not", ["to", "be", "or"]), ("«日本 tea»", ["日", "本", "tea"]),
    ])
  func quoted(query: String, tokens: [String]) {
    let quoted = QueryTerms(query).telling.filter { $0.role == .quoted }
    #expect(quoted.map(\.tokens) == [tokens])
  }

  @Test("What is joined as in prose is a term besides its words")
  func joined() {
    let terms = QueryTerms("long-term effects").telling
    #expect(terms.map(\.role) == [.word, .word, .joined, .word])
    for query in ["\"tea", "\"\"", "\"tea\"", "p53", "Bob's"] {
      #expect(QueryTerms(query).telling.allSatisfy { $0.role == .word }, "\(query)")
    }
  }

  @Test("An identifier's spelling is one word of the index, whatever is around it")
  func spellings() throws {
    for text in [
      "10.2.0.1", "(10.2.0.1)", "at 10.2.0.1.", "http://10.2.0.1:80/x", "v=10.2.0.1", "V10.2.0.1",
    ] {
      let identifier = try #require(QueryTerms("10.2.0.1").identifiers.first)
      let word = try #require(identifier.phrases.first?.tokens.first)
      #expect(Segmenter.words(of: text).contains(word), "\(text)")
    }
    let other = try #require(QueryTerms("10.2.0.15").identifiers.first?.phrases.first)
    #expect(!Segmenter.words(of: "10.2.0.1").contains(other.tokens[0]))
  }

  @Test(
    "No query is too odd or too long",
    arguments: [
      String(repeating: "-", count: 100_000), String(repeating: "a-", count: 100_000),
      String(repeating: "1 ", count: 100_000), String(repeating: "'", count: 100_000),
      String(repeating: "a.b/c:d@e ", count: 20_000), "\u{301}\u{301}-\u{301}", ".#@", "v", "v1",
      String(repeating: "x", count: 1 << 20), "\u{FE0F}-1", "'t n't 'n't",
    ])
  func odd(query: String) {
    let terms = QueryTerms(query)
    #expect(terms.terms.count <= 256)
    #expect(terms.identifiers.allSatisfy { $0.phrases.allSatisfy { $0.tokens.count <= 16 } })
    _ = Segmenter.words(of: query)
  }
}
