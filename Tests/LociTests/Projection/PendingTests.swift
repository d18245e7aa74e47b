import Foundation
import Loci
import LociTestKit
import Testing

@Suite("What can't be embedded yet")
struct PendingTests {
  /// As the README's first lines on a machine where nothing was set up.
  @Test("Without a model remembering fails loudly, with what to do, and the text is kept")
  func nothingIsSetUp() async throws {
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    let environment = ["HOME": folder.url.path, "HF_HUB_OFFLINE": "1"]
    let memory = try await Memory.open(
      configuration, folders: Folders(environment: environment), environment: environment)
    let ada = try memory.namespace("bot:ada")
    let error = await #expect(throws: LociError.self) {
      try await ada.remember("Alice prefers tea", id: RecordID("tea"))
    }
    #expect(error?.message.hasPrefix("The text is stored, but not found by meaning yet:") == true)
    #expect(error?.remedy?.contains("loci ") == true, "\(error?.remedy ?? "")")
    #expect(error?.remedy?.contains("backfill") == true)
    #expect(try await ada.get(RecordID("tea"))?.text == "Alice prefers tea")
  }

  @Test("Every call that writes a text throws, unless it is allowed to leave it pending")
  func calls() async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("Alice prefers tea").record.id
    fixture.embedder.isBroken = true
    var patch = RecordPatch()
    patch.text = "Alice prefers coffee"
    await #expect(throws: LociError.self) { try await fixture.bot.remember("Bob") }
    await #expect(throws: LociError.self) { try await fixture.bot.remember([NewMemory("Bob")]) }
    await #expect(throws: LociError.self) { try await fixture.bot.update(id, with: patch) }
    await #expect(throws: LociError.self) { try await fixture.bot.update(id) { $0.text = "Tea" } }
    #expect(try await fixture.bot.get(id)?.text == "Tea")
    // What needs no vector needs no model.
    try await fixture.bot.remember([])
    var patient = fixture.bot
    patient.allowsPending = true
    guard case .pending = try await patient.update(id, with: patch).projection else {
      Issue.record("the vector should be pending")
      return
    }
  }
}
