import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Upkeep") struct UpkeepTests {
  /// Without what takes long and has tests of its own.
  private var rules: UpkeepRules {
    UpkeepRules(steps: [.retention, .archive, .decay, .consolidation])
  }

  private func step(_ step: UpkeepStep, _ report: UpkeepReport) throws -> UpkeepReport.Step {
    try #require(report.steps.first { $0.step == step })
  }

  /// An episode that has ended, with turns.
  private func episode(
    _ description: String, turns: Int = 2, in episodes: Episodes
  ) async throws -> RecordID {
    let id = try await episodes.begin(description).id
    if turns > 0 {
      try await episodes.add((0..<turns).map { NewTurn("\(description), \($0)") }, to: id)
    }
    try await episodes.close(id)
    return id
  }

  private func contents(_ ada: MemoryNamespace) async throws -> [Record] {
    try await ada.list(where: Filter(statuses: nil), limit: 10_000)
  }

  @Test(
    "Episodes fade, are archived and erased with what was said, and nothing else is touched",
    arguments: TestBackend.allCases)
  func ageing(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, memory) = (try fixture.ada, fixture.memory)
    let fact = try await ada.remember("Alice likes tea", category: .fact).record
    let long = try await episode("alpha journey", turns: 150, in: ada.episodes)
    let open = try await ada.episodes.begin("beta project").id
    let plain = try await ada.remember("gamma happened", category: .episode).record.id

    #expect(try await memory.upkeep(rules).steps.allSatisfy { $0.changedCount == 0 })
    fixture.clock.pass(days: 89)
    #expect(try step(.decay, await memory.upkeep(rules)).changedCount == 0)
    fixture.clock.pass(days: 1.5)
    #expect(try step(.decay, await memory.upkeep(rules)).changedCount == 3)
    #expect(try await ada.get(long)?.metadata["decay"] == 0.4)
    #expect(try step(.decay, await memory.upkeep(rules)).changedCount == 0)
    // What is used anew is whole again.
    fixture.clock.pass(days: 40)
    try await ada.episodes.add([NewTurn("beta again")], to: open)
    let third = try await memory.upkeep(rules)
    #expect(try step(.decay, third).changedCount == 3)
    #expect(try await ada.get(open)?.metadata["decay"] == nil)
    #expect(try await ada.get(long)?.metadata["decay"] == 0.2)

    fixture.clock.pass(days: 50)
    let fourth = try step(.archive, await memory.upkeep(rules))
    #expect(fourth.changedCount == 2 && fourth.recordCount == 152)
    #expect(fourth.largestTransaction <= 64 && fourth.transactionCount >= 4)
    #expect(try await ada.episodes.list(.archived).map(\.id).sorted() == [long, plain].sorted())
    let found = try await ada.recall("alpha journey", leastRelevance: 0).hits.map(\.record.id)
    #expect(!found.contains(long) && found.count <= 3)
    #expect(try await ada.episodes.turns(of: long).count == 150)
    // The way back.
    let reopened = try await ada.episodes.reopen(plain)
    #expect(reopened.status == .active)

    fixture.clock.pass(days: 190)
    let last = try await memory.upkeep(rules)
    let erased = try step(.retention, last)
    #expect(erased.changedCount == 1 && erased.recordCount == 151)
    #expect(erased.largestTransaction <= 64 && erased.transactionCount == 3)
    #expect(try await contents(ada).map(\.id).filter { $0 == long }.isEmpty)
    #expect(try await ada.get(fact.id)?.status == .active)
    #expect(try await ada.verify().isWhole)
    #expect(try await memory.fsck(repairs: false).allSatisfy { $0.isClean })
    #expect(try await ada.audit(record: long, limit: 1).first?.actor == "upkeep")
    #expect(try await contents(ada).allSatisfy { $0.accessCount == 0 || $0.id != long })
  }

  @Test("0 keeps episodes for ever, and a clock that was set back changes nothing")
  func forEver() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    _ = try await episode("alpha", in: ada.episodes)
    let before = try await contents(ada)
    fixture.clock.pass(days: -4000)
    #expect(try await fixture.memory.upkeep(rules).steps.allSatisfy { $0.changedCount == 0 })
    #expect(try await contents(ada) == before)
    fixture.clock.pass(days: 40_000)
    var forEver = rules
    (forEver.retentionDays, forEver.archiveDays) = (0, 0)
    forEver.steps.remove(.decay)
    let report = try await fixture.memory.upkeep(forEver)
    #expect(try step(.retention, report).outcome == .skipped)
    #expect(try step(.archive, report).outcome == .skipped)
    #expect(try await contents(ada) == before)
  }

  @Test("What was said and is recalled keeps its episode young; upkeep itself never does")
  func used() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    let id = try await episode("alpha omega", in: ada.episodes)
    fixture.clock.pass(days: 170)
    _ = try await fixture.memory.upkeep(rules)
    #expect(try await ada.get(id)?.accessCount == 0)
    let hits = try await ada.recall("alpha omega, 1", limit: 1, leastRelevance: 0).hits
    #expect(hits.first?.record.whole == id)
    await fixture.memory.close()
    fixture.clock.pass(days: 20)
    #expect(try step(.archive, await fixture.memory.upkeep(rules)).changedCount == 0)
    #expect(try await ada.get(id)?.metadata["decay"] == nil)
    fixture.clock.pass(days: 170)
    #expect(try step(.archive, await fixture.memory.upkeep(rules)).changedCount == 1)
  }

  @Test(
    "Episodes that say the same are united; the one that matters most stays, the others are there",
    arguments: TestBackend.allCases)
  func consolidation(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, memory) = (try fixture.ada, fixture.memory)
    let text = "helping Alice to plan the journey along the coast"
    var ids: [RecordID] = []
    for _ in 0..<3 { ids.append(try await episode(text, in: ada.episodes)) }
    try await ada.update(ids[1]) { $0.importance = 5 }
    let open = try await ada.episodes.begin(text).id
    let negated = try await episode("not " + text, turns: 0, in: ada.episodes)
    let other = try await episode("repairing the bicycle of Bob", turns: 0, in: ada.episodes)
    let foreign = try await ada.remember(
      text, collection: .episodes, category: .episode, author: "bob"
    ).record.id

    let dry = try await memory.upkeep(rules, isDryRun: true)
    #expect(try step(.consolidation, dry).changedCount == 2)
    let report = try await memory.upkeep(rules)
    #expect(try step(.consolidation, report).changedCount == 2)
    #expect(try step(.consolidation, report).transactionCount == 1)
    let best = try #require(try await ada.get(ids[1]))
    #expect(best.status == .active && Set(best.supersededIDs) == [ids[0], ids[2]])
    for id in [ids[0], ids[2]] {
      let old = try #require(try await ada.get(id))
      #expect(old.status == .superseded && old.successorIDs == [best.id])
      #expect(try await ada.episodes.turns(of: id).count == 2)
      #expect(try await ada.audit(record: id, limit: 1).first?.action == .supersede)
    }
    #expect(try await ada.lineage(of: ids[1])?.earlier.count == 2)
    for id in [open, negated, other, foreign] {
      #expect(try await ada.get(id)?.status == .active)
    }
    #expect(try step(.consolidation, await memory.upkeep(rules)).changedCount == 0)
    #expect(try await ada.verify().isWhole)
  }

  @Test("A dry run tells what would be done and changes nothing", arguments: TestBackend.ofRecords)
  func dryRun(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, memory) = (try fixture.ada, fixture.memory)
    _ = try await episode("alpha", turns: 70, in: ada.episodes)
    fixture.clock.pass(days: 200)
    _ = try await episode("beta", in: ada.episodes)
    _ = try await episode("beta", in: ada.episodes)
    fixture.clock.pass(days: 200)
    let before = try await contents(ada)
    let log = try await ada.audit(limit: 10_000)
    var all = UpkeepRules()
    all.backupFolder = fixture.folder.file("backups")
    let file = backend == .sqlite ? try Data(contentsOf: URL(filePath: fixture.path)) : nil
    let dry = try await memory.upkeep(all, isDryRun: true)
    #expect(try step(.retention, dry).changedCount == 1)
    #expect(try step(.retention, dry).recordCount == 71)
    #expect(try step(.archive, dry).changedCount == 2)
    #expect(dry.isDryRun && dry.isComplete)
    #expect(try await contents(ada) == before)
    #expect(try await ada.audit(limit: 10_000) == log)
    #expect(try await memory.lastUpkeep == nil)
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("backups").path))
    if let file { #expect(try Data(contentsOf: URL(filePath: fixture.path)) == file) }
    let done = try await memory.upkeep(all)
    #expect(try step(.retention, done).recordCount == 71)
    #expect(try step(.archive, done).changedCount == 2)
    #expect(try await memory.lastUpkeep != nil)
  }

  @Test(
    "All of it is done, with a backup where the store can make one",
    arguments: TestBackend.allCases)
  func everything(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    var ada = try fixture.ada
    ada.allowsPending = true
    fixture.embedder.isBroken = true
    try await ada.remember("Alice likes tea")
    fixture.embedder.isBroken = false
    var all = UpkeepRules()
    all.backupFolder = fixture.folder.file("backups")
    if backend == .postgres { all.steps.remove(.backup) }
    let report = try await fixture.memory.upkeep(all)
    #expect(report.isComplete, "\(report.steps.compactMap(\.failure))")
    #expect(try step(.embedding, report).changedCount == 1)
    if backend != .postgres {
      let backup = try step(.backup, report)
      #expect(backend == .simulated ? backup.outcome == .skipped : backup.file != nil)
    }
    #expect(try await ada.recall("Alice likes tea", leastRelevance: 0).hits.count == 1)
  }

  @Test("A step that fails is told, and the others are done")
  func failing() async throws {
    let fixture = try await AgentFixture(.sqlite)
    var ada = try fixture.ada
    ada.allowsPending = true
    fixture.embedder.isBroken = true
    try await ada.remember("Alice likes tea")
    let report = try await fixture.memory.upkeep(
      UpkeepRules(steps: [.decay, .embedding, .optimization]))
    #expect(report.steps.map(\.outcome) == [.done, .failed, .done] && !report.isComplete)
    #expect(try step(.embedding, report).failure != nil)
  }

  @Test("A damaged store is named, and takes no good backup's place")
  func damaged() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    try await ada.remember(NewMemory("Alice likes tea", id: RecordID("tea")))
    var rules = UpkeepRules(steps: [.examination, .embedding, .backup])
    (rules.backupFolder, rules.backupsKept) = (fixture.folder.file("backups"), 1)
    let whole = try await fixture.memory.upkeep(rules)
    let backup = try #require(try step(.backup, whole).file)
    try await SecondProcess.run(
      "db.execute(\"UPDATE record SET text = 'Alice hates tea'\"); db.commit()", on: fixture.path)
    let report = try await fixture.memory.upkeep(rules)
    #expect(report.steps.map(\.outcome) == [.failed, .done, .skipped])
    #expect(try step(.examination, report).failure?.code == .corrupt)
    #expect(FileManager.default.fileExists(atPath: backup.path))
    #expect(try await fixture.memory.upkeep(rules, isDryRun: true).isComplete == false)
  }
}
