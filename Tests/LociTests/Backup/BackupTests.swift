import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

@Suite("Backups")
struct BackupTests {
  let folder: TemporaryFolder
  let clock = BackupClock()

  init() throws { folder = try TemporaryFolder() }

  private func configuration(_ backend: String) async throws -> Configuration {
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.isOffline = true
    guard backend == "postgres" else { return configuration }
    configuration.storeBackend = .postgres
    configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
    configuration.postgresSchema = "backup_\(UUID().uuidString.prefix(8).lowercased())"
    return configuration
  }

  private func open(_ configuration: Configuration) async throws -> Memory {
    try await Memory.open(
      configuration, embedder: BagOfWordsEmbedder(), surroundings: surroundings, environment: [:])
  }

  private var surroundings: Surroundings { Surroundings(now: { [clock] in clock.now }) }

  private func export(_ memory: Memory) async throws -> String {
    try await Homes.export(memory, vectors: true)
  }

  /// Destroys a store: its file, or its schema.
  private func destroy(_ configuration: Configuration) async throws {
    if configuration.storeBackend == .postgres {
      let server = try await PostgresServer.shared.value
      try await server.sql("DROP SCHEMA \"\(configuration.postgresSchema)\" CASCADE")
      return
    }
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: configuration.storePath + ending)
    }
  }

  @Test(
    "A store that is gone comes back from its backup, all of it", .timeLimit(.minutes(5)),
    arguments: ["sqlite", "postgres"])
  func destroyed(backend: String) async throws {
    let configuration = try await configuration(backend)
    var memory = try await open(configuration)
    try await Homes.fill(memory)
    let report = try await memory.backUp(to: configuration.backupFolder)
    #expect(report.byteCount > 10_000 && report.removed.isEmpty)
    #expect(
      report.file.lastPathComponent
        == "loci-20231114T221320.000Z.\(backend == "sqlite" ? "sqlite" : "dump")")
    #expect(configuration.backups.map(\.lastPathComponent) == [report.file.lastPathComponent])
    let rights = try FileManager.default.attributesOfItem(atPath: report.file.path)
    #expect(rights[.posixPermissions] as? Int == 0o600)
    let before = try await export(memory)
    try await destroy(configuration)
    let restored = try await Memory.restore(
      report.file, configuration, surroundings: surroundings)
    #expect(restored.recordCount == 60 && restored.kept == nil)
    memory = try await open(configuration)
    #expect(try await export(memory) == before)
    #expect(try await memory.fsck(repairs: false).allSatisfy(\.isClean))
    let hits = try await memory.namespace("one").recall("note 7", mode: .semantic).hits
    #expect(hits.first?.record.id.text == "7")
    try await memory.namespace("one").remember("and it takes writes")
  }

  @Test(
    "What a backup takes the place of is kept, and whoever has it open is told",
    .timeLimit(.minutes(5)), arguments: ["sqlite", "postgres"])
  func kept(backend: String) async throws {
    let configuration = try await configuration(backend)
    let memory = try await open(configuration)
    let one = try memory.namespace("one")
    try await one.remember("an older text", id: RecordID("a"))
    let report = try await memory.backUp(to: configuration.backupFolder)
    try await one.remember("a newer text", id: RecordID("a"))
    let restored = try await Memory.restore(
      report.file, configuration, surroundings: surroundings)
    let kept = try #require(restored.kept)
    let text = try await open(configuration).namespace("one").get(RecordID("a"))?.text
    #expect(text == "an older text")
    var other = configuration
    if backend == "sqlite" {
      other.storePath = kept
      let error = await #expect(throws: LociError.self) { try await one.remember("into the old") }
      #expect(error?.code == .replaced)
    } else {
      other.postgresSchema = String(kept.dropFirst("schema ".count))
    }
    #expect(try await open(other).namespace("one").get(RecordID("a"))?.text == "a newer text")
  }

  @Test(
    "What is no whole backup changes nothing", .timeLimit(.minutes(5)),
    arguments: ["sqlite", "postgres"])
  func damaged(backend: String) async throws {
    let configuration = try await configuration(backend)
    let memory = try await open(configuration)
    try await Homes.fill(memory)
    let report = try await memory.backUp(to: configuration.backupFolder)
    let before = try await export(memory)
    let whole = try Data(contentsOf: report.file)
    var flipped = whole
    for place in stride(from: whole.count / 3, to: whole.count * 2 / 3, by: 97) {
      flipped[place] ^= 0xFF
    }
    let ending = report.file.pathExtension
    for (name, data) in [
      ("cut", whole.prefix(whole.count / 2)), ("empty", Data()), ("flipped", flipped),
      ("text", Data("tea".utf8)),
    ] {
      let file = folder.file("\(name).\(ending)")
      try data.write(to: file)
      let error = await #expect(throws: LociError.self, "\(name)") {
        try await Memory.restore(file, configuration, surroundings: surroundings)
      }
      #expect(error?.code == .corrupt, "\(name): \(String(describing: error))")
    }
    for (file, code) in [
      (folder.file("none.\(ending)"), LociError.Code.notFound),
      (folder.file("memory.zip"), .invalidArgument),
    ] {
      let error = await #expect(throws: LociError.self) {
        try await Memory.restore(file, configuration, surroundings: surroundings)
      }
      #expect(error?.code == code)
    }
    #expect(try await export(try await open(configuration)) == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!names.contains { $0.hasPrefix(".") }, "nothing is left: \(names)")
  }

  @Test("The newest are kept, the one that was just made whatever the clock says")
  func rotation() async throws {
    let configuration = try await configuration("sqlite")
    let memory = try await open(configuration)
    try await memory.namespace("one").remember("tea")
    let place = configuration.backupFolder
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data().write(to: place.appending(path: "my own.sqlite"))
    var made: [String] = []
    for _ in 0..<9 {
      made.append(try await memory.backUp(to: place).file.lastPathComponent)
      clock.advance(by: 60)
    }
    #expect(Set(made).count == 9)
    #expect(configuration.backups.map(\.lastPathComponent) == made.suffix(7).reversed())
    clock.advance(by: -86_400)
    let report = try await memory.backUp(to: place, keeping: 2)
    #expect(report.removed.count == 6)
    #expect(
      configuration.backups.map(\.lastPathComponent)
        == [made[8], report.file.lastPathComponent])
    #expect(try await memory.backUp(to: place).file != report.file, "in the same millisecond")
    #expect(FileManager.default.fileExists(atPath: place.appending(path: "my own.sqlite").path))
    let error = await #expect(throws: LociError.self) {
      try await memory.backUp(to: place, keeping: 0)
    }
    #expect(error?.code == .invalidArgument)
  }

  @Test("A store of an app's own says that it can't be backed up")
  func ownStore() async throws {
    let error = await #expect(throws: LociError.self) {
      try await Memory.inMemory().backUp(to: folder.url)
    }
    #expect(error?.code == .unsupported)
  }
}

/// A clock that stands still unless it is moved.
final class BackupClock: Sendable {
  private let time = Mutex(Date(timeIntervalSince1970: 1_700_000_000))
  var now: Date { time.withLock { $0 } }
  func advance(by seconds: Double) { time.withLock { $0 += seconds } }
}
