import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Plans for what a source's records need")
struct IngestPlanTests {
  private let namespace: Namespace
  private let chunker: Chunker
  private let time = Date(timeIntervalSince1970: 1_700_000_000)
  private let uri = "/notes/river.md"

  init() throws {
    namespace = try Namespace("bot:ada")
    chunker = try Chunker(
      maximumTokens: 12, overlapTokens: 0, countTokens: Counting.words.count)
  }

  private func plan(_ text: String, over existing: [Record]) throws -> IngestPlan {
    try IngestPlan(
      for: chunker.document(text, as: .markdown), of: uri, replacing: existing, in: namespace,
      at: time)
  }

  /// A store in a dictionary, as strict about ids as a real one.
  private func apply(_ changes: [RecordChange], to records: [Record]) throws -> [Record] {
    var stored = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
    for change in changes {
      switch change {
      case .insert(let record):
        #expect(stored.updateValue(record, forKey: record.id) == nil, "an id was taken twice")
      case .patch(let id, let patch):
        stored[id] = try patch.applied(to: try #require(stored[id]), at: time)
      case .delete(let id): #expect(stored.removeValue(forKey: id) != nil)
      case .upsert: Issue.record("a plan never replaces blindly")
      }
    }
    return Array(stored.values)
  }

  private func places(_ records: [Record]) -> [[String]] {
    records.map { [$0.text, $0.source?.heading ?? "", "\($0.source?.lines ?? 0...0)"] }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func places(_ text: String) throws -> [[String]] {
    try chunker.chunks(of: text, as: .markdown)
      .map { [$0.text, $0.heading ?? "", "\($0.lines)"] }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test("Applying a plan gives exactly the new chunks, and texts that stay keep their records")
  func equivalence() throws {
    for seed in UInt64(1)...60 {
      var random = RandomDocument(seed: seed)
      var generator = SeededGenerator(seed: seed)
      var paragraphs = random.markdown().components(separatedBy: "\n\n")
      var records: [Record] = []
      for round in 1...6 {
        let text = paragraphs.joined(separator: "\n\n")
        let plan = try plan(text, over: records)
        let after = try apply(plan.changes, to: records)
        #expect(try places(after) == places(text), "seed \(seed), round \(round)")
        let texts = Dictionary(records.map { ($0.id, $0.text) }) { first, _ in first }
        for record in after where texts[record.id] != nil {
          #expect(texts[record.id] == record.text, "seed \(seed), round \(round)")
        }
        #expect(try self.plan(text, over: after).changes.isEmpty, "seed \(seed), round \(round)")
        let known = Set(records.map(\.text))
        // A later part of a table repeats its head.
        #expect(
          plan.inserts.allSatisfy {
            !known.contains($0.text) || text.contains($0.text) || $0.text.hasPrefix("| a | b |")
          })
        records = after.shuffled(using: &generator)
        let place = Int.random(in: 0..<paragraphs.count, using: &generator)
        switch round % 3 {
        case 0: paragraphs.insert(paragraphs[place], at: 0)
        case 1: paragraphs[place] = random.words(20)
        default: paragraphs.swapAt(place, 0)
        }
      }
    }
  }

  @Test("One edited paragraph changes one record; those below only move")
  func edit() throws {
    let sections = (1...5).map { "# S\($0)\n\nThe text of section \($0) is long enough here." }
    let text = sections.joined(separator: "\n\n")
    let records = try apply(try plan(text, over: []).changes, to: [])
    let edited = text.replacing("section 2 is", with: "section 2,\nis")
    let plan = try plan(edited, over: records)
    #expect(plan.inserts.count == 1)
    #expect(plan.deletes.count == 1)
    #expect(plan.patches.count == 3)
    #expect(plan.unchangedCount == 1)
    #expect(plan.renewals.isEmpty)
  }

  @Test("A renamed heading moves the chunks below it, and their vectors are made anew")
  func renamedHeading() throws {
    let body = "\n\n" + (1...30).map { "word\($0)" }.joined(separator: " ")
    let records = try apply(try plan("# Old" + body, over: []).changes, to: [])
    let plan = try plan("# New" + body, over: records)
    #expect(plan.inserts.count == 1, "the chunk that holds the heading")
    #expect(plan.deletes.count == 1)
    #expect(plan.patches.values.allSatisfy { $0.source?.heading == "New" })
    #expect(plan.patches.count == records.count - 1)
    #expect(Set(plan.renewals) == Set(plan.patches.keys), "headings are embedded with the text")
  }

  @Test("Ids depend on namespace, source, text and occurrence, and on nothing else")
  func ids() throws {
    let text = "# A\n\nthe same words again and again and again\n\n"
    let one = try plan(text + text, over: []).inserts
    #expect(Set(one.map(\.id)).count == 2)
    #expect(try one.map(\.id) == plan(text + text, over: []).inserts.map(\.id))
    #expect(one.allSatisfy { $0.id.text.count == 32 && $0.collection == .chunks })
    let hash = ContentHash(of: "x")
    // Lengths before the fields keep ("ab", "c") and ("a", "bc") apart.
    let left = try IngestPlan.chunkID(Namespace("ab"), "c", hash, occurrence: 0)
    let right = try IngestPlan.chunkID(Namespace("a"), "bc", hash, occurrence: 0)
    #expect(left != right)
    // printf '1:n5:/a.md64:<sha256 of x>1:0' | sha256sum
    #expect(
      try IngestPlan.chunkID(Namespace("n"), "/a.md", hash, occurrence: 0).text
        == "cf0b83a2b9c0b96bd595a19979636c00")
  }

  @Test("A source without chunks loses all its records")
  func emptied() throws {
    let records = try apply(try plan("# A\n\ntext", over: []).changes, to: [])
    #expect(try apply(try plan("", over: records).changes, to: records).isEmpty)
  }

  @Test("A chunk that somebody hid stays hidden, one whose text somebody changed comes back")
  func hiddenAndEdited() throws {
    let text = "# A\n\nthe first section is long enough\n\n# B\n\nthe second section is too"
    var records = try apply(try plan(text, over: []).changes, to: [])
    records[0].status = .forgotten
    #expect(try plan(text, over: records).changes.isEmpty)
    records[1].text = "changed by hand"
    let after = try apply(try plan(text, over: records).changes, to: records)
    #expect(try places(after) == places(text))
  }

  @Test("A hundred thousand equal chunks are planned in linear time")
  func manyEqual() throws {
    let chunker = try Chunker(maximumTokens: 1, overlapTokens: 0) { _ in 1 }
    let document = try chunker.document(String(repeating: "a\n\n", count: 100_000), as: .plain)
    let plan = try IngestPlan(
      for: document, of: uri, replacing: [], in: namespace, at: time)
    #expect(Set(plan.inserts.map(\.id)).count == 100_000)
  }
}
