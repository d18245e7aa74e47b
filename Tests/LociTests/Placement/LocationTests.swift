import Foundation
import Loci
import Testing

/// The real engines and the real model, on vectors whose place the configuration changes.
@Suite("Where vectors lie")
struct LocationTests {
  private let all: Set = ["0", "1", "2", "3", "4", "5"]

  @Test(
    "Another path brings over what the new place lacks, there and back, and nothing forgotten",
    arguments: [VectorBackend.lancedb, .sqliteVec, .native])
  func thereAndBack(_ backend: VectorBackend) async throws {
    let memory = try await MovedMemory(backend)
    let first = try await memory.open(at: "a")
    try await memory.fill(first)
    #expect(try await memory.found(by: first) == all)

    let second = try await memory.open(at: "b")
    #expect(try await memory.found(by: second) == all)
    try await second.ada.remember("A heron stands in the river", id: RecordID("6"))
    try await second.ada.forget([RecordID("2")])

    let third = try await memory.open(at: "a")
    #expect(try await memory.found(by: third) == ["0", "1", "3", "4", "5", "6"])
    #expect(try await third.fsck(repairs: false).allSatisfy(\.isClean))
    // A path that is not named any more is remembered.
    let fourth = try await memory.open(at: nil)
    #expect(try await memory.found(by: fourth) == ["0", "1", "3", "4", "5", "6"])
    #expect(try await fourth.servingSide.location == memory.path("a"))
    #expect(!FileManager.default.fileExists(atPath: memory.path("memory.sqlite.vectors")))
  }

  @Test("The way back leads to the old path, unless the configuration pins the new one")
  func rollBack() async throws {
    let memory = try await MovedMemory(.sqliteVec)
    try await memory.fill(memory.open(at: "a"))
    let pinned = try await memory.open(at: "b")
    #expect(try await memory.found(by: pinned) == all)
    let error = await #expect(throws: LociError.self) { try await pinned.rollBack() }
    #expect(error?.code == .invalidConfiguration)
    let free = try await memory.open(at: nil)
    try await free.ada.remember("A heron stands in the river", id: RecordID("6"))
    guard case .vectors(let report) = try await free.rollBack() else {
      Issue.record("no way back")
      return
    }
    #expect(report.from.location == memory.path("b"))
    #expect(report.to.location == memory.path("a"))
    #expect(try await memory.found(by: free) == all.union(["6"]))
  }

  @Test("The default place has no path, however it is named, and goes where the memory goes")
  func defaultPlace() async throws {
    let memory = try await MovedMemory(.sqliteVec)
    try await memory.fill(memory.open(at: nil))
    let named = try await memory.open(at: "x/../memory.sqlite.vectors/")
    #expect(try await memory.found(by: named) == all)
    #expect(try await named.servingSide.location == nil)
    let renamed = try memory.renamed()
    let told = Told()
    let moved = try await renamed.open(at: nil) { told.add($0) }
    #expect(try await renamed.found(by: moved) == all)
    #expect(!told.hasVectors, "nothing had to be brought over")
  }

  @Test("Where the old folder is gone, words find until fsck made the vectors anew")
  func oldPlaceGone() async throws {
    let memory = try await MovedMemory(.lancedb)
    try await memory.fill(memory.open(at: "a"))
    try FileManager.default.removeItem(atPath: memory.path("a"))
    // Nobody says where else: words answer, and the error says what to do.
    let lost = try await memory.open(at: nil)
    let error = await #expect(throws: LociError.self) { try await memory.found(by: lost) }
    #expect(error?.code == .io)
    #expect(error?.remedy?.contains("embeddings.vector_path") == true)
    #expect(try await lost.ada.recall("violin").hits.map(\.record.id.text) == ["3"])

    let told = Told()
    let second = try await memory.open(at: "b") { told.add($0) }
    #expect(try await memory.found(by: second) == [])
    #expect(told.problem?.message.contains(memory.path("a")) == true)
    #expect(told.problem?.remedy?.contains("loci fsck --repair") == true)
    #expect(try await second.ada.recall("violin").hits.map(\.record.id.text) == ["3"])
    #expect(try await second.fsck(repairs: true).first?.findings.embedded == 6)
    #expect(try await memory.found(by: second) == all)
    #expect(!FileManager.default.fileExists(atPath: memory.path("a")), "it is not made again")
  }

  @Test("A move to another backend goes to the path that the configuration names")
  func migrate() async throws {
    let memory = try await MovedMemory(nil)
    let opened = try await memory.open(at: "a")
    try await memory.fill(opened)
    var side = try await opened.servingSide
    #expect(side.location == nil, "the store's own vectors have no path")
    side.backend = VectorBackend.sqliteVec.rawValue
    #expect(try await opened.migrate(to: side).to.location == memory.path("a"))
    #expect(try await memory.found(by: opened) == all)
  }

  @Test("One place has one name, and that holds no secret")
  func names() {
    var configuration = Configuration()
    let working = FileManager.default.currentDirectoryPath
    for (path, location) in [
      ("vectors", working + "/vectors"), ("./x/../vectors/", working + "/vectors"),
      (configuration.storePath + ".vectors", nil), ("s3://bucket/a", "s3://bucket/a"),
      ("s3://key:secret@bucket/a?token=secret#secret", "s3://bucket/a"),
    ] {
      configuration.vectorPath = path
      #expect(configuration.vectorLocation == location)
    }
  }
}
