import LociCore

extension RecordStoreContract {
  /// Finding what signs join: addresses, versions, paths, names in code.
  static var joinedWords: [Promise<any RecordStore>] {
    [
      Promise("An identifier goes before what only resembles it, however many there are") { open in
        let store = try await open()
        for (number, (identifier, lookalikes)) in identifiers.enumerated() {
          let place = "case\(number)"
          var texts = (0..<120).map { lookalikes[$0 % lookalikes.count] }
          texts.insert(identifier, at: 77)
          let records = try texts.enumerated().map {
            try Samples.record("\($0)", "Since then \($1) is what runs in the east.", in: place)
          }
          try await store.apply(
            records.map(RecordChange.insert), in: Namespace(place), actor: nil, at: time)
          for query in [
            identifier, identifier.uppercased(), "what runs on \(identifier)?",
            "Tell me (\(identifier.lowercased())), please.",
          ] {
            let found = try await store.search(
              words: query, limit: 3, where: Samples.everything(in: place))
            try expect(found.first?.id.text, "77", query)
            try expect(found.first?.spelling != nil, true, "\(query): spelling")
          }
        }
      },
      Promise("How an identifier is spelled is told, best first") { open in
        let store = try await open()
        let texts = [
          "see 10.0.1.2", "see 10-2-0-1", "see (10.2.0.1).", "see http://10.2.0.1:80/x",
          "see 10.2.0.1.5",
        ]
        try await fill(store, texts)
        let found = try await store.search(
          words: "see 10.2.0.1", limit: 9, where: Samples.everything())
        try expect(Set(found.prefix(2).map(\.id.text)), ["2", "3"], "as written")
        try expect(Set(found[2..<4].map(\.id.text)), ["1", "4"], "in order")
        try expect(
          found.map(\.spelling),
          [
            .identifierAsWritten, .identifierAsWritten, .identifierInOrder, .identifierInOrder, nil,
          ],
          "spellings")
        try expect(found.allSatisfy { $0.coverage.count == 1 }, true, "all hold every word")
      },
      Promise("A limit keeps the identifier, and a filter is applied before") { open in
        let store = try await open()
        try await fill(store, (0..<50).map { "10.2.0.1 and again 10.2.0.1.\($0)" } + ["10.2.0.1"])
        var archived = try Samples.record("archived", "10.2.0.1")
        archived.status = .archived
        try await store.apply([.insert(archived)], in: one(), actor: nil, at: time)
        let filter = Scope(namespace: try one(), statuses: [.archived])
        let matches = try await store.search(words: "10.2.0.1", limit: 1, where: filter)
        try expect(matches.map(\.id.text), ["archived"], "filtered")
        try expect(matches.first?.spelling, .identifierAsWritten, "spelling")
      },
      Promise("A changed or erased text holds its old identifiers no more") { open in
        let store = try await open()
        try await fill(store, ["at 10.2.0.1", "at 10.0.1.2"])
        var patch = RecordPatch()
        patch.text = "at 10.2.0.7"
        try await store.apply([.patch(RecordID("0"), patch)], in: one(), actor: nil, at: time)
        let old = try await store.search(words: "10.2.0.1", limit: 9, where: Samples.everything())
        try expect(old.map(\.spelling), Array(repeating: nil, count: old.count), "old")
        let new = try await store.search(words: "10.2.0.7", limit: 1, where: Samples.everything())
        try expect(new.first?.spelling, .identifierAsWritten, "new")
        try await store.apply([.delete(RecordID("0"))], in: one(), actor: nil, at: time)
        let gone = try await store.search(words: "10.2.0.7", limit: 9, where: Samples.everything())
        try expect(gone.map(\.spelling), [nil], "erased")
      },
      Promise("Words that hyphens join go first by their score") { open in
        let store = try await open()
        let others = ["cool-my-widget", "widget-cool-my", "my-cool-widgets", "my-cool-widget-old"]
        var texts = (0..<120).map { "Since then \(others[$0 % 4]) is what runs in the east." }
        texts.insert("Since then my-cool-widget is what runs in the east.", at: 77)
        try await fill(store, texts)
        for query in ["my-cool-widget", "what runs on My-Cool-Widget?"] {
          let found = try await store.search(words: query, limit: 3, where: Samples.everything())
          try expect(found.first?.id.text, "77", query)
          try expect(found.map(\.spelling), [nil, nil, nil], "\(query): spellings")
        }
      },
      Promise("Hyphens of prose put nothing first where many records have them") { open in
        let store = try await open()
        try await fill(store, (0..<40).map { "a long-term plan \($0)" } + ["term of a long plan"])
        let found = try await store.search(
          words: "long-term budget plan", limit: 50, where: Samples.everything())
        try expect(found.count, 41, "found")
        try expect(found.allSatisfy { $0.spelling == nil }, true, "spellings")
        let rare = try await store.search(
          words: "a plan that isn't Bob's, and/or mine", limit: 50, where: Samples.everything())
        try expect(rare.allSatisfy { $0.spelling == nil }, true, "apostrophes")
      },
      Promise("Of a text of 10 MB every word is found, and none once the text is gone") {
        open in
        let store = try await open()
        var record = try Samples.record("long", longText)
        record.source = .init(uri: "long.txt", heading: "Darjeeling")
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        for query in longQueries {
          let found = try await store.search(words: query, limit: 9, where: Samples.everything())
          try expect(found.map(\.id.text), ["long"], query)
          try expect(found.first?.coverage.count, 1, "\(query): coverage")
        }
        let scrambled = try await store.search(
          words: "10.1.0.2", limit: 9, where: Samples.everything())
        try expect(scrambled.first?.spelling, nil, "no scrambled phrase")
        var patch = RecordPatch()
        patch.text = "short"
        try await store.apply([.patch(record.id, patch)], in: one(), actor: nil, at: time)
        for query in longQueries where query != "darjeeling" {
          let found = try await store.search(words: query, limit: 9, where: Samples.everything())
          try expect(found.map(\.id.text), [], query)
        }
      },
    ]
  }

  /// Identifiers, and what has the same words in another order, or more of them.
  private static let identifiers: [(String, [String])] = [
    ("10.2.0.1", ["10.0.1.2", "10.2.0.15", "110.2.0.1", "10.2.0.1.5", "10-2-0-1", "1.0.2.10"]),
    ("2026-11-05", ["2026-05-11", "05-11-2026", "2026-11-051", "2026/11/05", "11-2026-05"]),
    ("1.10.2", ["2.10.1", "1.2.10", "1.10.21", "1.10.2.1", "11.10.2", "1-10-2"]),
    ("CVE-2024-1234", ["CVE-1234-2024", "CVE-2024-12345", "2024-CVE-1234", "CVE 2024: 1234"]),
    ("AB-12-34", ["AB-34-12", "12-AB-34", "AB-12-345", "AB-12-34-5", "AB 12, 34"]),
    (
      "src/main/util.c",
      ["util/main/src.c", "src/util/main.c", "src/main/util.cc", "main/src/util.c"]
    ),
    (
      "C:\\work\\new\\a.txt", ["C:\\new\\work\\a.txt", "D:\\work\\new\\a.txt", "a:\\work\\new.txt"]
    ),
    (
      "parse_user_name",
      ["name_user_parse", "parse_name_user", "user_parse_name", "parse_user_names"]
    ),
    ("ann.lee@example.com", ["lee.ann@example.com", "ann.lee@com.example", "ann@lee.example.com"]),
    ("555-0142-77", ["0142-555-77", "77-0142-555", "555-77-0142", "555-0142-778"]),
    ("+49 30 901820", ["+30 49 901820", "901820 30 49", "49 901820 30", "+49 30 9018201"]),
    ("10:30", ["30:10", "10:305", "30.10"]),
    (
      "550e8400-e29b-41d4-a716-446655440000",
      ["550e8400-41d4-e29b-a716-446655440000", "446655440000-e29b-41d4-a716-550e8400"]
    ),
    ("https://example.com/a/b", ["https://example.com/b/a", "https://a.com/example/b"]),
    ("C++", ["C", "C#", "C+", "c-c"]), ("C#", ["C", "C++", "c-sharp"]),
    (".NET", ["NET", "net-net", "#net"]), ("node.js", ["js.node", "node js node", "js/node"]),
    ("#release-42", ["release-42", "42-release", "#release-421"]),
    ("@ann_lee", ["@lee_ann", "@ann_lees", "lee_ann"]),
    ("std::vector", ["vector::std", "vector std", "std::vectors"]),
    ("E1042", ["E1024", "E10421", "E 1042"]),
    ("10.2", ["2.10", "10.22", "10.2.0", "102"]), ("2.0.0-rc.1", ["2.0.0-1.rc", "2.0.0-rc.11"]),
    ("9f8e7d6c5b", ["9f8e7d6c5c", "9f8e7d6c5b0", "5b9f8e7d6c"]),
  ]

  /// Some 20,000 lines of an access log between a beginning and an end in several scripts.
  private static let longText: String = {
    var generator = SeededGenerator(seed: 3)
    var lines = ["giraffe 喜歡 the beginning"]
    var size = 0
    while size < 10_000_000 {
      let words = (0..<60).map { _ in
        String(UInt64.random(in: 0...999_999_999, using: &generator), radix: 36)
      }
      let line = "10 2 0 1 the 茶 \(words.joined(separator: " ")) and the end of it"
      lines.append(line)
      size += line.utf8.count
    }
    return lines.joined(separator: "\n")
      + "\nhost 10.2.0.1 in Łódź слово Straße 愛麗絲喝茶 αλφα zebra"
  }()

  private static let longQueries = [
    "giraffe", "喜歡", "darjeeling", "zebra", "10.2.0.1", "lodz", "СЛОВО", "strasse", "愛麗絲", "ΆΛΦΑ",
    "where is the zebra?",
  ]

  private static func fill(_ store: any RecordStore, _ texts: [String]) async throws {
    let records = try texts.enumerated().map { try Samples.record("\($0)", $1) }
    try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
  }
}
