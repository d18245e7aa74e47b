import Foundation
import LociMemory
import LociSimulation
import LociTestKit

extension Simulation {
  private static let names = ["a.md", "b.txt", "c.md"]

  /// Changes some documents and ingests their folder.
  mutating func ingest() async throws {
    let namespace = try drawNamespace()
    try changeDocuments(of: namespace)
    journal.note(
      "ingest in \(namespace): \(model.documents[namespace, default: [:]].keys.sorted())")
    let folder = try documentFolder().folder(of: namespace)
    var report: IngestReport?
    do {
      report = try await memory[namespace].ingest(
        folder, options: IngestOptions(chunkTokens: 12, overlapTokens: 0))
    } catch let error as LociError {
      journal.note("  \(error.code)")
    } catch {
      throw Violation("ingesting threw \(error), which is no LociError")
    }
    try await settleIngest(of: namespace, report)
  }

  private mutating func documentFolder() throws -> DocumentFolder {
    let folder = try documents ?? DocumentFolder(seed: seed)
    documents = folder
    return folder
  }

  private mutating func changeDocuments(of namespace: Namespace) throws {
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let name = Self.names.randomElement(using: &generator) ?? "a.md"
      let text = generator.happens(0.2) ? nil : drawDocument()
      let uri = try documentFolder().set(name, of: namespace, to: text)
      model.documents[namespace, default: [:]][uri] = text
    }
  }

  private mutating func drawDocument() -> String {
    let paragraphs = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      Vocabulary.text(3...10, using: &generator) + "."
    }
    let heading = generator.happens(0.5) ? ["# " + Vocabulary.text(1...2, using: &generator)] : []
    return (heading + paragraphs).joined(separator: "\n\n") + "\n"
  }

  /// Each document's chunks are its new ones, or, where ingesting failed, all still its old ones.
  private mutating func settleIngest(of namespace: Namespace, _ report: IngestReport?) async throws
  {
    let actual = try await calmly { try await chunks(of: namespace) }
    let old = Dictionary(
      grouping: model.records.filter { $0.key.namespace == namespace && $0.value.source != nil },
      by: { $0.value.source?.uri ?? "" })
    for uri in Set(actual.keys).union(old.keys).sorted() {
      let now = actual[uri] ?? [:]
      let before = Dictionary(
        uniqueKeysWithValues: (old[uri] ?? []).map { ($0.key, $0.value) })
      let isNew = Self.covers(now, model.documents[namespace]?[uri])
      guard isNew || report == nil && now == before else {
        throw Violation(
          "after ingesting (\(report == nil ? "failed" : "ok")) the chunks of \(uri) are "
            + "\(now.values.map(\.text)), before \(before.values.map(\.text)), the document is "
            + (model.documents[namespace]?[uri] ?? "gone"))
      }
      for name in Set(before.keys).union(now.keys) {
        let isSame = model.records[name] == now[name]
        model.set(name, to: now[name])
        // Vectors of chunks that are to go are deleted first, also where the chunks then stay.
        guard !isSame || report == nil else { continue }
        model.embedded.remove(name)
        if report?.pendingCount == 0 && now[name] != nil { model.embedded.insert(name) }
      }
    }
  }

  /// Whether chunks are what a document says, neither more nor less.
  private static func covers(_ chunks: [Name: Facts], _ document: String?) -> Bool {
    guard let document else { return chunks.isEmpty }
    let words = chunks.values.flatMap { $0.text.split { !$0.isLetter } }
    return Set(words) == Set(document.split { !$0.isLetter })
      && chunks.values.allSatisfy { document.contains($0.text) }
  }

  private func chunks(of namespace: Namespace) async throws -> [String: [Name: Facts]] {
    let filter = Scope(namespace: namespace, collections: [.chunks], statuses: nil)
    var chunks: [String: [Name: Facts]] = [:]
    let found = try await records().list(where: filter, after: nil, limit: 10_000)
    for (name, facts) in try await facts(of: found, in: namespace) {
      chunks[facts.source?.uri ?? "", default: [:]][name] = facts
    }
    return chunks
  }
}
