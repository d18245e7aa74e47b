import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

@Suite("Many texts at once")
struct BulkTests {
  @Test("Any number of texts is stored and embedded, also where they come slowly")
  func many() async throws {
    let fixture = try await Fixture()
    let reports = Mutex<[Int]>([])
    let texts = AsyncStream<NewMemory> { continuation in
      for number in 0..<2500 { continuation.yield(NewMemory("note number \(number)")) }
      continuation.finish()
    }
    let report = try await fixture.bot.remember(from: texts) { state in
      reports.withLock { $0.append(state.count) }
    }
    #expect(report.storedCount == 2500 && report.embeddedCount == 2500)
    #expect(reports.withLock { $0.prefix(3) } == [1024, 2048, 2500], "in batches")
    #expect(try await fixture.bot.count() == 2500)
    #expect(try await fixture.memory.fsck(repairs: false).allSatisfy(\.isClean))
    let hit = try await fixture.bot.recall("number 1999", leastRelevance: 0).hits.first
    #expect(hit?.record.text == "note number 1999")
  }

  @Test("Started again, what is there is neither stored nor embedded again, and the rest is")
  func resumed() async throws {
    let fixture = try await Fixture()
    let texts = try (0..<1500).map {
      try NewMemory("note number \($0)", id: RecordID("\($0)"), metadata: ["n": 1], author: "ada")
    }
    let first = try await fixture.bot.remember(from: Pulled(Array(texts.prefix(1200))))
    #expect(first.storedCount == 1200)
    let embedded = fixture.embedder.embeddedCount
    let log = try await fixture.bot.audit(limit: 10_000).count
    var changed = texts
    changed[7].importance = 5
    let second = try await fixture.bot.remember(from: Pulled(changed))
    #expect(second.unchangedCount == 1199 && second.storedCount == 301)
    #expect(fixture.embedder.embeddedCount == embedded + 301)
    #expect(try await fixture.bot.audit(limit: 10_000).count == log + 301)
    #expect(try await fixture.bot.get(RecordID("7"))?.importance == 5)
  }

  @Test("What was stored and not embedded, as by a kill in between, is embedded by the next run")
  func pending() async throws {
    let fixture = try await Fixture()
    let texts = try (0..<40).map { try NewMemory("note \($0)", id: RecordID("\($0)")) }
    fixture.embedder.isBroken = true
    let broken = try await fixture.bot.remember(from: Pulled(texts))
    #expect(broken.storedCount == 40 && broken.pendingCount == 40)
    #expect(broken.lastFailure?.code == .engine)
    fixture.embedder.isBroken = false
    let again = try await fixture.bot.remember(from: Pulled(texts))
    #expect(again.unchangedCount == 40 && again.embeddedCount == 40 && again.pendingCount == 0)
    #expect(try await fixture.memory.fsck(repairs: false).allSatisfy(\.isClean))
    let unembedded = try await fixture.bot.remember(
      from: Pulled([NewMemory("alone")]), embeds: false)
    #expect(unembedded.storedCount == 1 && unembedded.embeddedCount == 0)
  }

  @Test("Of two texts of one id in a batch, the last counts")
  func twice() async throws {
    let fixture = try await Fixture()
    let id = try RecordID("a")
    let report = try await fixture.bot.remember(
      from: Pulled([NewMemory("first words", id: id), NewMemory("second words", id: id)]))
    #expect(report.storedCount == 1)
    #expect(try await fixture.bot.get(id)?.text == "second words")
    #expect(try await fixture.memory.fsck(repairs: false).allSatisfy(\.isClean))
  }

  @Test("A sequence that fails, or a text that can't be, leaves the batches before")
  func failing() async throws {
    let fixture = try await Fixture()
    let texts = (0..<1500).map { NewMemory($0 == 1400 ? "  " : "note \($0)") }
    let error = await #expect(throws: LociError.self) {
      try await fixture.bot.remember(from: Pulled(texts))
    }
    #expect(error?.code == .invalidArgument)
    #expect(try await fixture.bot.count() == 1024)
    await #expect(throws: CancellationError.self) {
      try await fixture.bot.remember(from: Pulled(Array(texts.prefix(3)), failsAtEnd: true))
    }
    #expect(try await fixture.bot.count() == 1024)
  }
}

/// Texts as a sequence, which may fail at its end.
private struct Pulled: AsyncSequence, AsyncIteratorProtocol {
  private var rest: ArraySlice<NewMemory>
  private let failsAtEnd: Bool

  init(_ texts: [NewMemory], failsAtEnd: Bool = false) {
    (rest, self.failsAtEnd) = (texts[...], failsAtEnd)
  }

  func makeAsyncIterator() -> Self { self }

  mutating func next() async throws -> NewMemory? {
    if rest.isEmpty, failsAtEnd { throw CancellationError() }
    return rest.popFirst()
  }
}
