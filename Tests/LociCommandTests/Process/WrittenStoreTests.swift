import Foundation
import LociTestKit
import Testing

@Suite("Stores of earlier versions, asked by the command") struct WrittenStoreAnswerTests {
  @Test("A store that an earlier Loci wrote answers as it did then", arguments: WrittenStore.all)
  func answers(_ store: WrittenStore) async throws {
    let command = try CommandProcess()
    try store.copy(to: command.folder.file("memory.sqlite"))
    let answers = try store.answers()
    try #require(!answers.isEmpty)
    for answer in answers {
      // Their vectors were made in single precision, and so is the question's.
      let now = try await command.run(
        answer.words + Self.formerDefaults(of: answer.words) + ["--json", "--quiet"],
        environment: ["LOCI_PRECISION": "float32"])
      #expect(now.status == 0, "\(answer.words): \(now.errors)")
      let documents = try Self.documents(now.output)
      #expect(documents.count == answer.documents.count, "\(answer.words)")
      for (now, then) in zip(documents, answer.documents) {
        let difference =
          Self.isByWords(answer.words)
          ? Self.differenceOfHits(now, then) : Self.difference(now, then)
        if let difference {
          Issue.record("\(answer.words): \(difference)")
        }
      }
    }
  }

  /// How recall found before its default policy was another one.
  private static func formerDefaults(of words: [String]) -> [String] {
    guard words.first == "recall", !words.contains("--policy") else { return [] }
    return ["--policy", "bare"]
      + (words.contains("--min-similarity") ? [] : ["--min-similarity", "0.3"])
  }

  /// Whether a recall goes by words, of which other ones count since then: the hits are other
  /// ones of the same records.
  private static func isByWords(_ words: [String]) -> Bool {
    words.first == "recall" && !words.contains("semantic")
  }

  /// Where none of the hits is one now, or one has another record.
  private static func differenceOfHits(_ now: Any, _ then: Any) -> String? {
    func records(_ answer: Any) -> [String: Any] {
      let hits = (answer as? [String: Any])?["hits"] as? [[String: Any]] ?? []
      return hits.reduce(into: [:]) { records, hit in
        guard let record = hit["record"] as? [String: Any], let id = record["id"] as? String
        else { return }
        records[id] = record
      }
    }
    let (found, former) = (records(now), records(then))
    let same = found.keys.filter { former[$0] != nil }.sorted()
    guard same.isEmpty == former.isEmpty else { return ".hits: none of those that were" }
    return same.lazy.compactMap { id in
      difference(found[id], former[id] ?? NSNull(), at: ".\(id)")
    }.first
  }

  /// One JSON document, or one a line.
  private static func documents(_ text: String) throws -> [Any] {
    func read(_ text: some StringProtocol) throws -> Any {
      try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
    if let whole = try? read(text) { return [whole] }
    return try text.split(separator: "\n").map(read)
  }

  /// Where what is answered now is not what was answered then; more fields are no difference.
  private static func difference(_ now: Any?, _ then: Any, at path: String = "") -> String? {
    switch (now, then) {
    case (let now as [String: Any], let then as [String: Any]):
      return then.keys.sorted().lazy.compactMap { key in
        difference(now[key], then[key] ?? NSNull(), at: "\(path).\(key)")
      }.first
    case (let now as [Any], let then as [Any]):
      guard now.count == then.count else { return "\(path): \(now.count), not \(then.count)" }
      return zip(now, then).enumerated().lazy.compactMap { index, pair in
        difference(pair.0, pair.1, at: "\(path)[\(index)]")
      }.first
    case (let now as NSNumber, let then as NSNumber):
      return abs(now.doubleValue - then.doubleValue) < 1e-5 ? nil : "\(path): \(now), not \(then)"
    default:
      let isSame = (now as? NSObject) == (then as? NSObject)
      return isSame ? nil : "\(path): \(now ?? "nothing"), not \(then)"
    }
  }
}
