import Foundation
import Loci
import LociCommand
import LociJSON
import LociTestKit
import Testing

@Suite("Reading files")
struct FileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  private func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = folder.file(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  private func lines(_ path: String, maximumBytes: Int = 1 << 20) throws -> [Line] {
    let reader = LineReader(try InputFile(path: path), maximumBytes: maximumBytes)
    var lines: [Line] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func failure(_ body: () throws -> Void) -> LociError? {
    do {
      try body()
      return nil
    } catch {
      return error as? LociError
    }
  }

  @Test("Lines come with their numbers; blank ones, line ends and a byte order mark do not")
  func lineNumbers() throws {
    let path = try write("\u{FEFF}one\r\n\n  \ntwo\u{2028}\nthree", to: "a")
    #expect(
      try lines(path) == [
        Line(number: 1, text: "one"), Line(number: 4, text: "two\u{2028}"),
        Line(number: 5, text: "three"),
      ])
    #expect(try lines(try write("", to: "b")) == [])
    #expect(try lines(try write("\n\n", to: "c")) == [])
  }

  @Test("Any lines come back, whatever their lengths and the pieces in which they are read")
  func anyLengths() throws {
    var generator = SeededGenerator(seed: 7)
    let texts = (0..<300).map { index in
      String(repeating: "é", count: Int.random(in: 0...3000, using: &generator)) + "\(index)"
    }
    let path = try write(texts.joined(separator: "\n"), to: "long")
    #expect(try lines(path).map(\.text) == texts)
    let reader = LineReader(try InputFile(path: path))
    var inWindows: [String] = []
    while case let window = try reader.nextWindow(limit: 64), !window.isEmpty {
      #expect(window.count <= 64)
      inWindows += window.map(\.text)
    }
    #expect(inWindows == texts)
  }

  @Test("Invalid UTF-8 and a line that is too long are refused by number, after the lines before")
  func malformed() throws {
    let path = try write(Array("good\nfine\nb".utf8) + [0xFF] + Array("d\nlast".utf8), to: "bad")
    #expect(failure { _ = try lines(path) }?.message.contains("Line 3") == true)
    let reader = LineReader(try InputFile(path: path))
    #expect(try reader.nextWindow(limit: 10).map(\.text) == ["good", "fine"])
    #expect(throws: LociError.self) { try reader.nextWindow(limit: 10) }
    let long = try write("a\n" + String(repeating: "b", count: 200_000), to: "long")
    let error = failure { _ = try lines(long, maximumBytes: 1000) }
    #expect(error?.message.contains("Line 2") == true)
  }

  @Test("A missing file and a folder are errors")
  func missing() {
    #expect(failure { _ = try lines("/nowhere/at/all") }?.code == .notFound)
    #expect(failure { _ = try lines("/tmp") }?.code == .io)
  }

  @Test("Sentence pairs are found by the names in the header, in any order")
  func pairs() throws {
    let path = try write("sentence2\tx\tscore\tsentence1\nb\t\t2.5\ta\nd\t\t1\tc\n", to: "sts.tsv")
    let pairs = try SimilarityPairs(path: path)
    #expect(pairs.left == ["a", "c"])
    #expect(pairs.right == ["b", "d"])
    #expect(pairs.scores == [2.5, 1])
  }

  @Test(
    "A malformed table is refused with the line's number and without its text",
    arguments: [
      ("score\tsentence1\n1\tsecret\n", "Line 1"), ("", "Line 1"),
      ("score\tsentence1\tsentence2\n1\tsecret\n", "Line 2"),
      ("score\tsentence1\tsentence2\n1\ta\tb\nsecret\tc\td\n", "Line 3"),
      ("score\tsentence1\tsentence2\nnan\tsecret\td\n", "Line 2"),
    ])
  func badTable(text: String, place: String) throws {
    let path = try write(text, to: "sts.tsv")
    let error = try #require(failure { _ = try SimilarityPairs(path: path) })
    #expect(error.code == .corrupt)
    #expect(error.message.contains(place))
    #expect(!error.description.contains("secret"))
  }

  @Test("Token ids are read under each of their names, a row a line or as one document")
  func tokenizedTexts() throws {
    let lines = try write(
      """
      {"text": "a", "ids": [1]}
      {"text": "b", "ids_with_special": [2, 3]}
      """, to: "t.jsonl")
    #expect(try TokenizedTexts(path: lines).rows.map(\.ids) == [[1], [2, 3]])
    let one = try write("{\"text\": \"a\",\n \"token_ids\": [4]}", to: "one.json")
    #expect(try TokenizedTexts(path: one).rows.map(\.ids) == [[4]])
    let list = try write("[{\"text\": \"a\", \"ids\": []}]", to: "list.json")
    #expect(try TokenizedTexts(path: list).rows.map(\.ids) == [[]])
    for bad in ["{}", "[{\"text\": \"a\"}]", "", "[]"] {
      let path = try write(bad, to: "bad.json")
      #expect(throws: LociError.self) { try TokenizedTexts(path: path) }
    }
    let path = try write("{\"text\": \"a\", \"ids\": []}\n{\"text\": \"a\"}", to: "bad.jsonl")
    let error = failure { _ = try TokenizedTexts(path: path) }
    #expect(error?.message.contains("Line 2") == true)
  }
}
