import Foundation
package import Loci
import Synchronization

/// A memory that lives as long as one collection is measured: a store in a temporary folder, opened
/// as the product opens it.
package struct EvalStore {
  private let namespace: MemoryNamespace
  private let clock: QuestionClock

  /// What stores are opened with.
  package struct Opening: Sendable {
    /// The settings; the records are in SQLite, the vectors native, whatever they say.
    package var configuration: Configuration
    /// Where engines lie.
    package var folders = Folders()
    /// The process's variables.
    package var environment: [String: String] = [:]
    /// Gives the embedder; it is asked only where something is embedded.
    package var embedder: @Sendable () async throws -> any Embedder

    /// Names what stores are opened with.
    package init(
      configuration: Configuration, folders: Folders = Folders(),
      environment: [String: String] = [:],
      embedder: @escaping @Sendable () async throws -> any Embedder
    ) {
      self.configuration = configuration
      (self.folders, self.environment) = (folders, environment)
      self.embedder = embedder
    }
  }

  /// Runs a measurement on an empty store, which is removed afterwards.
  ///
  /// - Parameter hasVectors: Whether anything is looked for by meaning; else nothing is embedded.
  static func withStore<Result>(
    _ opening: Opening, hasVectors: Bool, _ body: (EvalStore) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "loci-eval-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = opening.configuration
    configuration.storeBackend = .sqlite
    configuration.vectorBackend = .native
    configuration.storePath = folder.appending(path: "memory.sqlite").path
    let clock = QuestionClock()
    let memory = try await Memory.open(
      configuration, embedder: hasVectors ? opening.embedder() : WordsAlone(),
      folders: opening.folders, surroundings: Surroundings(now: clock.now),
      environment: opening.environment)
    do {
      let result = try await body(
        EvalStore(namespace: try memory.namespace("eval"), clock: clock))
      await memory.close()
      return result
    } catch {
      await memory.close()
      throw error
    }
  }

  /// Remembers documents under their own ids.
  func add(_ documents: [JudgedCollection.Document], _ progress: (Int) -> Void) async throws {
    for start in stride(from: 0, to: documents.count, by: 1024) {
      let window = documents[start..<min(start + 1024, documents.count)]
      try await namespace.remember(
        window.map { document in
          var memory = NewMemory(document.text, id: document.id, author: document.speaker)
          (memory.whole, memory.position) = (document.place?.whole, document.place?.position)
          (memory.occurredAt, memory.createdAt) = (document.time, document.time)
          return memory
        })
      progress(start + window.count)
    }
  }

  /// What is found, as `loci recall` finds it.
  func recall(
    _ question: JudgedCollection.Question, by system: EvalSystem, unit: RecallUnit, limit: Int
  ) async throws -> Recall {
    clock.set(question.time)
    let query = system.query(question.text, in: namespace.namespace, unit: unit, limit: limit)
    return try await checked(namespace.memory.recall(query))
  }

  /// What is found, and what of it is packed into so many tokens, as `loci context` does.
  func context(
    _ question: JudgedCollection.Question, by system: EvalSystem, limit: Int, tokens: Int
  ) async throws -> (recall: Recall, packed: Set<RecordID>) {
    clock.set(question.time)
    let query = system.query(question.text, in: namespace.namespace, unit: .piece, limit: limit)
    let context = try await namespace.memory.context(for: query, within: .tokens(tokens))
    let recall = try checked(context.recall)
    // A copy is there with the hit that stands for it.
    var packed = Set(context.packed.records)
    for hit in recall.hits where packed.contains(hit.record.id) { packed.formUnion(hit.copies) }
    return (recall, packed)
  }

  /// An answer by words alone, where more was asked for, measures something else.
  private func checked(_ recall: Recall) throws -> Recall {
    if let reason = recall.fallbackReason {
      throw LociError(.engine, reason, remedy: "Run `loci doctor`.")
    }
    return recall
  }
}

/// The time that a question is asked at, where that is known; else the time now.
private final class QuestionClock: Sendable {
  private let asked = Mutex<Date?>(nil)

  func set(_ time: Date?) { asked.withLock { $0 = time } }

  var now: @Sendable () -> Date { { self.asked.withLock { $0 } ?? Date() } }
}
