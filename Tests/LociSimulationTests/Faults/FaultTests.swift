import Foundation
import LociCore
import LociSimulation
import LociTestKit
import Testing

@Suite("Injected faults") struct FaultTests {
  private let space = Samples.space()
  private let all: Scope

  init() throws { all = try Samples.everything() }

  private func disk(_ rules: FaultRule..., seed: UInt64 = 1) -> SimulatedDisk {
    SimulatedDisk(faults: FaultPlan(seed: seed, rules: rules))
  }

  private func code(_ work: () async throws -> Void) async -> LociError.Code? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? LociError)?.code
    }
  }

  /// How many of ten entries are there after writing them under a fault.
  private func vectorsLeft(under fault: Fault, seed: UInt64) async throws -> Int {
    let disk = disk(FaultRule(fault, in: [.upsertVectors]), seed: seed)
    let entries = try (0..<10).map { try Samples.entry("\($0)", Samples.axis(0)) }
    await #expect(throws: LociError.self) {
      try await SimulatedVectorStore(on: disk).upsert(entries, in: space)
    }
    #expect(disk.statistics.count(of: fault) == 1)
    return try await SimulatedVectorStore(on: disk).count(in: space, where: all)
  }

  /// How many of ten records are there after writing them under a fault.
  private func recordsLeft(under fault: Fault, seed: UInt64) async throws -> Int {
    let disk = disk(FaultRule(fault, in: [.applyRecords]), seed: seed)
    let changes = try (0..<10).map { RecordChange.insert(try Samples.record("\($0)")) }
    await #expect(throws: LociError.self) {
      try await SimulatedRecordStore(on: disk)
        .apply(changes, in: all.namespace, actor: nil, at: .now)
    }
    #expect(disk.statistics.count(of: fault) == 1)
    return try await SimulatedRecordStore(on: disk).count(where: all)
  }

  @Test("A failure has done nothing, a lost acknowledgement everything")
  func failAndLose() async throws {
    for seed in 0..<20 as Range<UInt64> {
      #expect(try await vectorsLeft(under: .fail(.diskFull), seed: seed) == 0)
      #expect(try await recordsLeft(under: .fail(.diskFull), seed: seed) == 0)
      #expect(try await vectorsLeft(under: .loseAcknowledgement, seed: seed) == 10)
      #expect(try await recordsLeft(under: .loseAcknowledgement, seed: seed) == 10)
    }
  }

  @Test(
    "A torn vector batch is there in part; of a transaction all or nothing is there",
    arguments: [Fault.tearBatch, .timeOut(milliseconds: 10), .crash])
  func tear(_ fault: Fault) async throws {
    var vectors: Set<Int> = []
    var records: Set<Int> = []
    for seed in 0..<60 as Range<UInt64> {
      vectors.insert(try await vectorsLeft(under: fault, seed: seed))
      records.insert(try await recordsLeft(under: fault, seed: seed))
    }
    #expect(vectors.isSuperset(of: [0, 10]))
    #expect(vectors.contains { (1...9).contains($0) })
    #expect(records == [0, 10])
  }

  @Test("A time-out says so, and takes its time")
  func timeOut() async throws {
    let disk = disk(FaultRule(.timeOut(milliseconds: 700)))
    let start = disk.clock.now
    let store = SimulatedRecordStore(on: disk)
    #expect(await code { _ = try await store.count(where: all) } == .timedOut)
    #expect(disk.clock.now == start.addingTimeInterval(0.7))
  }

  @Test("A delay takes simulated time, and nothing else goes wrong")
  func delay() async throws {
    var waits: Set<Int64> = []
    for seed in 0..<20 as Range<UInt64> {
      let disk = disk(FaultRule(.delay(milliseconds: 500)), seed: seed)
      let start = disk.clock.now.millisecondsSince1970
      #expect(try await SimulatedRecordStore(on: disk).count(where: all) == 0)
      waits.insert(disk.clock.now.millisecondsSince1970 - start)
    }
    #expect(waits.allSatisfy { (0...500).contains($0) } && waits.count > 10)
  }

  @Test("An operation that is reordered is overtaken by one that began later")
  func reorder() async throws {
    var overtaken = 0
    for seed in 0..<20 as Range<UInt64> {
      let disk = disk(FaultRule(.reorder, in: [.countRecords]), seed: seed)
      let store = SimulatedRecordStore(on: disk)
      let scheduler = SimulatedScheduler(seed: seed, clock: disk.clock)
      try await offPool { [all] in
        try scheduler.run {
          async let first = store.count(where: all)
          // Others go on only when the first one waits, or is done.
          await disk.clock.sleep(milliseconds: 0)
          async let second = store.get([], namespace: all.namespace)
          _ = try await (first, second)
        }
      }
      #expect(disk.statistics.count(of: .reorder) == 1)
      if disk.events.first?.operation == .getRecords { overtaken += 1 }
    }
    #expect((1..<20).contains(overtaken))
  }

  @Test("A rule is kept to its operations and its maximum, and faults can be switched off")
  func rules() async throws {
    let disk = disk(FaultRule(.fail(.busy), in: [.countRecords], maximumCount: 2))
    let store = SimulatedRecordStore(on: disk)
    _ = try await store.get([], namespace: all.namespace)
    disk.hasFaults = false
    _ = try await store.count(where: all)
    disk.hasFaults = true
    for _ in 0..<2 { #expect(await code { _ = try await store.count(where: all) } == .busy) }
    _ = try await store.count(where: all)
    #expect(disk.statistics.total == 2)
    #expect(disk.statistics.count(in: .countRecords) == 2)
    #expect(disk.statistics.count(in: .getRecords) == 0)
  }

  @Test("What nobody asks for is never injected, and the statistics say so [38]")
  func neverConsulted() async throws {
    let disk = disk(FaultRule(.tearBatch), FaultRule(.loseAcknowledgement))
    _ = try await SimulatedRecordStore(on: disk).count(where: all)
    #expect(disk.statistics.total == 0)
    #expect(disk.events.map(\.operation) == [.countRecords])
  }

  @Test("After a crash the old handles are dead, and what was acknowledged is there")
  func crash() async throws {
    let disk = SimulatedDisk()
    let records = SimulatedRecordStore(on: disk)
    let vectors = SimulatedVectorStore(on: disk)
    let record = try Samples.record("a")
    try await records.apply([.insert(record)], in: all.namespace, actor: nil, at: .now)
    try await vectors.upsert([Samples.entry("a", Samples.axis(0))], in: space)
    disk.crash()
    #expect(await code { _ = try await records.count(where: all) } == .io)
    #expect(await code { _ = try await vectors.count(in: space, where: all) } == .io)
    #expect(try await SimulatedRecordStore(on: disk).count(where: all) == 1)
    #expect(try await SimulatedVectorStore(on: disk).count(in: space, where: all) == 1)
  }

  @Test("Vectors that follow records go with them in one transaction, and others stay")
  func following() async throws {
    let disk = SimulatedDisk()
    let records = SimulatedRecordStore(on: disk)
    let following = SimulatedVectorStore(on: disk, named: "inside", following: "records")
    let apart = SimulatedVectorStore(on: disk, named: "outside")
    #expect(following.capabilities.sharesTransactionsWithRecords)
    #expect(!apart.capabilities.sharesTransactionsWithRecords)
    let (kept, erased) = (try Samples.record("kept"), try Samples.record("erased"))
    try await records.apply(
      [.insert(kept), .insert(erased)], in: all.namespace, actor: nil, at: .now)
    let stray = try Samples.record("stray")
    for store in [following, apart] {
      try await store.upsert(
        [kept, erased, stray].map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: space)
    }
    var patch = RecordPatch()
    patch.status = .archived
    try await records.apply(
      [.patch(kept.id, patch), .delete(erased.id)], in: all.namespace, actor: nil, at: .now)
    let archived = Scope(namespace: all.namespace, statuses: [.archived])
    #expect(try await following.count(in: space, where: all) == 1)
    #expect(try await following.count(in: space, where: archived) == 1)
    #expect(try await apart.count(in: space, where: all) == 3)
    #expect(try await apart.count(in: space, where: archived) == 0)
    patch.text = "another text"
    try await records.apply([.patch(kept.id, patch)], in: all.namespace, actor: nil, at: .now)
    #expect(try await following.count(in: space, where: all) == 0)
  }
}
