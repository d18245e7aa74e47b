import LociSimulation

/// Documents made of everything that a chunker meets, from a seed.
public struct RandomDocument {
  private var generator: SeededGenerator
  private static let scripts = [
    "memory river stone quick brown lantern of to in a",
    "größe über naïve façade e\u{301}te\u{301} A\u{30A}ngstro\u{308}m",
    "记忆是一条河流。石头沉在水底！你喝什么？ 静かな海に月が昇る。",
    "สวัสดีครับผมชื่อโลคิและผมจำทุกอย่าง ความทรงจำ",
    "שלום עולם مرحبا بالعالم ذاكرة؟ זיכרון",
    "👩‍👩‍👧‍👦 🇩🇪🇫🇷🇯🇵 👍🏽 ❤️ 🧠 e\u{301}\u{302}\u{303}",
    "\u{301}lonely \u{200D}joined 。\u{FE0F} 🏽",
  ]

  /// Makes a source of documents.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A Markdown document.
  public mutating func markdown() -> String {
    let blocks = (0..<Int.random(in: 0...30, using: &generator)).map { _ in block() }
    let front = Bool.random(using: &generator) ? "---\ntitle: x\n---\n" : ""
    return front + blocks.joined(separator: pick(["\n", "\n\n", "\n\n\n", "\n \t\n"]))
      + pick(["", "\n", "\n\n"])
  }

  /// A line of 1 to `most` words, each from any script.
  public mutating func words(_ most: Int) -> String {
    (0..<Int.random(in: 1...most, using: &generator)).map { _ in
      let script = pick(Self.scripts)
      let word = pick(script.split(separator: " ").map(String.init))
      return word + pick(["", "", "", ".", ",", "!", "?\"", "…"])
    }
    .joined(separator: pick([" ", " ", "  ", "\u{A0}", "\u{3000}"]))
  }

  private mutating func block() -> String {
    switch Int.random(in: 0...8, using: &generator) {
    case 0, 1: pick(["# ", "## ", "### "]) + words(4)
    case 2: words(4) + pick(["\n===", "\n---"])
    case 3: lines(6) { "- " + $0.words(12) }
    case 4: lines(5) { "> " + $0.words(12) }
    case 5: "| a | b |\n|---|---|\n" + lines(5) { "| \($0.words(3)) | \($0.words(3)) |" }
    case 6:
      pick(["```\n", "````swift\n", "~~~\n"]) + lines(8) { $0.words(6) }
        + pick(["\n```", "\n````", "\n~~~", ""])
    case 7: String(repeating: words(1), count: Int.random(in: 1...200, using: &generator))
    default: lines(8) { $0.words(30) }
    }
  }

  private mutating func lines(_ most: Int, _ line: (inout Self) -> String) -> String {
    (0..<Int.random(in: 1...most, using: &generator)).map { _ in line(&self) }
      .joined(separator: "\n")
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }
}
