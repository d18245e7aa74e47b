import Foundation
import Loci
import LociLance
import LociPostgres
import LociSQLite
import LociTestKit

/// Memories on every backend, each with nothing in it.
struct Homes: Sendable {
  static let records = ["sqlite", "postgres", "simulation"]
  static let all = records + ["sqlite-vec", "lancedb"]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A memory with its records and vectors in a backend; those without records take SQLite's.
  func memory(_ name: String) async throws -> Memory {
    let mark = String(UUID().uuidString.prefix(8).lowercased())
    switch name {
    case "simulation":
      let disk = SimulatedDisk()
      return Self.memory(SimulatedRecordStore(on: disk), SimulatedVectorStore(on: disk))
    case "postgres":
      let server = try await PostgresServer.shared.value
      var settings = PostgresSettings(connection: server.conninfo())
      settings.schema = "home_\(mark)"
      let database = try await PostgresDatabase.open(settings)
      return Self.memory(database.records, database.vectors)
    default:
      let database = try await SQLiteDatabase.open(at: folder.file("\(mark).sqlite"))
      return Self.memory(
        database.records, try await vectors(name, mark) ?? database.vectors)
    }
  }

  private func vectors(_ name: String, _ mark: String) async throws -> (any VectorStore)? {
    switch name {
    case "sqlite-vec":
      return try await SQLiteVecStore.open(
        at: folder.file("\(mark).vec.sqlite"), extension: SQLiteVecStore.library(in: Folders()))
    case "lancedb":
      let engine = Folders().engines.appending(path: "lancedb/\(LanceVectorStore.engineVersion)")
      return try await LanceVectorStore.open(
        LanceSettings(location: folder.file("\(mark).lance").path, engine: engine))
    default: return nil
    }
  }

  private static func memory(
    _ records: any RecordStore, _ vectors: any VectorStore
  ) -> Memory {
    Memory(records: records, vectors: vectors) { BagOfWordsEmbedder() }
  }

  /// Has a memory hold all that an export knows: every field, earlier texts, two namespaces, and
  /// what is left of an erased record.
  static func fill(_ memory: Memory, count: Int = 30) async throws {
    for name in ["one", "two\u{202E}"] {
      let namespace = try memory.namespace(name)
      try await namespace.remember(
        (0..<count).map { try NewMemory("note \($0) \0 ü", id: RecordID("\($0)"), author: "Zoë") })
      var patch = RecordPatch()
      patch.status = .archived
      patch.text = "note 3, told anew \0 \u{202E} 喜歡"
      patch.metadata = ["k\0": "v\u{1}", "n": 0.1, "l": .list(["a", 2, .bool(true)]), "z": 1e300]
      try await namespace.update(RecordID("3"), with: patch, actor: "me")
      patch.text = "note 3, told a third time"
      try await namespace.update(RecordID("3"), with: patch)
      var full = NewMemory(
        "Everything is said", id: try RecordID("full"), collection: .chunks, category: .fact,
        importance: 5, confidence: 0.3, author: "ada",
        source: .init(uri: "a/\0.md", heading: "One › Two", lines: 1...2))
      (full.authorName, full.audience) = ("Ada", .trusting)
      (full.whole, full.position) = (try RecordID("w"), -3)
      full.occurredAt = Date(millisecondsSince1970: -5)
      full.validFrom = Date(millisecondsSince1970: 0)
      full.validUntil = Date(millisecondsSince1970: 253_402_300_800_001)
      try await namespace.remember(full)
      try await namespace.forget([RecordID("5")], actor: "me")
      _ = try await namespace.recall("told anew", limit: 2)
      try await namespace.keyValues.set("count", to: [1, 2])
      try await memory.bot(name == "one" ? name : "three").trust("Zoë")
    }
  }

  /// The export of a memory as text.
  static func export(_ memory: Memory, vectors: Bool = false) async throws -> String {
    let collected = Collected()
    try await memory.export(ExportOptions(includesVectors: vectors)) {
      await collected.add($0)
    }
    return await String(decoding: collected.data, as: UTF8.self)
  }

  /// Imports a text.
  static func take(
    _ text: String, into memory: Memory, in folder: TemporaryFolder,
    _ rule: ConflictRule = .skip
  ) async throws -> ImportReport {
    let file = folder.file("\(UUID().uuidString).jsonl")
    try Data(text.utf8).write(to: file)
    return try await memory.import(from: file, onConflict: rule)
  }

  private actor Collected {
    private(set) var data = Data()
    func add(_ piece: Data) { data += piece }
  }
}
