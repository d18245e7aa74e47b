import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

/// One after the other: each starts a worker or more, which takes a second of a core.
@Suite("Bad days of the LanceDB worker", .serialized) struct BadDayTests {
  private let folder: TemporaryFolder
  private let space = Samples.space()

  init() throws { folder = try TemporaryFolder() }

  @Test("An engine that is not installed: the error names the command that installs it")
  func notInstalled() async throws {
    let error = await Lance.failure {
      _ = try await Lance.open(folder.file("lance"), engine: folder.file("nowhere"))
    }
    #expect(error?.code == .missingLibrary)
    #expect(error?.remedy == "Run `Scripts/setup lancedb`.")
  }

  @Test("An engine of another version: the error says which is there and which is needed")
  func wrongVersion() async throws {
    let engine = try Lance.engine(in: folder, replacing: ["lancedb": "__version__ = '0.1.2'"])
    let store = try await Lance.open(folder.file("lance"), engine: engine)
    let error = await Lance.failure { try await store.ensure(space) }
    #expect(error?.code == .missingLibrary)
    #expect(error?.message.contains("0.1.2") == true)
    #expect(error?.message.contains(LanceVectorStore.engineVersion) == true)
  }

  @Test("A damaged engine is told apart from a missing one")
  func damagedEngine() async throws {
    let engine = try Lance.engine(in: folder, replacing: ["pyarrow": "import nothing_like_it"])
    let store = try await Lance.open(folder.file("lance"), engine: engine)
    let error = await Lance.failure { try await store.ensure(space) }
    #expect(error?.code == .missingLibrary)
    #expect(error?.message.contains("can't be loaded") == true)
  }

  @Test("A worker that dies at its start is an error with its last words, not a hang")
  func dyingAtStart() async throws {
    let engine = try Lance.engine(in: folder, startingWith: "echo 'out of luck' >&2; exit 3")
    let store = try await Lance.open(folder.file("lance"), engine: engine)
    let error = await Lance.failure { try await store.ensure(space) }
    #expect(error?.code == .storeEngine)
    #expect(error?.detail?.contains("out of luck") == true)
  }

  @Test("The worker killed at random moments: what was acknowledged is there, the next call works")
  func killed() async throws {
    var generator = SeededGenerator(seed: 5)
    let store = try await Lance.open(folder.file("lance"), engine: Lance.ownEngine(in: folder))
    var acknowledged: Set<String> = []
    for round in 0..<3 {
      let worker = try await store.workerProcessIdentifier
      let moment = Duration.milliseconds(Int.random(in: 1...150, using: &generator))
      let killer = Task {
        try await Task.sleep(for: moment)
        kill(worker, SIGKILL)
      }
      for number in 0..<25 {
        let id = "r\(round)-\(number)"
        try await store.upsert([Samples.entry(id, Samples.axis(number % 16))], in: space)
        acknowledged.insert(id)
      }
      try await killer.value
    }
    let found = try await store.scan(Namespace("one"), in: space, after: nil, limit: 1000)
    #expect(Set(found.map(\.id.text)) == acknowledged)
    #expect(found.count == acknowledged.count, "no id twice")
  }

  @Test("A delete whose worker dies is an error, since its count would be lost")
  func killedInDelete() async throws {
    let store = try await Lance.open(folder.file("lance"), engine: Lance.ownEngine(in: folder))
    try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
    let worker = try await store.workerProcessIdentifier
    kill(worker, SIGSTOP)
    async let deleted = Lance.failure {
      try await store.delete([RecordID("a")], namespace: Namespace("one"), in: space)
    }
    try await Task.sleep(for: .milliseconds(100))
    kill(worker, SIGKILL)
    #expect(await deleted?.code == .storeEngine)
    #expect(
      try await store.delete([RecordID("a")], namespace: Namespace("one"), in: space) == 1)
  }

  @Test("A worker that hangs: the call times out, the worker is killed, the next call works")
  func hanging() async throws {
    let store = try await Lance.open(folder.file("lance"), engine: Lance.ownEngine(in: folder)) {
      $0.requestTimeout = .seconds(4)
    }
    try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
    let hung = try await store.workerProcessIdentifier
    kill(hung, SIGSTOP)
    let all = try Samples.everything()
    let error = await Lance.failure { _ = try await store.count(in: space, where: all) }
    #expect(error?.code == .timedOut)
    #expect(try await store.count(in: space, where: all) == 1)
    #expect(try await store.workerProcessIdentifier != hung)
  }

  @Test("A cancelled call returns at once, and the worker serves the others")
  func cancelled() async throws {
    let store = try await Lance.open(folder.file("lance"), engine: Lance.ownEngine(in: folder))
    try await store.ensure(space)
    let worker = try await store.workerProcessIdentifier
    kill(worker, SIGSTOP)
    let call = Task { try await store.count(in: space, where: Samples.everything()) }
    try await Task.sleep(for: .milliseconds(50))
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
    kill(worker, SIGCONT)
    #expect(try await store.count(in: space, where: Samples.everything()) == 0)
  }

  @Test("The worker goes when its last store is closed, and comes back for the next call")
  func closing() async throws {
    let engine = try Lance.ownEngine(in: folder)
    let store = try await Lance.open(folder.file("lance"), engine: engine)
    let sister = try await Lance.open(folder.file("sister"), engine: engine)
    let worker = try await store.workerProcessIdentifier
    #expect(try await sister.workerProcessIdentifier == worker, "one worker for all")
    store.close()
    #expect(try await sister.spaces() == [])
    sister.close()
    #expect(await hasEnded(worker))
    #expect(try await store.spaces() == [])
  }

  @Test("The parent killed: its worker goes, and what it acknowledged is there")
  func parentKilled() async throws {
    let writer = try Writer(
      engine: Lance.engine, store: folder.file("lance"), prefix: "w", in: folder)
    let worker = try #require(Int32(try await writer.lines(1)[0]))
    _ = try await writer.lines(9)
    writer.kill()
    let ids = try await writer.lines(9).dropFirst()
    #expect(await hasEnded(worker))
    let store = try await Lance.open(folder.file("lance"))
    let found = try await store.scan(Namespace("one"), in: space, after: nil, limit: 1000)
    #expect(Set(found.map(\.id.text)).isSuperset(of: ids))
  }

  @Test("Two processes that write the same ids make each entry once")
  func twoProcesses() async throws {
    let place = folder.file("lance")
    let writers = try (0..<2).map { _ in
      try Writer(engine: Lance.engine, store: place, prefix: "same", in: folder)
    }
    for writer in writers { _ = try await writer.lines(21) }
    for writer in writers { writer.kill() }
    let store = try await Lance.open(place)
    let found = try await store.scan(Namespace("one"), in: space, after: nil, limit: 1000)
    #expect(found.count >= 20)
    #expect(Set(found.map(\.id)).count == found.count)
    #expect(try await store.count(in: space, where: Samples.everything()) == found.count)
  }

  /// Waits until a process is gone.
  private func hasEnded(_ process: Int32) async -> Bool {
    for _ in 0..<100 {
      if kill(process, 0) != 0 { return true }
      try? await Task.sleep(for: .milliseconds(50))
    }
    return false
  }
}
