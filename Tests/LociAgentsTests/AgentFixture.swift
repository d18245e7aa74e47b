import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

/// Where a memory under test keeps records and vectors.
enum TestBackend: String, CaseIterable, CustomTestStringConvertible {
  case sqlite
  case sqliteVec = "sqlite-vec"
  case lancedb
  case postgres
  case simulated

  /// A store of records each.
  static let ofRecords: [TestBackend] = [.sqlite, .postgres, .simulated]

  var testDescription: String { rawValue }
}

/// A memory of a test's own on a backend, with an embedder that can be broken.
struct AgentFixture {
  let folder: TemporaryFolder
  let embedder = FaultyEmbedder()
  let memory: Memory
  /// How far the memory's clock is ahead of the system's.
  let clock = ShiftedClock()
  let configuration: Configuration

  init(_ backend: TestBackend) async throws {
    folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.isOffline = true
    switch backend {
    case .simulated:
      let (disk, embedder) = (SimulatedDisk(), embedder)
      memory = Memory(
        records: SimulatedRecordStore(on: disk), vectors: SimulatedVectorStore(on: disk),
        surroundings: clock.surroundings
      ) { embedder }
      self.configuration = configuration
      return
    case .sqlite: configuration.vectorBackend = .native
    case .sqliteVec: configuration.vectorBackend = .sqliteVec
    case .lancedb: configuration.vectorBackend = .lancedb
    case .postgres:
      configuration.storeBackend = .postgres
      configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
      configuration.postgresSchema = "agents_\(UUID().uuidString.prefix(8).lowercased())"
    }
    self.configuration = configuration
    memory = try await Memory.open(
      configuration, embedder: embedder, surroundings: clock.surroundings, environment: [:])
  }

  /// The file or schema that holds the records.
  var path: String { configuration.storePath }
  var schema: String { configuration.postgresSchema }

  /// The same memory as another process has it; nil for what is in this one's memory alone.
  func again() async throws -> Memory {
    try await Memory.open(
      configuration, embedder: embedder, surroundings: clock.surroundings, environment: [:])
  }

  var ada: MemoryNamespace { get throws { try memory.namespace("bot:ada") } }
}

/// The error that work throws; fails where it throws none.
func error(
  from work: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> LociError {
  try await #require(throws: LociError.self, sourceLocation: sourceLocation) { try await work() }
}

/// A clock that is set by tests, by seconds from the system's.
final class ShiftedClock: Sendable {
  private let shift = Mutex(0.0)

  var seconds: Double {
    get { shift.withLock(\.self) }
    set { shift.withLock { $0 = newValue } }
  }

  func pass(days: Double) { seconds += days * 86_400 }

  var surroundings: Surroundings {
    var surroundings = Surroundings()
    let system = surroundings.now
    surroundings.now = { [self] in system() + seconds }
    return surroundings
  }
}
