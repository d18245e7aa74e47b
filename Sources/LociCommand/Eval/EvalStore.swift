import Foundation
import Loci

/// A memory that lives as long as a measurement: a store in a temporary folder.
struct EvalStore {
  private let namespace: MemoryNamespace

  /// Runs a measurement on an empty store, which is removed afterwards.
  static func withStore<Result>(
    _ session: Session, _ configuration: Configuration,
    _ body: (EvalStore) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "loci-eval-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = configuration
    configuration.storeBackend = .sqlite
    configuration.vectorBackend = .native
    configuration.storePath = folder.appending(path: "memory.sqlite").path
    let memory = try await session.memory(configuration)
    let namespace = try memory.namespace("eval")
    return try await body(EvalStore(namespace: namespace))
  }

  /// Remembers documents under their own ids.
  func add(_ documents: [JudgedCollection.Item], _ progress: Progress) async throws {
    for start in stride(from: 0, to: documents.count, by: 1024) {
      let window = documents[start..<min(start + 1024, documents.count)]
      let memories = try window.map { item in
        var memory = NewMemory(item.text, id: try RecordID(item.id))
        (memory.whole, memory.position) = (item.place?.whole, item.place?.position)
        memory.occurredAt = item.time
        return memory
      }
      try await namespace.remember(memories)
      progress.show("Documents", start + window.count, of: documents.count)
    }
  }

  /// The ids of what is found, best first, as `loci recall` finds it with its defaults.
  func ranking(
    _ question: String, mode: RecallMode, unit: RecallUnit = .piece, policy: PolicyPreset,
    depth: Int, askedAt: Date? = nil
  ) async throws -> [String] {
    var query = RecallQuery(
      question, in: namespace.namespace, mode: mode, unit: unit, limit: depth,
      policy: policy.policy)
    query.askedAt = askedAt
    let recall = try await namespace.memory.recall(query)
    if let reason = recall.fallbackReason {
      throw LociError(.engine, reason, remedy: "Run `loci doctor`.")
    }
    return recall.hits.map(\.id.text)
  }
}
