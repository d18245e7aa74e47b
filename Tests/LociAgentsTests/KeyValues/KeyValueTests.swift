import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Values by key") struct KeyValueTests {
  private struct Mood: Codable, Equatable {
    var name: String
    var since: [Int]
  }

  @Test("Values of any type come back, list, and go", arguments: TestBackend.ofRecords)
  func roundTrip(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, bob) = (try fixture.ada.keyValues, try fixture.memory.namespace("bot:bob").keyValues)
    let mood = Mood(name: "calm \0 \"so\" / é", since: [1, 2])
    try await ada.set("mood", to: mood)
    try await ada.set("count", to: 1)
    #expect(try await ada.get("mood", as: Mood.self) == mood)
    #expect(try await bob.get("mood", as: Mood.self) == nil)
    #expect(try await ada.list().map(\.name.key) == ["count", "mood"])
    try await ada.setJSON("exact", to: " { \"b\" : 1.10,\n \"a\" : 12345678901234567890 } ")
    #expect(try await ada.json("exact") == #"{"b":1.10,"a":12345678901234567890}"#)
    await #expect(throws: DecodingError.self) { try await ada.get("mood", as: Int.self) }
    #expect(try await ada.delete("mood"))
    #expect(try await ada.delete("mood") == false)
    #expect(try await fixture.memory.namespaces().isEmpty, "no record was made of it")
  }

  @Test("Of many who count at once, none is lost", arguments: TestBackend.ofRecords)
  func compareAndSet(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let values = try fixture.ada.keyValues
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...10 {
        group.addTask {
          while true {
            let old = try await values.get("count", as: Int.self)
            do {
              return try await values.set("count", to: (old ?? 0) + 1, replacing: old)
            } catch let error as LociError where error.code == .conflict {
              continue
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await values.get("count", as: Int.self) == 10)
  }

  @Test("What is no JSON, no key, or too large is refused, and nothing is changed")
  func refused() async throws {
    let values = try Memory.inMemory().namespace("bot:ada").keyValues
    let large = "\"" + String(repeating: "x", count: KeyValue.maximumSize) + "\""
    let refusals = [
      try await error { try await values.setJSON("a", to: "calm") },
      try await error { try await values.setJSON("a", to: "{} {}") },
      try await error { try await values.setJSON("a", to: #"{"a":1,"a":2}"#) },
      try await error { try await values.setJSON("a", to: large) },
      try await error { try await values.set("", to: 1) },
      try await error { try await values.set("a\nb", to: 1) },
      try await error { try await values.set(String(repeating: "k", count: 257), to: 1) },
    ]
    #expect(refusals.allSatisfy { [.corrupt, .invalidArgument].contains($0.code) })
    #expect(refusals[0].remedy?.contains("double quotes") == true)
    #expect(try await values.list().isEmpty)
  }
}
