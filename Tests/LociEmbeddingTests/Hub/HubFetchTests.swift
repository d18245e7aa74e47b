import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Synchronization
import Testing

/// The hub client against a real HTTP server on loopback that serves the hub's paths.
@Suite("Models from the hub", .timeLimit(.minutes(5)))
struct HubFetchTests {
  private let id = "someone/tiny"
  private let model = TinyModel()

  @Test("A model that is not here is fetched, checked and resolved, with progress")
  func fetchesAModel() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    let reports = Mutex<[ModelProgress]>([])
    let resolved = try await machine.library.resolve(id) { progress in
      reports.withLock { $0.append(progress) }
    }
    #expect(resolved.space.model == id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
    #expect(resolved.space.pooling == .cls)
    #expect(resolved.space.maximumTokens == 40)
    #expect(resolved.space.queryPrefix == "ask: ")
    #expect(resolved.space.passagePrefix == "told: ")
    let weights = reports.withLock { $0.filter { $0.file == TinyModel.weightsName } }
    #expect(weights.last?.completedBytes == 3_000_000)
    #expect(weights.last?.totalBytes == 3_000_000)
    #expect(weights.map(\.completedBytes) == weights.map(\.completedBytes).sorted())
  }

  @Test("The cache has the layout that the hub's tools share")
  func laysOutTheCache() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    _ = try await machine.library.resolve(id)
    let reference = machine.repository(id).appending(path: "refs/main")
    let commit = try String(contentsOf: reference, encoding: .utf8)
    let names = machine.files(id, below: "snapshots/\(commit)").filter { $0 != "1_Pooling" }
    #expect(names == model.files.keys.sorted())
    let snapshot = machine.repository(id).appending(path: "snapshots/\(commit)")
    let manager = FileManager.default
    #expect(
      try manager.destinationOfSymbolicLink(
        atPath: snapshot.appending(path: TinyModel.weightsName).path)
        == "../../blobs/\(model.weightsHash)")
    #expect(
      try manager.destinationOfSymbolicLink(
        atPath: snapshot.appending(path: "1_Pooling/config.json").path
      ).hasPrefix("../../../blobs/"))
    #expect(machine.files(id, below: "blobs").count == model.files.count)
    #expect(!machine.files(id, below: "blobs").contains { $0.hasSuffix(".incomplete") })
  }

  @Test("What is here already is used without a request")
  func usesTheCacheWithoutARequest() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    let first = try await machine.library.resolve(id)
    let count = try server.requests().count
    #expect(try await machine.library.resolve(id) == first)
    #expect(try server.requests().count == count)
  }

  @Test("A dropped connection is taken up where it broke off")
  func resumesWithinOneFetch() async throws {
    let server = try HubServer(
      serving: [id: model], faults: [.init(kind: "drop", after: 1_000_000)])
    let resolved = try await TestMachine(server).library.resolve(id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
    let downloads = try server.downloads()
    #expect(downloads.map(\.range) == [nil, "bytes=1000000-"])
    #expect(downloads.map(\.sent) == [1_000_000, 2_000_000])
  }

  @Test("A fetch that failed is taken up by the next one")
  func resumesInALaterFetch() async throws {
    let faults = [
      HubServer.Fault(kind: "drop", after: 1_500_000),
      HubServer.Fault(kind: "status", status: 503, times: 3),
    ]
    let server = try HubServer(serving: [id: model], faults: faults)
    let machine = try TestMachine(server)
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .network)
    #expect(machine.files(id, below: "blobs").contains("\(model.weightsHash).incomplete"))
    #expect(machine.files(id, below: "refs").isEmpty)
    _ = try await machine.library.resolve(id)
    let last = try #require(try server.downloads().last)
    #expect(last.range == "bytes=1500000-")
    #expect(last.sent == 1_500_000)
  }

  @Test("A server that ignores ranges makes the file start over, and it ends up right")
  func survivesAServerWithoutRanges() async throws {
    let faults = [
      HubServer.Fault(kind: "drop", after: 1_000_000), HubServer.Fault(kind: "whole"),
    ]
    let server = try HubServer(serving: [id: model], faults: faults)
    let resolved = try await TestMachine(server).library.resolve(id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
    #expect(try server.downloads().map(\.status) == [200, 200])
    #expect(try server.downloads().last?.sent == 3_000_000)
  }

  @Test("Errors of the server are tried again, and a lasting one is reported")
  func retriesServerErrors() async throws {
    let passing = [
      HubServer.Fault(file: "listing", kind: "status", status: 500, times: 2),
      HubServer.Fault(kind: "status", status: 502, times: 2),
    ]
    let server = try HubServer(serving: [id: model], faults: passing)
    _ = try await TestMachine(server).library.resolve(id)
    #expect(try server.downloads().map(\.status) == [502, 502, 200])

    let lasting = HubServer.Fault(file: "listing", kind: "status", status: 500, times: 99)
    let broken = try HubServer(serving: [id: model], faults: [lasting])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(broken).library.resolve(id)
    }
    #expect(error.code == .network)
    #expect(error.message.contains("500"))
    #expect(try broken.requests().count == 3)
  }

  @Test(
    "Damaged bytes are refused and thrown away", arguments: [TinyModel.weightsName, "config.json"])
  func refusesDamagedBytes(file: String) async throws {
    let fault = HubServer.Fault(file: file, kind: "damage", times: 99)
    let server = try HubServer(serving: [id: model], faults: [fault])
    let machine = try TestMachine(server)
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .checksumMismatch)
    #expect(error.message.contains(file))
    #expect(error.remedy != nil)
    #expect(!machine.files(id, below: "blobs").contains { $0.hasSuffix(".incomplete") })
    #expect(machine.files(id, below: "refs").isEmpty)
  }

  @Test("A beginning that belongs to other bytes is thrown away and fetched anew")
  func replacesAWrongBeginning() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    let blobs = machine.repository(id).appending(path: "blobs")
    try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
    try Data(count: 1_000_000).write(
      to: blobs.appending(path: "\(model.weightsHash).incomplete"))
    let resolved = try await machine.library.resolve(id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
    #expect(try server.downloads().map(\.range) == ["bytes=1000000-", nil])
  }

  @Test("A slow server is waited for as long as it sends")
  func waitsForASlowServer() async throws {
    // 30 pieces with 100 ms between them take longer than the 2 s of silence that are allowed.
    let server = try HubServer(
      serving: [id: model], faults: [.init(kind: "slow", after: 100_000)])
    let resolved = try await TestMachine(server).library.resolve(id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
    #expect(try server.downloads().count == 1)
  }

  @Test("A server that falls silent is given up on")
  func givesUpOnSilence() async throws {
    let server = try HubServer(serving: [id: model], faults: [.init(kind: "stall", times: 99)])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(server).library.resolve(id)
    }
    #expect(error.code == .network)
    #expect(error.message.contains("in time"))
    #expect(try server.downloads().count == 3)
  }

  @Test("Redirects that never end are given up on")
  func givesUpOnLoops() async throws {
    let fault = HubServer.Fault(file: "listing", kind: "loop", times: 99)
    let server = try HubServer(serving: [id: model], faults: [fault])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(server).library.resolve(id)
    }
    #expect(error.code == .network)
    #expect(error.message.contains("redirects"))
    #expect(try server.requests().count == 10)
  }

  @Test("A damaged blob of another tool is refused, and fetched anew once it is removed")
  func recoversFromADamagedBlob() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    _ = try await machine.library.resolve(id)
    let blob = machine.repository(id).appending(path: "blobs/\(model.weightsHash)")
    try TinyModel.bytes(seed: 9, count: 3_000_000).write(to: blob)
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .checksumMismatch)
    #expect(error.remedy?.contains(blob.path) == true)
    try FileManager.default.removeItem(at: blob)
    let resolved = try await machine.library.resolve(id)
    #expect(resolved.space.revision == model.weightsHash.prefix(16))
  }

  @Test("A snapshot that another tool left without settings is completed")
  func completesASnapshot() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    _ = try await machine.library.resolve(id)
    let snapshots = machine.repository(id).appending(path: "snapshots")
    let commit = try #require(
      try FileManager.default.contentsOfDirectory(atPath: snapshots.path).first)
    try FileManager.default.removeItem(at: snapshots.appending(path: "\(commit)/modules.json"))
    #expect(try await machine.library.resolve(id).space.pooling == .cls)
    #expect(try server.downloads().count == 1)
  }

  @Test("Cancelling leaves a beginning that the next fetch takes up")
  func leavesAResumableBeginning() async throws {
    let server = try HubServer(
      serving: [id: model], faults: [.init(kind: "slow", after: 100_000)])
    let machine = try TestMachine(server)
    let (reports, continuation) = AsyncStream.makeStream(of: Int64.self)
    let task = Task {
      try await machine.library.resolve(id) { progress in
        if progress.file == TinyModel.weightsName { continuation.yield(progress.completedBytes) }
      }
    }
    for await _ in reports { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let incomplete = machine.repository(id)
      .appending(path: "blobs/\(model.weightsHash).incomplete")
    let size = try #require(try incomplete.resourceValues(forKeys: [.fileSizeKey]).fileSize)
    #expect(size >= 1 << 20 && size < 3_000_000)
    _ = try await machine.library.resolve(id)
    #expect(try server.downloads().last?.range == "bytes=\(size)-")
  }

  @Test("Cancelling at any moment ends the fetch, and the next one succeeds (seed printed)")
  func cancelsAtAnyMoment() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    for _ in 0..<40 {
      try? FileManager.default.removeItem(at: machine.repository(id).appending(path: "blobs"))
      let task = Task { try await machine.library.resolve(id) }
      try await Task.sleep(for: .microseconds(Int.random(in: 0...150_000, using: &generator)))
      task.cancel()
      do {
        _ = try await task.value
      } catch {
        #expect(error is CancellationError, "\(String(reflecting: error))")
      }
    }
    #expect(try await machine.library.resolve(id).space.revision == model.weightsHash.prefix(16))
  }

  @Test("The token goes to the hub and to nobody else")
  func keepsTheToken() async throws {
    let server = try HubServer(serving: [id: model])
    _ = try await TestMachine(server, ["HF_TOKEN": "hf_secret"]).library.resolve(id)
    let requests = try server.requests()
    #expect(requests.filter { $0.host == "hub" }.allSatisfy { $0.token == "Bearer hf_secret" })
    #expect(requests.contains { $0.host == "hub" } && requests.contains { $0.host == "cdn" })
    #expect(requests.filter { $0.host == "cdn" }.allSatisfy { $0.token == nil })
  }

  @Test(
    "Offline mode opens no connection and says so",
    arguments: ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
  func staysOffline(variable: String) async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server, [variable: "1"])
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .offline)
    #expect(error.message.contains(variable))
    #expect(try server.requests().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: machine.folders.hubCache.path))
  }

  @Test("Two tasks that want the same model fetch it once")
  func sharesOneFetch() async throws {
    let server = try HubServer(
      serving: [id: model], faults: [.init(kind: "slow", after: 500_000)])
    let machine = try TestMachine(server)
    async let one = machine.library.resolve(id)
    async let other = machine.library.resolve(id)
    #expect(try await one == other)
    #expect(try server.downloads().count == 1)
  }

  @Test("A lock that another process holds is waited for")
  func waitsForAnotherProcess() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    let lock = machine.folders.hubCache
      .appending(path: ".locks/models--someone--tiny/\(model.weightsHash).lock")
    try FileManager.default.createDirectory(
      at: lock.deletingLastPathComponent(), withIntermediateDirectories: true)
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.flock(f,2); print(1,flush=True); "
        + "time.sleep(1.5)", lock.path,
    ]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.availableData
    let start = ContinuousClock.now
    _ = try await machine.library.resolve(id)
    #expect(ContinuousClock.now - start > .seconds(1))
    holder.waitUntilExit()
  }

  @Test("A model that the hub does not have is reported with the nearest names")
  func reportsAnUnknownModel() async throws {
    let server = try HubServer(serving: [id: model])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(server).library.resolve("BAAI/bge-smal-en-v1.5")
    }
    #expect(error.code == .missingModel)
    #expect(error.remedy?.contains("BAAI/bge-small-en-v1.5") == true)
  }

  @Test("A gated model says what to do, with and without a token", arguments: [401, 403])
  func reportsAGatedModel(status: Int) async throws {
    let fault = HubServer.Fault(file: "listing", kind: "status", status: status, times: 99)
    let server = try HubServer(serving: [id: model], faults: [fault])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(server, ["HF_TOKEN": "hf_secret"]).library.resolve(id)
    }
    #expect(error.code == .missingModel)
    #expect(error.remedy?.contains("HF_TOKEN") == true)
    #expect(!error.debugDescription.contains("hf_secret"))
    #expect(try server.requests().count == 1)
  }

  @Test("A hub that can't be reached is a network error")
  func reportsAnUnreachableHub() async throws {
    let machine = try TestMachine(nil, ["HF_ENDPOINT": "http://127.0.0.1:9"])
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .network)
    #expect(error.remedy?.contains("HF_ENDPOINT") == true)
  }

  @Test("A model that can't be run is refused before its weights are fetched")
  func refusesBeforeTheWeights() async throws {
    var dense = model
    dense["modules.json"] = dense["modules.json"]?.replacing("models.Pooling", with: "models.Dense")
    let server = try HubServer(serving: [id: dense])
    let error = try await #require(throws: LociError.self) {
      try await TestMachine(server).library.resolve(id)
    }
    #expect(error.code == .unsupported)
    #expect(error.message.contains("Dense"))
    #expect(try server.downloads().isEmpty)
  }

  @Test("A full disk is reported and nothing gets its final name")
  func reportsAFullDisk() async throws {
    let server = try HubServer(serving: [id: model])
    let machine = try TestMachine(server)
    let blobs = machine.repository(id).appending(path: "blobs")
    try FileManager.default.createDirectory(at: blobs, withIntermediateDirectories: true)
    // Writes to /dev/full fail as they do on a full disk.
    try FileManager.default.createSymbolicLink(
      atPath: blobs.appending(path: "\(model.weightsHash).incomplete").path,
      withDestinationPath: "/dev/full")
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .diskFull)
    #expect(!machine.files(id, below: "blobs").contains(model.weightsHash))
    #expect(machine.files(id, below: "refs").isEmpty)
  }

  @Test("A cache that can't be written is reported, with the folder to choose instead")
  func reportsAReadOnlyCache() async throws {
    let server = try HubServer(serving: [id: model])
    // Nobody may make folders there, not even root.
    let machine = try TestMachine(server, ["HF_HUB_CACHE": "/sys/loci-test"])
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .readOnly)
    #expect(error.remedy?.contains("HF_HUB_CACHE") == true)
  }

  @Test("A model without safetensors comes as ONNX, a large one as its shards")
  func fetchesOtherForms() async throws {
    var onnx = model
    onnx.files["onnx/model.onnx"] = onnx.files.removeValue(forKey: TinyModel.weightsName)
    var sharded = model
    sharded.files[TinyModel.weightsName] = nil
    sharded.files["model-1.safetensors"] = TinyModel.bytes(seed: 2, count: 1000)
    sharded.files["model-2.safetensors"] = TinyModel.bytes(seed: 3, count: 1000)
    sharded["model.safetensors.index.json"] =
      #"{"weight_map": {"b": "model-2.safetensors", "a": "model-1.safetensors"}}"#
    let server = try HubServer(serving: ["someone/onnx": onnx, "someone/sharded": sharded])
    let machine = try TestMachine(server)
    guard case .onnx(let file) = try await machine.library.resolve("someone/onnx").weights else {
      Issue.record("ONNX was expected.")
      return
    }
    #expect(file.lastPathComponent == "model.onnx")
    guard
      case .safetensors(let shards) = try await machine.library.resolve("someone/sharded").weights
    else {
      Issue.record("Shards were expected.")
      return
    }
    #expect(shards.map(\.lastPathComponent) == ["model-1.safetensors", "model-2.safetensors"])
  }

  @Test("An endpoint that is no address is refused")
  func refusesABadEndpoint() async throws {
    let machine = try TestMachine(nil, ["HF_ENDPOINT": "file:///etc"])
    let error = try await #require(throws: LociError.self) {
      try await machine.library.resolve(id)
    }
    #expect(error.code == .invalidConfiguration)
  }
}
