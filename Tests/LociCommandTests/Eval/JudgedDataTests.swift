import Foundation
import Loci
import LociCommand
import LociJSON
import LociTestKit
import Testing

@Suite("Reading judged data")
struct JudgedDataTests {
  private let folder: JudgedFolder

  init() throws { folder = try JudgedFolder() }

  // MARK: BEIR

  @Test("BEIR: titles go before texts, blank documents are counted, only judged queries are asked")
  func beir() throws {
    try folder.writeBEIR(
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
      judgements: "q\t1\t2\nq\t9\t0\nq\tq\t1\n")
    let collection = try folder.data()[0]
    #expect(collection.documents.map(\.text) == ["T body", "alone", "no title"])
    #expect(collection.emptyCount == 1)
    #expect(collection.questions.map(\.text) == ["judged"])
    // A document with the query's own id answers nothing.
    #expect(try collection.questions[0].pieces == [RecordID("1"): 2, RecordID("9"): 0])
    try folder.write("{\"_id\": \"q\", \"text\": \"own\"}", to: "queries.test.jsonl")
    #expect(try folder.data()[0].questions.map(\.text) == ["own"])
  }

  @Test(
    "A malformed collection is refused with the line's number and without its text",
    arguments: [
      ("{\"_id\": \"1\"}", "{\"_id\": \"q\", \"text\": \"\"}", "q\t1\t1", "Line 1"),
      ("{\"_id\": 1, \"text\": \"secret\"}", "{}", "q\t1\t1", "Line 1"),
      (
        "{\"_id\": \"1\", \"text\": \"\"}\n{\"_id\": \"1\", \"text\": \"secret\"}", "{}",
        "q\t1\t1", "Line 2"
      ),
      ("{\"_id\": \"\", \"text\": \"secret\"}", "{}", "q\t1\t1", "Line 1"),
      ("\n[1", "{}", "q\t1\t1", "Line 2"),
      ("{\"_id\": \"1\", \"text\": \"\"}", "{\"_id\": \"r\", \"text\": \"\"}", "q\t1\t1", "judged"),
      ("{\"_id\": \"1\", \"text\": \"\"}", "{\"_id\": \"q\", \"text\": \"\"}", "q\t1\tx", "Line 2"),
      ("{\"_id\": \"1\", \"text\": \"\"}", "{\"_id\": \"q\", \"text\": \"\"}", "q\t\t1", "Line 2"),
    ])
  func badBEIR(corpus: String, queries: String, judgements: String, place: String) throws {
    try folder.writeBEIR(corpus: corpus, queries: queries, judgements: judgements)
    let error = try #require(folder.failure())
    #expect(error.code == .corrupt)
    #expect(error.message.contains(place))
    #expect(!error.description.contains("secret"))
  }

  // MARK: LoCoMo

  @Test("LoCoMo: turns have speakers, places and times; questions have turns and sessions")
  func locomo() throws {
    try folder.writeLoCoMo()
    let collections = try folder.data()
    #expect(collections.map(\.name) == ["c", "d"])
    let first = collections[0]
    #expect(first.documents[0].text == "Ann said, \"I bought a red bicycle\"")
    #expect(first.documents.map { $0.place?.position } == [0, 1, 0])
    #expect(first.speakers == ["Ann", "Bob"])
    #expect(first.documents[0].time == Date(timeIntervalSince1970: 1_683_554_160))
    #expect(first.documents[2].time == nil)
    #expect(try Set(first.questions[0].pieces.keys) == Set(["D1:1", "D2:1"].ids))
    #expect(try Set(first.questions[0].wholes.keys) == Set(["session 1", "session 2"].ids))
    #expect(first.questions[2].pieces.isEmpty && first.questions[2].wholes.isEmpty)
    let joined = first.joined
    #expect(try joined.documents.map(\.id) == ["session 1", "session 2"].ids)
    #expect(
      joined.documents[0].text
        == "Ann said, \"I bought a red bicycle\"\nBob said, \"My violin is broken\"")
  }

  // MARK: LongMemEval

  private static let instances = """
    [
      {"question_id": "q1", "question_type": "multi-session", "question": "Which tree?",
       "answer": 3, "question_date": "2023/05/30 (Tue) 23:40",
       "haystack_session_ids": ["s1", "s2", "s1"],
       "haystack_dates": ["2023/05/20 (Sat) 02:21", "2023/05/21 (Sun) 10:00", "odd"],
       "haystack_sessions": [
         [{"role": "user", "content": "An \\"elm\\" ]} grows", "has_answer": true},
          {"role": "assistant", "content": "How nice", "has_answer": false}],
         [{"role": "user", "content": ""}, {"role": "user", "content": "Tea"}],
         [{"role": "user", "content": "Again"}]],
       "answer_session_ids": ["s1"]},
      {"question_id": "q2_abs", "question_type": "multi-session", "question": "Whose?",
       "answer": "none", "haystack_session_ids": ["s9"],
       "haystack_sessions": [[{"role": "user", "content": "Hm"}]],
       "answer_session_ids": ["s9"]}
    ]
    """

  @Test("LongMemEval: each question has its own haystack; abstention has no evidence")
  func longMemEval() throws {
    try folder.write(Self.instances, to: "longmemeval_s.json")
    for path in [folder.path, folder.file("longmemeval_s.json")] {
      let data = try JudgedData(path)
      #expect(data.layout == .longmemeval)
      #expect(data.collectionCount == nil)
      let all = try data.all()
      #expect(all.map(\.name) == ["q1", "q2_abs"])
      #expect(all[0].documents.map(\.text) == ["An \"elm\" ]} grows", "How nice", "Tea", "Again"])
      #expect(all[0].emptyCount == 1)
      #expect(try all[0].documents.map(\.id) == ["s1_1", "s1_2", "s2_2", "s1_3"].ids)
      #expect(all[0].documents.map { $0.place?.position } == [0, 1, 1, 2])
      #expect(all[0].documents[0].time == Date(timeIntervalSince1970: 1_684_549_260))
      #expect(all[0].documents[3].time == nil)
      let question = all[0].questions[0]
      #expect(try question.pieces == [RecordID("s1_1"): 1])
      #expect(try question.wholes == [RecordID("s1"): 1])
      #expect(question.category == "multi-session")
      #expect(question.time == Date(timeIntervalSince1970: 1_685_490_000))
      #expect(all[1].questions[0].category == "abstention")
      #expect(all[1].questions[0].pieces.isEmpty && all[1].questions[0].wholes.isEmpty)
      #expect(all[1].questions[0].isUnanswerable)
    }
    try folder.write("[]", to: "longmemeval_oracle.json")
    #expect(folder.failure()?.code == .invalidArgument)
    #expect(try JudgedData(folder.file("longmemeval_oracle.json")).all().isEmpty)
  }

  @Test(
    "A malformed haystack is refused with its line, after those before, and without its text",
    arguments: [
      ("{}", "array"), ("", "array"), ("[{\"question_id\": \"secret\"}]", "line 1"),
      ("[\n\n[1, \"secret\"]]", "line 3"), ("[7]", "no object"), ("[{\"a\": \"secret", "ends"),
      ("[{}", "question_id"), ("[", "ends"), ("[] secret", "follows"), ("[{} {}]", "line 1"),
    ])
  func badLongMemEval(text: String, problem: String) throws {
    try folder.write(text, to: "longmemeval_s.json")
    let error = try #require(folder.failure())
    #expect(error.code == .corrupt)
    #expect(error.message.contains(problem), "\(error.message)")
    #expect(!error.description.contains("secret"))
  }

  @Test("Ids and sessions that do not go together are refused")
  func unevenHaystack() throws {
    let text = Self.instances.replacing(
      "\"haystack_session_ids\": [\"s9\"]", with: "\"haystack_session_ids\": []")
    try folder.write(text, to: "longmemeval_s.json")
    let error = try #require(folder.failure())
    #expect(error.code == .corrupt)
    #expect(error.message.contains("line 12"), "\(error.message)")
  }

  @Test("An array is read element by element, however it is cut into pieces, within its bound")
  func arrayReader() throws {
    struct Item: Decodable {
      let n: Int
      let text: String
    }
    let items = (0..<2000).map { number in
      "{\"n\": \(number), \"text\": \"\(String(repeating: "é\\\\\\\"]", count: number % 97))\"}"
    }
    try folder.write("\u{FEFF} [" + items.joined(separator: ",\n") + "]\n", to: "long.json")
    let reader = try JSONArrayReader(path: folder.file("long.json"))
    var count = 0
    while let (item, line) = try reader.next(as: Item.self) {
      #expect(item.n == count)
      #expect(item.text.count == 4 * (count % 97))
      #expect(line == count + 1)
      count += 1
    }
    #expect(count == 2000)
    #expect(try reader.next(as: Item.self) == nil)
    let bounded = try JSONArrayReader(path: folder.file("long.json"), maximumBytes: 100)
    #expect(throws: LociError.self) {
      while try bounded.next(as: Item.self) != nil {}
    }
  }

  // MARK: One's own

  @Test("One's own lines: sessions, speakers, times, grades, and gold by session")
  func lines() throws {
    try folder.write(
      """
      {"id": "r1", "text": "one", "session": "s", "speaker": "Ann", "time": "2026-01-02"}
      {"id": "r2", "text": "two", "session": "s"}
      {"id": "r3", "text": "three"}
      {"id": "r1", "text": "of another", "collection": "other"}
      """, to: "records.jsonl")
    try folder.write(
      """
      {"id": "a", "text": "?", "gold": ["r1", "r3"], "category": "x", "time": "2026-02-03T04:05Z"}
      {"text": "?", "gold": {"r2": 2, "r3": 0}}
      {"text": "?", "gold": ["s"]}
      {"text": "?", "gold": [], "collection": "other"}
      """, to: "questions.jsonl")
    let all = try folder.data()
    #expect(all.map(\.documents.count) == [3, 1])
    #expect(all[1].name == "other")
    #expect(all[0].documents.map { $0.place?.position } == [0, 1, nil])
    #expect(all[0].documents[0].time == Date(timeIntervalSince1970: 1_767_312_000))
    #expect(all[0].speakers == ["Ann"])
    let (r1, r2) = (try RecordID("r1"), try RecordID("r2"))
    let (r3, session) = (try RecordID("r3"), try RecordID("s"))
    #expect(all[0].questions.map(\.pieces) == [[r1: 1, r3: 1], [r2: 2, r3: 0], [:]])
    #expect(
      all[0].questions.map(\.wholes) == [[session: 1, r3: 1], [session: 2, r3: 0], [session: 1]])
    #expect(all[0].questions[0].category == "x")
  }

  @Test(
    "A malformed line is refused by its number, without its text",
    arguments: [
      ("{\"id\": \"secret\"}", "{\"text\": \"?\", \"gold\": []}", "Line 1"),
      ("{\"id\": \"r\", \"text\": \"\", \"time\": \"secret\"}", "", "Line 1"),
      ("{\"id\": \"r\", \"text\": \"a\"}\n{\"id\": \"r\", \"text\": \"secret\"}", "", "Line 2"),
      ("{\"id\": \"r\", \"text\": \"a\"}", "{\"text\": \"?\", \"gold\": [\"secret\"]}", "Line 1"),
      ("{\"id\": \"r\", \"text\": \"a\"}", "{\"text\": \"?\", \"gold\": \"secret\"}", "Line 1"),
      ("{\"id\": \"r\", \"text\": \"a\"}", "\n{\"text\": \" \", \"gold\": []}", "Line 2"),
      (
        "{\"id\": \"r\", \"text\": \"a\"}",
        "{\"text\": \"?\", \"gold\": [], \"collection\": \"secret\"}", "Line 1"
      ),
    ])
  func badLines(records: String, questions: String, place: String) throws {
    try folder.write(records, to: "records.jsonl")
    try folder.write(questions, to: "questions.jsonl")
    let error = try #require(folder.failure())
    #expect(error.code == .corrupt)
    #expect(error.message.contains(place), "\(error.message)")
    #expect(!error.description.contains("secret"))
  }

  @Test("A folder without judged data says what it should hold, and a missing one that it is")
  func unknown() throws {
    let error = try #require(folder.failure())
    #expect(error.code == .invalidArgument)
    #expect(error.remedy?.contains("corpus.jsonl") == true)
    #expect(folder.failure(folder.file("nowhere"))?.code == .notFound)
  }
}
