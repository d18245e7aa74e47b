import Foundation
import LociCore

extension RecordStoreContract {
  /// Scores of words: BM25 inside the namespace, alike in every store.
  static var scores: [Promise<any RecordStore>] {
    [
      Promise("Scores are those of BM25 in the namespace, whatever was written before") { open in
        let store = try await open()
        for seed in 1...4 as ClosedRange<UInt64> {
          var world = try ScoreWorld(seed: seed)
          for _ in 0..<6 {
            try await world.change(store)
            try await world.compare(with: store)
          }
        }
      },
      Promise("What neighbours remember changes no score") { open in
        let store = try await open()
        try await fill(store, ["green tea", "black tea and a kettle", "coffee"], in: "one")
        let before = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        for place in ["one ", "One", "two"] {
          try await fill(store, (0..<50).map { "tea \($0) coffee" }, in: place)
        }
        let after = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        try expect(after, before, "matches")
        try expect(after.first?.statistics.recordCount, 3, "records")
        try expect(after.first?.statistics.holders, [2], "holders")
      },
      Promise("What is forgotten or archived changes no score, and is scored where asked for") {
        open in
        let store = try await open()
        try await fill(store, ["green tea", "coffee", "a kettle"], in: "one")
        let before = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        for (id, status) in [("x", Record.Status.forgotten), ("y", .archived)] {
          var record = try Samples.record(id, "green tea")
          record.status = status
          try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        }
        let after = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        try expect(after.count, 3, "matches")
        try expect(Set(after.map(\.score)), Set(before.map(\.score)), "scores")
        var patch = RecordPatch()
        patch.status = .active
        try await store.apply([.patch(RecordID("x"), patch)], in: one(), actor: nil, at: time)
        let shown = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        try expect(shown.first?.statistics.holders, [2], "holders")
        try expect(shown.first?.statistics.recordCount, 4, "records")
      },
      Promise("A common word proposes nothing beside a rarer one, and counts all the same") {
        open in
        let store = try await open()
        try await fill(
          store, (0..<1500).map { $0.isMultiple(of: 100) ? "tea rare" : "tea \($0)" }, in: "one")
        let found = try await store.search(
          words: "tea rare", limit: 99, where: Samples.everything())
        try expect(found.count, 15, "proposed")
        try expect(found.first?.statistics.holders, [1500, 15], "holders")
        try expect(found.first?.frequencies.terms, [1, 1], "frequencies")
        let common = try await store.search(words: "tea", limit: 9, where: Samples.everything())
        try expect(common.count, 9, "alone")
      },
      Promise("Words that stand together as in the query, or in its quotation marks, go first") {
        open in
        let store = try await open()
        try await fill(
          store, ["a board of white chalk", "a white board of chalk", "chalk, a board, white"],
          in: "one")
        let near = try await store.search(
          words: "where is the white board", limit: 9, where: Samples.everything())
        try expect(near.map(\.id.text).first, "1", "in order")
        try expect(near.map(\.frequencies.pairs), [[1], [0], [0]], "pairs")
        let quoted = try await store.search(
          words: "\"board of white\"", limit: 9, where: Samples.everything())
        try expect(quoted.map(\.id.text).first, "0", "quoted")
        try expect(quoted.first?.coverage.count, 1, "a phrase asks for no more than its words")
      },
      Promise("Of a text in many pieces, every word is counted once") { open in
        let store = try await open()
        // PostgreSQL keeps it in pieces that share some words.
        let words = (0..<700).map { "tea number \($0)" }
        try await fill(store, [words.joined(separator: ", "), "tea"], in: "one")
        let found = try await store.search(
          words: "tea number", limit: 9, where: Samples.everything())
        let long = found.first { $0.id.text == "0" }
        try expect(long?.frequencies.terms, [700, 700], "terms")
        try expect(long?.frequencies.pairs, [1399], "pairs")
        try expect(long?.frequencies.length, 2100, "length")
        try expect(long?.statistics.holders, [2, 1], "holders")
      },
    ]
  }

  private static func fill(
    _ store: any RecordStore, _ texts: [String], in place: String
  ) async throws {
    let records = try texts.enumerated().map { try Samples.record("\($0)", $1, in: place) }
    try await store.apply(
      records.map(RecordChange.insert), in: Namespace(place), actor: nil, at: time)
  }
}

/// Random records whose words are known, with plain scores of them.
private struct ScoreWorld {
  private struct Known {
    var text: [String]
    var heading: [String]
    var isActive: Bool
  }

  private struct Query {
    let text: String
    let terms: [[String]]
    var pairs: [(Int, Int)] = []
  }

  private var generator: SeededGenerator
  private let namespaces: [Namespace]
  private var known: [Namespace: [String: Known]] = [:]

  /// Each word's stem, and how it is written.
  private static let words: [(String, [String])] = [
    ("tea", ["tea", "Tea", "TEAS"]), ("prefer", ["prefers", "preferred", "preferring"]),
    ("lodz", ["Łódź", "lodz"]), ("kettl", ["kettle", "kettles"]), ("the", ["the"]),
    ("чай", ["чай", "ЧАЙ"]), ("喜", ["喜"]), ("歡", ["歡"]), ("喝", ["喝"]), ("42", ["42"]),
  ]

  private static let queries = [
    Query(text: "tea", terms: [["tea"]]),
    Query(text: "the teas", terms: [["tea"]]),
    Query(
      text: "what tea is preferred in Łódź?", terms: [["tea"], ["prefer"], ["lodz"]],
      pairs: [(0, 1), (1, 2)]),
    Query(
      text: "kettle the kettle tea kettle", terms: [["kettl"], ["tea"]],
      pairs: [(0, 1), (1, 0)]),
    Query(text: "喜歡喝", terms: [["喜", "歡"], ["歡", "喝"]]),
    Query(text: "喜喜", terms: [["喜", "喜"]]),
    Query(text: "tea 喝 чай", terms: [["tea"], ["喝"], ["чай"]]),
    Query(
      text: "“prefers tea” 42", terms: [["prefer"], ["tea"], ["prefer", "tea"], ["42"]],
      pairs: [(0, 1), (1, 3)]),
    Query(text: "nothing kettles", terms: [["noth"], ["kettl"]], pairs: [(0, 1)]),
  ]

  init(seed: UInt64) throws {
    generator = SeededGenerator(seed: seed)
    namespaces = try ["a", "b"].map { try Namespace("world \(seed) \($0)") }
  }

  private mutating func tokens(_ most: Int) -> (stems: [String], text: String) {
    var (stems, texts): ([String], [String]) = ([], [])
    for _ in 0..<Int.random(in: 1...most, using: &generator) {
      let (stem, spellings) = Self.words.randomElement(using: &generator) ?? ("tea", ["tea"])
      stems.append(stem)
      texts.append(spellings.randomElement(using: &generator) ?? stem)
    }
    return (stems, texts.joined(separator: " "))
  }

  /// Writes, changes, hides, shows, erases and takes over some records.
  mutating func change(_ store: any RecordStore) async throws {
    for namespace in namespaces {
      for _ in 0..<12 {
        let id = "\(Int.random(in: 0..<25, using: &generator))"
        let text = tokens(30)
        let heading = Bool.random(using: &generator) ? tokens(4) : ([], "")
        var record = try Samples.record(id, text.text, in: namespace.name)
        if !heading.0.isEmpty { record.source = .init(uri: "a.md", heading: heading.1) }
        record.status = Record.Status.allCases.randomElement(using: &generator) ?? .active
        if Bool.random(using: &generator) { record.status = .active }
        let new = Known(
          text: text.stems, heading: heading.0, isActive: record.status == .active)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
          try await store.takeOver(RecordTransfer(records: [record], erased: [:], log: []))
          known[namespace, default: [:]][id] = new
        case 1:
          try await store.takeOver(
            RecordTransfer(records: [], erased: [namespace: [record.id]], log: []))
          known[namespace]?[id] = nil
        case 2:
          try await store.apply(
            [.delete(record.id)], in: namespace, actor: nil, at: record.createdAt)
          known[namespace]?[id] = nil
        case 3 where known[namespace]?[id] != nil:
          var patch = RecordPatch()
          patch.status = record.status
          try await store.apply(
            [.patch(record.id, patch)], in: namespace, actor: nil, at: record.createdAt)
          known[namespace]?[id]?.isActive = new.isActive
        default:
          try await store.apply(
            [.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
          known[namespace, default: [:]][id] = new
        }
      }
    }
  }

  /// Throws where a store says another score, or another order.
  func compare(with store: any RecordStore) async throws {
    for namespace in namespaces {
      for query in Self.queries {
        let all = Scope(namespace: namespace, statuses: nil)
        let found = try await store.search(words: query.text, limit: 99, where: all)
        let expected = scores(query, in: namespace)
        let what = "\(query.text) in \(namespace)"
        try expect(Set(found.map(\.id.text)), Set(expected.keys), "\(what): found")
        for match in found {
          let score = expected[match.id.text] ?? 0
          try expect(
            abs(match.score - score) < 1e-9, true, "\(what): \(match.score) and not \(score)")
        }
        let first = try await store.search(words: query.text, limit: 4, where: all)
        try expect(first.map(\.id), found.prefix(4).map(\.id), "\(what): the first")
      }
    }
  }

  private func scores(_ query: Query, in namespace: Namespace) -> [String: Double] {
    let records = known[namespace] ?? [:]
    let active = records.values.filter(\.isActive)
    let mean =
      active.isEmpty
      ? 0
      : Double(active.reduce(0) { $0 + $1.text.count + $1.heading.count }) / Double(active.count)
    func idf(_ term: [String]) -> Double {
      let holders = Double(active.count { !Self.places(term, $0).isEmpty })
      return log(1 + (Double(active.count) - holders + 0.5) / (holders + 0.5))
    }
    return records.compactMapValues { record in
      let length = Double(record.text.count + record.heading.count)
      func saturated(_ count: Int) -> Double {
        let ratio = mean > 0 ? length / mean : 1
        return 2.2 * Double(count) / (Double(count) + 1.2 * (0.25 + 0.75 * ratio))
      }
      let places = query.terms.map { Self.places($0, record) }
      guard places.contains(where: { !$0.isEmpty }) else { return nil }
      var score = 0.0
      for (term, places) in zip(query.terms, places) {
        score += idf(term) * saturated(places.count)
      }
      for (first, second) in query.pairs {
        let near = places[first].flatMap { place in
          places[second].filter { (1...WordPair.window).contains($0 - place) }
        }
        score +=
          BM25.standard.togetherWeight * min(idf(query.terms[first]), idf(query.terms[second]))
          * saturated(near.count)
      }
      return score
    }
  }

  private static func places(_ term: [String], _ record: Known) -> [Int] {
    func places(_ words: [String], from start: Int) -> [Int] {
      words.indices.filter { words[$0...].starts(with: term) }.map { $0 + start }
    }
    return places(record.text, from: 0) + places(record.heading, from: 1_000_000)
  }
}
