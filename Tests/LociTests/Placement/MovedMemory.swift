import Foundation
import Loci
import LociTestKit
import Synchronization

/// A memory in a folder, opened as a configuration describes it.
struct MovedMemory: Sendable {
  private let folder: TemporaryFolder
  private var name = "memory"
  private var configuration = Configuration()

  /// - Parameter backend: `native` means apart from the records, which are in PostgreSQL then.
  init(_ backend: VectorBackend?) async throws {
    folder = try TemporaryFolder()
    configuration.vectorBackend = backend
    guard backend == .native else { return }
    configuration.storeBackend = .postgres
    configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
    configuration.postgresSchema = "moved_\(UUID().uuidString.prefix(8).lowercased())"
  }

  /// A path inside the memory's folder.
  func path(_ path: String) -> String { folder.file(name).path + "/" + path }

  /// Opens it as another process would.
  func open(
    at vectorPath: String?,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) async throws -> Memory {
    var configuration = configuration
    configuration.storePath = path("memory.sqlite")
    configuration.vectorPath = vectorPath.map(path)
    return try await Memory.open(configuration, progress: progress)
  }

  /// Six texts, under the ids 0 to 5.
  func fill(_ memory: Memory) async throws {
    let texts = [
      "Alice prefers tea to coffee", "The train to Lisbon leaves at nine", "My bicycle is green",
      "A violin needs new strings", "Tomatoes grow in the garden", "The bank closes on Friday",
    ]
    try await memory.ada.remember(
      texts.enumerated().map { try NewMemory($1, id: RecordID("\($0)")) })
  }

  /// Everything that is found by meaning.
  func found(by memory: Memory) async throws -> Set<String> {
    let hits = try await memory.ada.recall(
      "what is there?", limit: 99, mode: .semantic, leastRelevance: 0
    ).hits
    return Set(hits.map(\.record.id.text))
  }

  /// The same memory after its folder got another name.
  func renamed() throws -> MovedMemory {
    var moved = self
    moved.name = "renamed"
    try FileManager.default.moveItem(at: folder.file(name), to: folder.file(moved.name))
    return moved
  }
}

extension Memory {
  /// The namespace that is written and asked.
  var ada: MemoryNamespace { get throws { try namespace("bot:ada") } }
}

/// What a memory told while it was opened.
final class Told: Sendable {
  private let states = Mutex<[OpenProgress]>([])

  func add(_ state: OpenProgress) { states.withLock { $0.append(state) } }

  var hasVectors: Bool {
    states.withLock { $0.contains { if case .vectors = $0 { true } else { false } } }
  }
  var problem: LociError? {
    states.withLock {
      $0.lazy.compactMap { if case .unreachableVectors(let error) = $0 { error } else { nil } }
        .first
    }
  }
}
