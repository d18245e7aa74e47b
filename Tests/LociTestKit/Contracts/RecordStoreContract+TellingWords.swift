import LociCore

extension RecordStoreContract {
  /// Which words of a question count, and which letters are the same.
  static var tellingWords: [Promise<any RecordStore>] {
    [
      Promise("Letters that readers take for the same are found by each other") { open in
        let store = try await open()
        for (number, (text, others)) in letters.enumerated() {
          let spellings = [text] + others
          for (index, text) in spellings.enumerated() {
            let place = "letters\(number)-\(index)"
            try await store.apply(
              [.insert(try Samples.record("it", "From \(text) on.", in: place))],
              in: Namespace(place), actor: nil, at: time)
            for query in spellings.flatMap({ [$0, $0.uppercased(), $0.lowercased()] }) {
              let found = try await store.search(
                words: query, limit: 9, where: Samples.everything(in: place))
              try expect(found.map(\.id.text), ["it"], "\(query) in \(text)")
            }
          }
        }
      },
      Promise("Letters that are others stay apart") { open in
        let store = try await open()
        try await fill(store, ["мой чай", "Mueller", "їжа"])
        for query in ["мои", "Müller", "іжа"] {
          let found = try await store.search(words: query, limit: 9, where: Samples.everything())
          try expect(found.map(\.id.text), [], query)
        }
      },
      Promise("Question words, articles and their like count for nothing beside other words") {
        open in
        let store = try await open()
        try await fill(
          store, ["What is the plan of the house and how do I do it?", "harbour plan"])
        for (question, ids) in [
          ("how long should I boil an egg", []), ("what is the harbour", ["1"]),
          ("Wie ist der harbour?", ["1"]), ("où est le harbour ?", ["1"]),
          ("¿dónde está el harbour?", ["1"]), ("dov'è il harbour?", ["1"]),
          ("onde está o harbour?", ["1"]), ("waar is de harbour?", ["1"]),
          ("где это harbour?", ["1"]), ("isn't it Bob's harbour?", ["1"]),
        ] {
          let found = try await store.search(words: question, limit: 9, where: Samples.everything())
          let covered = found.filter { $0.coverage.count > 0 || $0.coverage.weight > 0 }
          try expect(covered.map(\.id.text), ids, question)
        }
        let found = try await store.search(
          words: "what is the harbour plan?", limit: 9, where: Samples.everything())
        try expect(
          Dictionary(uniqueKeysWithValues: found.map { ($0.id.text, $0.coverage.count) }),
          ["0": 0.5, "1": 1], "coverage")
      },
      Promise("A question of nothing but such words counts them all") { open in
        let store = try await open()
        try await fill(store, ["To be, or not to be", "The Who", "who knows"])
        for (question, id, coverage) in [("to be or not to be?", "0", 1.0), ("the who", "1", 1)] {
          let found = try await store.search(words: question, limit: 9, where: Samples.everything())
          try expect(found.first?.id.text, id, question)
          try expect(found.first?.coverage.count, coverage, question)
        }
      },
      Promise("A rare word weighs more than a common one") { open in
        let store = try await open()
        try await fill(store, (0..<20).map { "plan \($0)" } + ["harbour"])
        let found = try await store.search(
          words: "harbour plan", limit: 99, where: Samples.everything())
        let harbour = found.first { $0.id.text == "20" }?.coverage.weight ?? 0
        let plan = found.first { $0.id.text == "0" }?.coverage.weight ?? 0
        try expect(harbour > 0.9 && plan < 0.1, true, "weights \(harbour) and \(plan)")
        let half = try await store.search(
          words: "harbour unheard-of", limit: 9, where: Samples.everything())
        try expect(half.map(\.coverage.weight), [0.5], "one of two rare words")
      },
    ]
  }

  private static let letters: [(String, [String])] = [
    ("Łódź", ["Lodz"]), ("Straße", ["Strasse", "Stra\u{1E9E}e"]), ("Đorđe", ["Dorde"]),
    ("Øresund", ["Oresund"]), ("Ærø", ["Aero"]), ("œuvre", ["oeuvre"]), ("Þór", ["Thor"]),
    ("Guðrún", ["Gudrun"]), ("Ħamrun", ["Hamrun"]), ("Diyarbakır", ["Diyarbakir"]),
    ("İstanbul", ["Istanbul", "\u{131}stanbul"]), ("Ŋali", ["Nali"]), ("Ŧana", ["Tana"]),
    ("ﬁnal", ["final"]), ("Nguyễn", ["Nguyen", "Nguye\u{302}\u{303}n"]), ("Đặng", ["Dang"]),
    ("ёлка", ["елка"]), ("за\u{301}мок", ["замок"]), ("Müller", ["Muller"]), ("Čapek", ["Capek"]),
    ("Hawaiʻi", ["Hawaii"]), ("data\u{AD}base", ["database"]), ("λόγος", ["λογος"]),
    ("ｆｕｌｌ", ["full"]),
  ]

  private static func fill(_ store: any RecordStore, _ texts: [String]) async throws {
    let records = try texts.enumerated().map { try Samples.record("\($0)", $1) }
    try await store.apply(records.map(RecordChange.insert), in: one(), actor: nil, at: time)
  }
}
