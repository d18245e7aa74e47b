import Foundation
import LociCore

extension RecordStoreContract {
  /// Finding by words.
  static var words: [Promise<any RecordStore>] {
    [
      Promise("Words are found in any form, best first, with their coverage") { open in
        let store = try await filled(open, ["Alice prefers tea", "Tea, tea and tea", "coffee"])
        try expect(try await found("TEA", store), ["1", "0"], "case and rank")
        try expect(try await found("preferring", store), ["0"], "stem")
        try expect(try await found("prefers coffee", store), ["2", "0"], "either word")
        let matches = try await store.search(
          words: "alice tea milk tea", limit: 9, where: Samples.everything())
        try expect(matches.first?.id.text, "0", "best")
        try expect(matches.map(\.coverage.count), [2.0 / 3, 1.0 / 3], "coverage")
        try expect(
          zip(matches, matches.dropFirst()).allSatisfy { $0.score >= $1.score }, true, "order")
      },
      Promise("Ties fall by id, also where the limit cuts them") { open in
        let store = try await filled(open, (0..<30).map { _ in "the same words" })
        let ids = (0..<30).map(String.init).sorted()
        for limit in [1, 7, 30, 99] {
          try expect(
            try await found("same words", store, limit: limit), Array(ids.prefix(limit)),
            "at \(limit)")
        }
      },
      Promise("Words in any script are found") { open in
        for (text, query) in scripts {
          let store = try await open()
          let record = try Samples.record("script", text)
          try await store.apply([.upsert(record)], in: one(), actor: nil, at: time)
          try expect(try await found(query, store), ["script"], "\(query) in \(text)")
        }
      },
      Promise("Characters that only stand apart are no word") { open in
        let store = try await filled(open, ["茶は好き。喜びの歌、歓迎。", "喜歡喝茶"])
        try expect(try await found("喜歡", store), ["1"], "phrase")
        try expect(try await found("歡喜", store), [], "the other way round")
      },
      Promise("A heading is found like the text below it") { open in
        let store = try await open()
        var record = try Samples.record("a", "Steep for three minutes.")
        record.source = .init(uri: "a.md", heading: "Drinks › Darjeeling")
        try await store.apply([.insert(record)], in: one(), actor: nil, at: time)
        try expect(try await found("darjeeling", store), ["a"], "heading")
        record.source?.heading = "Drinks › Assam"
        try await store.apply([.upsert(record)], in: one(), actor: nil, at: time)
        try expect(try await found("darjeeling", store), [], "the old heading")
        try expect(try await found("assam", store), ["a"], "the new heading")
      },
      Promise("A changed text is found by its new words only [16]") { open in
        let store = try await filled(open, ["zebra 喜歡 stripes"])
        var patch = RecordPatch()
        patch.text = "giraffe"
        try await store.apply(
          [.patch(RecordID("0"), patch)], in: one(), actor: nil, at: time)
        for old in ["zebra", "喜歡", "stripes"] {
          try expect(try await found(old, store), [], old)
        }
        try expect(try await found("giraffe", store), ["0"], "new")
      },
      Promise("Filters run before top-k: crowds of others never push a match out [12]") { open in
        let store = try await open()
        var records = try (0..<300).map { index in
          var record = try Samples.record("crowd\(index)", "tea tea tea")
          if index.isMultiple(of: 2) { record.status = .forgotten } else { record.category = .fact }
          return record
        }
        var wanted = try Samples.record("wanted", "a long text in which tea is but one word")
        wanted.category = .preference
        records.append(wanted)
        try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
        let filter = Scope(namespace: try one(), categories: [.preference])
        let matches = try await store.search(words: "tea", limit: 1, where: filter)
        try expect(matches.map(\.id), [wanted.id], "found")
      },
      Promise("No query is an error or a query language") { open in
        let store = try await filled(open, ["tea and coffee NOT milk", "quo\"te near col:umn"])
        for query in odd {
          _ = try await store.search(words: query, limit: 3, where: Samples.everything())
        }
        try expect(try await found("tea NOT milk", store), ["0"], "NOT is a word")
        try expect(try await found("\"quo", store), ["1"], "quote")
        try expect(try await found("umn:", store), ["1"], "colon")
        try expect(try await found("tea\0zzz", store), ["0"], "NUL")
        for nothing in ["", " \n", "!?\"*()", "👩‍👩‍👧", "\0", "\u{301}"] {
          try expect(try await found(nothing, store), [], "nothing in the query")
        }
      },
    ]
  }

  private static let scripts = [
    ("愛麗絲喜歡喝茶，不喜歡咖啡。", "喜歡"), ("愛麗絲喜歡喝茶，不喜歡咖啡。", "愛麗絲喝什麼茶"), ("茶", "茶"),
    ("アリスはコーヒーよりお茶が好きです", "コーヒー"), ("アリスはコーヒーよりお茶が好きです", "お茶"), ("ｱﾘｽ", "アリス"),
    ("앨리스는 커피보다 차를 좋아한다", "커피"), ("커피".decomposedStringWithCanonicalMapping, "커피"),
    ("อลิซชอบดื่มชามากกว่ากาแฟ", "กาแฟ"), ("ນ້ຳຊາ", "ຊາ"), ("តែ និងកាហ្វេ", "កាហ្វេ"), ("လက်ဖက်ရည်", "လက်ဖက်"),
    ("أليس تفضل الشاي على القهوة", "القهوة"), ("אליס מעדיפה תה", "מעדיפה"),
    ("مُحَمَّد كـتـاب", "محمد"), ("مُحَمَّد كـتـاب", "كتاب"), ("שָׁלוֹם", "שלום"),
    ("Алиса любит чай", "ЧАЙ"), ("Η Αλίκη πίνει τσάι", "τσαι"), ("ऐलिस चाय पीती है", "चाय"),
    ("Crème brûlée", "creme BRULEE"), ("Cre\u{300}me", "crème"), ("ＦＵＬＬ width", "full"),
    ("Straße 42", "straße"), ("x𠮷野家y", "𠮷野"), ("mixed日本語text", "text"), ("mixed日本語text", "日本"),
    ("error E1042: v2.3", "e1042"), ("före\0efter", "efter"),
  ]

  private static let odd = [
    "\"", "\"\"\"", "(", ") OR (", "a AND", "NEAR(a b, 3)", "text : tea", "-tea", "^tea", "*",
    "te*",
    "tea\0coffee", "';--", "{a b}", "\u{202E}tea", "\u{FFFD}",
    String(repeating: "tea ", count: 4000),
    String(repeating: "日本語", count: 100_000), String(repeating: "x", count: 1 << 20),
    (0..<5000).map { "word\($0)" }.joined(separator: " "),
  ]

  private static func filled(
    _ open: Promise<any RecordStore>.Opener, _ texts: [String]
  ) async throws -> any RecordStore {
    let store = try await open()
    let changes = try texts.enumerated().map {
      RecordChange.insert(try Samples.record("\($0)", $1))
    }
    try await store.apply(changes, in: one(), actor: nil, at: time)
    return store
  }

  private static func found(
    _ query: String, _ store: any RecordStore, limit: Int = 99
  ) async throws -> [String] {
    try await store.search(words: query, limit: limit, where: Samples.everything()).map(\.id.text)
  }
}
