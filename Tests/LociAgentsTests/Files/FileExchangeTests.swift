import Foundation
import Loci
import LociAgents
import LociTestKit
import Testing

@Suite("Files in exports, and beside upkeep")
struct FileExchangeTests {
  @Test(
    "Files and versions come over byte for byte, and what was ingested goes on there",
    arguments: [
      (TestBackend.sqlite, TestBackend.postgres), (.postgres, .simulated), (.simulated, .sqlite),
    ])
  func exchange(_ from: TestBackend, _ to: TestBackend) async throws {
    let (old, new) = (try await FileFixture(from), try await FileFixture(to))
    for version in 1...3 {
      for name in ["tea", "coffee"] {
        try old.write("\(name).md", FileFixture.text("\(name)\(version)") + "\u{1}\u{202E}")
      }
      try await old.ingest()
    }
    try old.move("tea.md", to: "green.md")
    try old.remove("coffee.md")
    try await old.ingest()
    let exports = ["one.jsonl", "two.jsonl"].map { old.agent.folder.file($0) }
    try await old.agent.memory.export(to: exports[0])
    try await new.agent.memory.import(from: exports[0])
    try await new.agent.memory.export(to: exports[1])
    #expect(try Data(contentsOf: exports[0]) == Data(contentsOf: exports[1]))
    for name in ["green", "coffee"] {
      let files = [old, new].map(\.notes.files)
      let uri = old.uri("\(name).md")
      #expect(try await files[0].file(at: uri) == files[1].file(at: uri))
      for version in 1...3 {
        let texts = [
          try await files[0].text(of: uri, version: version),
          try await files[1].text(of: uri, version: version),
        ]
        #expect(texts[0] == texts[1])
      }
    }
    // The same folder is known there, too: nothing is new.
    let report = try await new.notes.ingest(old.docs, options: old.options)
    #expect(report.addedCount == 0 && report.removedCount == 0 && report.unchangedCount == 4)
    // An export that is cut short is refused, and what came over is whole or not there.
    let bytes = try Data(contentsOf: exports[0])
    let cut = old.agent.folder.file("cut.jsonl")
    try bytes.prefix(bytes.count * 2 / 3).write(to: cut)
    let third = try await FileFixture(.simulated)
    let refused = try await error { try await third.agent.memory.import(from: cut) }
    #expect(refused.code == .corrupt)
    try await third.agent.memory.import(from: exports[0])
    #expect(try await third.notes.files.list() == old.notes.files.list())
  }

  @Test(
    "Where both memories know a file, one list of versions counts and no other text stays",
    arguments: [(ConflictRule.skip, "here"), (.replace, "there")])
  func merged(_ rule: ConflictRule, _ winner: String) async throws {
    let (here, there) = (try await FileFixture(.sqlite), try await FileFixture(.simulated))
    let uri = "https://example.org/tea"
    for (fixture, name) in [(here, "here"), (there, "there")] {
      for version in 1...3 {
        try await fixture.notes.ingest(text: "\(name) \(version)", uri: uri)
      }
    }
    let export = there.agent.folder.file("there.jsonl")
    try await there.agent.memory.export(to: export)
    try await here.agent.memory.import(from: export, onConflict: rule)
    for version in 1...3 {
      let text = try await here.notes.files.text(of: uri, version: version)
      #expect(text == "\(winner) \(version)")
    }
    #expect(try await here.keys(.fileTexts).count == 3)
  }

  @Test("Neither fsck nor verify is confused by files", arguments: TestBackend.allCases)
  func examined(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    for version in 1...2 {
      try fixture.write("a.md", FileFixture.text("tea\(version)"))
      try await fixture.ingest()
    }
    try fixture.move("a.md", to: "b.md")
    try await fixture.ingest()
    for report in try await fixture.agent.memory.fsck(repairs: false) { #expect(report.isClean) }
    let audit = try await fixture.notes.verify()
    #expect(audit.isWhole)
    #expect(try await fixture.notes.keyValues.list().isEmpty)
  }
}
