import Foundation
import Loci
import LociAgents
import LociTestKit
import Testing

/// A folder of documents beside a memory on a backend.
struct FileFixture {
  let agent: AgentFixture
  let docs: URL
  let notes: MemoryNamespace
  var options = IngestOptions(chunkTokens: 24, overlapTokens: 0)

  init(_ backend: TestBackend) async throws {
    agent = try await AgentFixture(backend)
    docs = agent.folder.file("docs")
    try FileManager.default.createDirectory(at: docs, withIntermediateDirectories: true)
    notes = try agent.memory.namespace("workspace:docs")
  }

  var embedder: FaultyEmbedder { agent.embedder }

  /// A document of sections; each is a chunk of its own.
  static func text(_ name: String, sections: Int = 4) -> String {
    (1...sections).map {
      "# \(name) \($0)\n\nThe \(name) of section \($0) is long enough to stand by itself here, "
        + "and says something about \(name)\($0).\n"
    }.joined(separator: "\n")
  }

  func write(_ path: String, _ text: String) throws {
    let file = docs.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func move(_ path: String, to target: String) throws {
    let file = docs.appending(path: target)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: docs.appending(path: path), to: file)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: docs.appending(path: path))
  }

  @discardableResult
  func ingest(_ path: String? = nil) async throws -> IngestReport {
    try await notes.ingest(path.map { docs.appending(path: $0) } ?? docs, options: options)
  }

  /// A file's address.
  func uri(_ path: String) -> String { TextFile.canonicalPath(of: docs) + "/" + path }

  /// The chunks of a file, in their order.
  func chunks(_ path: String) async throws -> [Record] {
    try await notes.list(
      where: Filter(collections: [.chunks], statuses: nil, sourceURI: uri(path)), limit: 1000
    ).sorted { ($0.position ?? 0) < ($1.position ?? 0) }
  }

  /// Whether each chunk stands where its source says, word by word.
  func expectTrueLines(_ path: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let text = try String(contentsOf: docs.appending(path: path), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let records = try await chunks(path)
    #expect(!records.isEmpty, sourceLocation: sourceLocation)
    for record in records {
      let range = try #require(record.source?.lines, sourceLocation: sourceLocation)
      let said = lines[(range.lowerBound - 1)...(range.upperBound - 1)].joined(separator: "\n")
      #expect(
        said.trimmingCharacters(in: .whitespacesAndNewlines)
          == record.text.trimmingCharacters(in: .whitespacesAndNewlines),
        sourceLocation: sourceLocation)
    }
  }

  /// Every value by key of the namespace's files, as keys.
  func keys(_ shelf: KeyShelf) async throws -> [String] {
    try await agent.memory.records.keyValues(
      on: shelf, in: notes.namespace, after: nil, limit: 10_000
    ).map(\.name.key)
  }
}
