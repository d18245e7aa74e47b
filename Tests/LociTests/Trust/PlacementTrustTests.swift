import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

/// A store's note of where its vectors are may be somebody else's.
@Suite("What a store's note may name")
struct PlacementTrustTests {
  private let folder: TemporaryFolder
  private let folders: Folders
  private var configuration: Configuration

  init() async throws {
    folder = try TemporaryFolder()
    var folders = Folders()
    folders.data = folder.file("data")
    self.folders = folders
    configuration = Configuration()
    configuration.storePath = folder.file("store/memory.sqlite").path
    for name in ["elsewhere", "data"] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: true)
    }
    // The machine's engines and models, beside a list of trust of the test's own.
    for (name, place) in [("engines", Folders().engines), ("models", Folders().models)] {
      try FileManager.default.createSymbolicLink(
        at: folders.data.appending(path: name), withDestinationURL: place)
    }
    try? FileManager.default.copyItem(
      at: Folders().data.appending(path: "verified-files.json"),
      to: folders.data.appending(path: "verified-files.json"))
  }

  /// A store with one record, whose note says something.
  private func craft(_ note: String) async throws {
    let database = try await SQLiteDatabase.open(at: URL(filePath: configuration.storePath))
    let record = try Samples.record("one")
    try await database.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await database.records.setNote(.placement, to: note, replacing: nil)
  }

  private func open(_ access: StoreAccess = .reading) async throws -> Memory {
    try await Memory.open(
      configuration, access: access, folders: folders, environment: ["HF_HUB_OFFLINE": "1"])
  }

  @Test(
    "A folder, an address or a model outside of its own folder needs trust",
    arguments: [
      (#""backend":"sqlite-vec","location":"ELSEWHERE","model":"all-MiniLM-L6-v2""#, "ELSEWHERE"),
      (#""backend":"lancedb","location":"s3://evil/x","model":"all-MiniLM-L6-v2""#, "s3://evil/x"),
      (#""backend":"lancedb","location":"ELSEWHERE/../elsewhere","model":"x/y""#, "x/y"),
      (#""backend":"native","model":"ELSEWHERE/m""#, "ELSEWHERE/m"),
      (#""backend":"native","model":"evil/model""#, "evil/model"),
    ])
  func outside(side: String, name: String) async throws {
    let elsewhere = folder.file("elsewhere").path
    let (side, name) = (
      side.replacing("ELSEWHERE", with: elsewhere), name.replacing("ELSEWHERE", with: elsewhere)
    )
    try await craft("{\"serving\":{\(side)},\"isUnchecked\":false}")
    let memory = try await open()
    let namespace = try Samples.record("one").namespace
    #expect(try await memory[namespace].list().count == 1, "records can be read")
    let error = try await #require(throws: LociError.self) {
      try await memory[namespace].recall("one", mode: .semantic)
    }
    #expect(error.code == .untrusted, "\(error)")
    #expect(error.remedy?.contains("loci trust --memory") == true)
    let hybrid = try await memory[namespace].recall("one", leastRelevance: 0)
    #expect(hybrid.modeUsed == .lexical)
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)

    let trusted = try await memory.trustPlacement()
    #expect(trusted.contains(name))
    let second = await #expect(throws: LociError.self) {
      try await open()[namespace].recall("one", mode: .semantic)
    }
    #expect(second?.code != .untrusted, "it gets as far as the place itself")
  }

  @Test("What lies beside the store, and a model of the catalogue, need no trust")
  func inside() async throws {
    let place = folder.file("store/vectors").path
    try await craft(
      #"{"serving":{"backend":"sqlite-vec","location":"\#(place)","model":"all-MiniLM-L6-v2"},"#
        + #""isUnchecked":false}"#)
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true)
    let memory = try await open(.writing)
    _ = try await memory.fsck(repairs: true)
    let namespace = try Samples.record("one").namespace
    #expect(try await memory[namespace].recall("some text", mode: .semantic).hits.count == 1)
    #expect(try await memory.trustPlacement().isEmpty)
  }

  @Test("A link inside of the store's folder leads no farther than the folder itself")
  func link() async throws {
    try FileManager.default.createDirectory(
      at: folder.file("store"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.file("store/link"), withDestinationURL: folder.file("elsewhere"))
    try await craft(
      #"{"serving":{"backend":"sqlite-vec","location":"\#(folder.file("store/link").path)","#
        + #""model":"all-MiniLM-L6-v2"},"isUnchecked":false}"#)
    let namespace = try Samples.record("one").namespace
    let error = await #expect(throws: LociError.self) {
      try await open()[namespace].recall("one", mode: .semantic)
    }
    #expect(error?.code == .untrusted)
  }

  @Test("What the user chose by a setting or a move stays trusted without the setting")
  func chosen() async throws {
    var chosen = configuration
    chosen.vectorBackend = .sqliteVec
    chosen.vectorPath = folder.file("elsewhere").path
    let first = try await Memory.open(chosen, folders: folders)
    try await first.namespace("one").remember("A heron stands in the river")
    let second = try await Memory.open(configuration, folders: folders)
    let hits = try await second.namespace("one").recall("heron", mode: .semantic).hits
    #expect(hits.count == 1)
    #expect(try await second.servingSide.location == folder.file("elsewhere").path)
  }
}
