import Foundation
import Loci
import LociCommand
import LociTestKit

/// A folder of judged data that a test writes.
struct JudgedFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.url.path }

  func file(_ name: String) -> String { folder.file(name).path }

  func write(_ text: String, to name: String) throws {
    let file = folder.file(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func writeBEIR(corpus: String, queries: String, judgements: String) throws {
    try write(corpus, to: "corpus.jsonl")
    try write(queries, to: "queries.jsonl")
    try write("query-id\tcorpus-id\tscore\n" + judgements, to: "qrels/test.tsv")
  }

  /// Two conversations of two people each; the last question's evidence is none.
  func writeLoCoMo() throws {
    try write(
      """
      {"conv": "c", "id": "D1:1", "session": 1, "speaker": "Ann", "text": "I bought a red bicycle"}
      {"conv": "c", "id": "D1:2", "session": 1, "speaker": "Bob", "text": "My violin is broken"}
      {"conv": "c", "id": "D2:1", "session": 2, "speaker": "Ann", "text": "We planted tomatoes"}
      {"conv": "d", "id": "D1:1", "session": 1, "speaker": "Eve", "text": "The glacier melts"}
      {"conv": "d", "id": "D1:2", "session": 1, "speaker": "Kim", "text": "Penguins like herring"}
      """, to: "turns.jsonl")
    try write(
      """
      {"conv": "c", "session": 1, "datetime": "1:56 pm on 8 May, 2023", \
      "turn_ids": ["D1:1", "D1:2"]}
      {"conv": "c", "session": 2, "turn_ids": ["D2:1"]}
      {"conv": "d", "session": 1, "turn_ids": ["D1:1", "D1:2"]}
      """, to: "sessions.jsonl")
    try write(
      """
      {"conv": "c", "question": "red bicycle", "category_name": "x", "evidence": ["D1:1", "D2:1"]}
      {"conv": "c", "question": "planted tomatoes", "category_name": "x", "evidence": ["D2:1"]}
      {"conv": "c", "question": "violin", "answer": 7, "category_name": "y", "evidence": ["D9:9"]}
      {"conv": "d", "question": "penguins herring", "category_name": "y", "evidence": ["D1:2"]}
      """, to: "questions.jsonl")
  }

  func data(_ layout: JudgedLayout? = nil) throws -> [JudgedCollection] {
    try JudgedData(path, layout: layout).all()
  }

  /// What reading throws; nil where it throws nothing.
  func failure(_ path: String? = nil) -> LociError? {
    do {
      _ = try JudgedData(path ?? self.path).all()
      return nil
    } catch {
      return error as? LociError
    }
  }
}

extension [String] {
  var ids: [RecordID] { get throws { try map { try RecordID($0) } } }
}
