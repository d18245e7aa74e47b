import Foundation
import Loci
import LociPostgres
import LociSQLite
import LociTestKit
import Testing

@Suite("The chain of the audit log") struct VerifyTests {
  /// A namespace with a log of six lines, and how to change its store behind its back.
  private struct Store {
    let fixture: AgentFixture
    let backend: TestBackend
    let ids: [RecordID]

    init(_ backend: TestBackend) async throws {
      self.backend = backend
      fixture = try await AgentFixture(backend)
      let ada = try fixture.ada
      ids = try await ada.remember(
        ["Alice plays the violin", "Bob plays the drums", "Carol plays the harp", "Dan sings"]
          .map { NewMemory($0) }
      ).map(\.record.id)
      try await fixture.memory.namespace("other").remember("another chain")
      try await ada.forget([ids[3]])
      try await ada.update(ids[0]) { $0.importance = 5 }
    }

    func sql(_ text: String) async throws {
      if backend == .postgres {
        let server = try await PostgresServer.shared.value
        try await server.sql("SET search_path = \"\(fixture.schema)\"; \(text)")
      } else {
        try await SecondProcess.run(
          "db.execute(\"\"\"\(text)\"\"\"); db.commit()", on: fixture.path)
      }
    }

    func verify(_ head: ChainHash? = nil) async throws -> AuditReport {
      try await fixture.ada.verify(head: head)
    }
  }

  private static let real: [TestBackend] = [.sqlite, .postgres]

  @Test(
    "A log that nobody touched is whole, and its head is found again later",
    arguments: TestBackend.allCases)
  func whole(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    #expect(try await ada.verify().head == .start)
    let one = try await ada.remember(
      "Alice plays the violin", metadata: ["n": -0.0, "l": ["a", true]]
    )
    .record
    let head = try await ada.verify().head
    try await ada.supersede(one.id, by: NewMemory("Alice plays the harp"))
    try await ada.remember(NewMemory("Bob sings", id: RecordID("b")))
    try await ada.remember(NewMemory("Bob drums", id: RecordID("b")))
    _ = try await ada.recall("Alice plays")
    try await ada.forget([RecordID("b")])
    let report = try await ada.verify(head: head)
    #expect(report.isWhole && report.holdsExpectedHead == true, "\(report)")
    #expect(report.lineCount == 6 && report.recordCount == 2 && report.unknownCount == 0)
    #expect(try await ada.verify(record: one.id).recordCount == 1)
    #expect(try await error { _ = try await ada.verify(record: RecordID("no")) }.code == .notFound)
    let foreign = try ChainHash(String(repeating: "ab", count: 32))
    #expect(try await ada.verify(head: foreign).holdsExpectedHead == false)
    #expect(try ChainHash(head.description) == head)
    for text in ["", "12", String(repeating: "+1", count: 32), head.description + "0"] {
      #expect(throws: LociError.self) { try ChainHash(text) }
    }
  }

  @Test("A line that was changed is named, whatever was changed in it", arguments: real)
  func changed(on backend: TestBackend) async throws {
    for change in [
      "time = time + 1", "action = 'delete'", "record = 'x'", "actor = 'eve'", "state = NULL",
      "namespace = 'other'",
    ] {
      let store = try await Store(backend)
      try await store.sql("UPDATE audit SET \(change) WHERE sequence = 2")
      let report = try await store.verify()
      // In another namespace's chain the line is a stranger, and in its own it is missing.
      let isMoved = change.hasPrefix("namespace")
      #expect(report.firstBreak?.kind == (isMoved ? .removed : .changed), "\(change)")
      #expect(report.firstBreak?.sequence == (isMoved ? 3 : 2), "\(change)")
    }
  }

  @Test("The newest line is no less safe than the others", arguments: real)
  func newest(on backend: TestBackend) async throws {
    let store = try await Store(backend)
    try await store.sql(
      "UPDATE audit SET actor = 'eve' WHERE sequence = (SELECT max(sequence) FROM audit)")
    #expect(try await store.verify().firstBreak?.kind == .changed)
  }

  @Test(
    "A line that was removed is noticed at the beginning and in the middle, the end by the head",
    arguments: real)
  func removed(on backend: TestBackend) async throws {
    for (sequence, next) in [(1, 2), (3, 4)] {
      let store = try await Store(backend)
      try await store.sql("DELETE FROM audit WHERE sequence = \(sequence)")
      let found = try await store.verify().firstBreak
      #expect(found?.kind == .removed && found?.sequence == Int64(next))
    }
    let store = try await Store(backend)
    let head = try await store.verify().head
    try await store.sql("DELETE FROM audit WHERE sequence >= 6")
    #expect(try await store.verify().firstBreak == nil)
    let report = try await store.verify(head)
    #expect(report.holdsExpectedHead == false && !report.isWhole)
    // Of an update whose line is gone, the line before says another thing than the record.
    #expect(try await store.verify().differing == [store.ids[0]])
  }

  @Test("A line that was inserted is named, also where its own hash is right", arguments: real)
  func inserted(on backend: TestBackend) async throws {
    let plain = try await Store(backend)
    try await plain.sql(
      """
      INSERT INTO audit (sequence, time, action, namespace, record)
      VALUES (100, 1, 'delete', 'bot:ada', 'x')
      """)
    #expect(try await plain.verify().firstBreak?.kind == .inserted)
    #expect(try await plain.verify().firstBreak?.sequence == 100)

    let forged = try await Store(backend)
    let lines = try await forged.fixture.memory.records.auditLog(
      of: forged.fixture.ada.namespace, after: .min, limit: 99)
    let before = try #require(lines[1].link?.hash)
    var entry = AuditEntry(
      sequence: 3, time: Date(millisecondsSince1970: 1), action: .delete, record: forged.ids[0],
      actor: "eve")
    entry.link = AuditChain.link(entry, in: try forged.fixture.ada.namespace, nil, after: before)
    try await forged.sql(
      "UPDATE audit SET sequence = -sequence WHERE sequence >= 3 AND namespace = 'bot:ada'")
    try await forged.sql(
      "UPDATE audit SET sequence = 100 - sequence WHERE sequence < 0")
    let (blob, end) = backend == .postgres ? ("'\\x", "'") : ("x'", "'")
    try await forged.sql(
      """
      INSERT INTO audit (sequence, time, action, namespace, record, actor, previous, hash)
      VALUES (50, 1, 'delete', 'bot:ada', '\(forged.ids[0])', 'eve', \(blob)\(before)\(end),
        \(blob)\(entry.link?.hash.description ?? "")\(end))
      """)
    let found = try await forged.verify().firstBreak
    #expect(found?.kind == .inserted && found?.sequence == 50)
  }

  @Test(
    "A record that was changed behind its back differs, goes into quarantine, and comes out",
    arguments: real)
  func differing(on backend: TestBackend) async throws {
    let store = try await Store(backend)
    let ada = try store.fixture.ada
    try await store.sql("UPDATE record SET importance = 1 WHERE id = '\(store.ids[1])'")
    try await store.sql("DELETE FROM record WHERE id = '\(store.ids[2])'")
    let report = try await store.verify()
    #expect(report.firstBreak == nil && report.differing == [store.ids[1]])
    #expect(report.missing == [store.ids[2]] && !report.isWhole)
    #expect(try await ada.verify(record: store.ids[0]).isWhole)
    #expect(try await ada.verify(record: store.ids[1]).differing == [store.ids[1]])

    #expect(try await ada.quarantine(report.differing, actor: "verify") == 1)
    #expect(
      try await ada.recall("Bob plays the drums", leastRelevance: 0).hits
        .allSatisfy { $0.record.id != store.ids[1] })
    #expect(try await ada.quarantined().map(\.id) == [store.ids[1]])
    #expect(try await ada.audit(record: store.ids[1]).first?.action == .quarantine)
    let released = try await ada.unforget(store.ids[1])
    #expect(released.status == .active && released.metadata.isEmpty)
    #expect(try await ada.quarantined().isEmpty)
    #expect(try await ada.recall("Bob plays the drums").hits.first?.record.id == store.ids[1])
  }

  @Test("A text that was changed with its hash differs; one without can't be read", arguments: real)
  func texts(on backend: TestBackend) async throws {
    let store = try await Store(backend)
    let (blob, end) = backend == .postgres ? ("'\\x", "'") : ("x'", "'")
    try await store.sql(
      """
      UPDATE record SET text = 'Bob sold the drums',
        content_hash = \(blob)\(ContentHash(of: "Bob sold the drums"))\(end)
      WHERE id = '\(store.ids[1])'
      """)
    try await store.sql("UPDATE record SET text = 'Carol' WHERE id = '\(store.ids[2])'")
    let report = try await store.verify()
    #expect(report.differing == [store.ids[1]] && report.damaged == [store.ids[2]])
  }

  @Test("A shared record whose audience was changed behind its back differs", arguments: real)
  func shared(on backend: TestBackend) async throws {
    let store = try await Store(backend)
    let ada = try store.fixture.memory.bot("ada")
    let shared = try await ada.share(store.ids[0], with: .author)
    let namespace = store.fixture.memory[.shared]
    #expect(try await namespace.verify().isWhole)
    try await store.sql("UPDATE record SET audience = 'everyone' WHERE id = '\(shared.id)'")
    #expect(try await namespace.verify().differing == [shared.id])
  }

  @Test("Lines of an earlier schema are chained when the store is opened", arguments: real)
  func migrated(on backend: TestBackend) async throws {
    let store = try await Store(backend)
    await store.fixture.memory.close()
    if backend == .postgres {
      var settings = PostgresSettings(
        connection: try await PostgresServer.shared.value.conninfo())
      settings.schema = store.fixture.schema
      try await PostgresDatabase.migrate(settings, to: 12)
    } else {
      try StoreFile.migrate(URL(filePath: store.fixture.path), to: 11)
    }
    let memory = try await store.fixture.again()
    let ada = try memory.namespace("bot:ada")
    let report = try await ada.verify()
    #expect(report.isWhole && report.lineCount == 6, "\(report)")
    #expect(report.recordCount == 3 && report.unknownCount == 3)
    try await ada.update(store.ids[0]) { $0.importance = 1 }
    let later = try await ada.verify(head: report.head)
    #expect(later.isWhole && later.unknownCount == 2)
    try await store.sql("UPDATE audit SET actor = 'eve' WHERE sequence = 1")
    #expect(try await ada.verify().firstBreak?.sequence == 1)
    await memory.close()
  }

  @Test("While others write, nothing is found that is not so", arguments: TestBackend.ofRecords)
  func amidWrites(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let ids = try await ada.remember((0..<20).map { NewMemory("fact \($0)") }).map(\.record.id)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in ids {
        group.addTask {
          try await ada.update(id) { $0.importance = 5 }
          try await ada.hide([id])
          if id == ids[3] { try await ada.forget([id]) }
        }
      }
      group.addTask {
        for _ in 0..<5 {
          let report = try await ada.verify()
          #expect(report.isWhole, "\(report)")
        }
      }
      try await group.waitForAll()
    }
    let report = try await ada.verify()
    #expect(report.isWhole && report.lineCount == 61)
  }
}
