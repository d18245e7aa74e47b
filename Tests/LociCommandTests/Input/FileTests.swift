import Foundation
import Loci
import LociCommand
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

  private func writeCollection(corpus: String, queries: String, judgements: String) throws {
    _ = try write(corpus, to: "beir/corpus.jsonl")
    _ = try write(queries, to: "beir/queries.jsonl")
    _ = try write("query-id\tcorpus-id\tscore\n" + judgements, to: "beir/qrels/test.tsv")
  }

  private func collection() throws -> JudgedCollection {
    try JudgedCollection(folder: folder.file("beir").path, split: "test")
  }

  @Test("A judged collection is read; titles go before texts, and only judged queries count")
  func judgedCollection() throws {
    try writeCollection(
      corpus: """
        {"_id": "1", "title": "T", "text": "body"}
        {"_id": "2", "title": "", "text": "alone"}
        {"_id": "3", "text": "no title"}
        {"_id": "4", "title": "", "text": " "}
        """,
      queries: """
        {"_id": "q", "text": "judged"}
        {"_id": "r", "text": "not judged"}
        """,
      judgements: "q\t1\t2\nq\t9\t0\n")
    let collection = try collection()
    #expect(collection.documents.map(\.text) == ["T body", "alone", "no title"])
    #expect(collection.emptyCount == 1)
    #expect(collection.queries == [.init(id: "q", text: "judged")])
    #expect(collection.grades == ["q": ["1": 2, "9": 0]])
    _ = try write("{\"_id\": \"q\", \"text\": \"own\"}", to: "beir/queries.test.jsonl")
    #expect(try self.collection().queries.map(\.text) == ["own"])
  }

  @Test(
    "A malformed collection is refused",
    arguments: [
      ("{\"_id\": \"1\"}", "{\"_id\": \"q\", \"text\": \"\"}", "q\t1\t1", "Line 1"),
      ("{\"_id\": 1, \"text\": \"\"}", "{}", "q\t1\t1", "Line 1"),
      (
        "{\"_id\": \"1\", \"text\": \"\"}\n{\"_id\": \"1\", \"text\": \"\"}", "{}", "q\t1\t1",
        "Line 2"
      ),
      ("\n[1", "{}", "q\t1\t1", "Line 2"),
      ("{\"_id\": \"1\", \"text\": \"\"}", "{\"_id\": \"r\", \"text\": \"\"}", "q\t1\t1", "judged"),
      ("{\"_id\": \"1\", \"text\": \"\"}", "{\"_id\": \"q\", \"text\": \"\"}", "q\t1\tx", "Line 2"),
    ])
  func badCollection(corpus: String, queries: String, judgements: String, place: String) throws {
    try writeCollection(corpus: corpus, queries: queries, judgements: judgements)
    let error = try #require(failure { _ = try collection() })
    #expect(error.code == .corrupt)
    #expect(error.message.contains(place))
  }

  @Test("Conversations are read as turns or as sessions, each question with its gold documents")
  func conversations() throws {
    _ = try write(
      """
      {"conv": "c", "id": "D1:1", "session": 1, "speaker": "Ann", "text": "Hi"}
      {"conv": "c", "id": "D1:2", "session": 1, "speaker": "Bob", "text": "Yes"}
      {"conv": "c", "id": "D2:1", "session": 2, "speaker": "Ann", "text": "Tea"}
      {"conv": "d", "id": "D1:1", "session": 1, "speaker": "Eve", "text": "Other"}
      """, to: "turns.jsonl")
    _ = try write(
      """
      {"conv": "c", "session": 1, "turn_ids": ["D1:1", "D1:2"]}
      {"conv": "c", "session": 2, "turn_ids": ["D2:1"]}
      {"conv": "d", "session": 1, "turn_ids": ["D1:1"]}
      """, to: "sessions.jsonl")
    _ = try write(
      """
      {"conv": "c", "question": "?", "category_name": "x", "evidence": ["D1:1", "D1:2"]}
      {"conv": "c", "question": "?", "answer": 7, "category_name": "y", "evidence": ["D9:9"]}
      """, to: "questions.jsonl")
    let turns = try Conversations(folder: folder.url.path, unit: .turn).all
    #expect(turns.map(\.id) == ["c", "d"])
    #expect(turns[0].documents.map(\.text).first == "Ann said, \"Hi\"")
    #expect(turns[0].questions.map(\.gold) == [["D1:1", "D1:2"], []])
    let parts = try Conversations(folder: folder.url.path, unit: .session).all
    #expect(parts[0].documents == turns[0].documents)
    #expect(parts[0].documents.map { $0.place?.position } == [0, 1, 0])
    #expect(parts[0].questions.map(\.gold) == [["session 1"], []])
    let sessions = try Conversations(
      folder: folder.url.path, unit: .session, hasParts: false
    ).all
    #expect(
      sessions[0].documents.map(\.text) == [
        "Ann said, \"Hi\"\nBob said, \"Yes\"", "Ann said, \"Tea\"",
      ])
    #expect(sessions[0].questions.map(\.gold.count) == [1, 0])
    #expect(sessions[1].questions.isEmpty)
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
