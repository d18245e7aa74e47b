import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Moving house")
struct ExchangeTests {
  let homes: Homes

  init() throws { homes = try Homes() }

  @Test(
    "What was exported and imported is exported with the same bytes, whatever the backends",
    .timeLimit(.minutes(5)), arguments: Homes.records)
  func thereAndBack(from: String) async throws {
    let old = try await homes.memory(from)
    try await Homes.fill(old)
    let before = try await Homes.export(old)
    #expect(before.contains("\"version\":{") && before.contains("\"action\":\"delete\""))
    #expect(before.contains("\\u202e") && !before.contains("\u{202E}"), "what steers is escaped")
    for to in Homes.records {
      let new = try await homes.memory(to)
      let report = try await Homes.take(before, into: new, in: homes.folder)
      #expect(report.addedCount == 60 && report.keptCount == 0, "\(to)")
      #expect(try await Homes.export(new) == before, "from \(from) to \(to)")
      #expect(try await new.namespace("one").verify().isWhole, "\(to): the chain came along")
      let again = try await Homes.take(before, into: new, in: homes.folder)
      #expect(again.unchangedCount == 60 && again.auditCount == 0, "\(to)")
      #expect(try await Homes.export(new) == before, "\(to), a second time")
    }
  }

  @Test(
    "Vectors go along bit for bit, and are searched where they arrive",
    .timeLimit(.minutes(5)), arguments: Homes.all)
  func vectors(to: String) async throws {
    let old = try await homes.memory("sqlite")
    try await Homes.fill(old)
    let before = try await Homes.export(old, vectors: true)
    let new = try await homes.memory(to)
    let report = try await Homes.take(before, into: new, in: homes.folder)
    #expect(report.vectorCount == 60 && report.leftOutVectorCount == 0)
    #expect(try await Homes.export(new, vectors: true) == before)
    #expect(try await new.fsck(repairs: false).allSatisfy(\.isClean))
    let hits = try await new.namespace("one").recall("note 7", mode: .semantic).hits
    #expect(hits.first?.record.id.text == "7")
  }

  @Test("An import adds no line to the audit log, and what comes later is numbered on")
  func audit() async throws {
    let (old, new) = (try await homes.memory("sqlite"), try await homes.memory("sqlite"))
    try await Homes.fill(old)
    _ = try await Homes.take(Homes.export(old), into: new, in: homes.folder)
    let one = try new.namespace("one")
    #expect(try await one.audit(limit: 1000) == (try await old.namespace("one").audit(limit: 1000)))
    let last = try await one.audit(limit: 1)[0].sequence
    let other = try await new.namespace("two\u{202E}").audit(limit: 1)[0].sequence
    try await one.remember("later")
    #expect(try await one.audit(limit: 1)[0].sequence == max(last, other) + 1)
  }

  @Test("Two machines' memories become one, by each rule, and nothing of a log is lost")
  func merges() async throws {
    for rule in ConflictRule.allCases {
      let (mine, theirs) = (try await homes.memory("sqlite"), try await homes.memory("postgres"))
      let id = { (name: String) in try RecordID(name) }
      let (my, their) = (try mine.namespace("one"), try theirs.namespace("one"))
      try await my.remember("older here", id: id("a"))
      try await their.remember("newer there", id: id("a"))
      try await their.remember("older there", id: id("b"))
      try await Task.sleep(for: .milliseconds(5))
      try await my.remember("newer here", id: id("b"))
      try await their.remember("only there", id: id("c"))
      let text = try await Homes.export(theirs)
      let report = try await Homes.take(text, into: mine, in: homes.folder, rule)
      #expect(report.addedCount == 1 && report.replacedCount + report.keptCount == 2)
      let texts = try await my.list().map(\.text)
      let expected =
        switch rule {
        case .skip: ["older here", "newer here", "only there"]
        case .replace: ["newer there", "older there", "only there"]
        case .newer: ["newer there", "newer here", "only there"]
        }
      #expect(texts == expected, "\(rule)")
      #expect(report.auditCount == 3 && report.renumberedCount == 3, "\(rule): \(report)")
      #expect(try await my.verify().isWhole, "the lines that came are tied to those that are here")
      let log = try await my.audit()
      #expect(log.count == 5)
      let again = try await Homes.take(text, into: mine, in: homes.folder, rule)
      #expect(again.auditCount == 0 && again.addedCount == 0 && again.replacedCount == 0)
      #expect(try await my.audit() == log)
      _ = try await mine.backfill()
      #expect(try await mine.fsck(repairs: false).allSatisfy(\.isClean))
    }
  }

  @Test("One namespace alone is exported with its own lines of the log")
  func oneNamespace() async throws {
    let old = try await homes.memory("simulation")
    try await Homes.fill(old)
    let file = homes.folder.file("one.jsonl")
    let report = try await old.export(to: file, ExportOptions(namespaces: [Namespace("one")]))
    #expect(report.counts["record"] == 30 && report.counts["audit"] == 34)
    #expect(report.counts["key"] == 1)
    let new = try await homes.memory("sqlite")
    try await new.import(from: file)
    #expect(try await new.namespaces().map(\.name) == ["one"])
    let copy = homes.folder.file("two.jsonl")
    try await new.export(to: copy, ExportOptions(namespaces: [Namespace("one")]))
    #expect(try Data(contentsOf: copy) == Data(contentsOf: file))
    let rights = try FileManager.default.attributesOfItem(atPath: copy.path)[.posixPermissions]
    #expect(rights as? Int == 0o600)
  }
}

@Suite("Exports that can't be trusted")
struct DamagedExportTests {
  let homes: Homes

  init() throws { homes = try Homes() }

  private func lines() async throws -> [String] {
    let old = try await homes.memory("simulation")
    try await Homes.fill(old, count: 8)
    return try await Homes.export(old, vectors: true).split(separator: "\n").map(String.init)
  }

  /// The error of an import of lines.
  private func error(_ lines: [String]) async throws -> LociError {
    let memory = try await homes.memory("simulation")
    let text = lines.joined(separator: "\n") + "\n"
    return try await #require(throws: LociError.self) {
      _ = try await Homes.take(text, into: memory, in: homes.folder)
    }
  }

  @Test("Any line that is changed, removed, doubled or moved is named, or the first after it")
  func everyLine() async throws {
    let lines = try await lines()
    for index in lines.indices {
      var changed = lines
      let middle = changed[index].index(changed[index].startIndex, offsetBy: 14)
      changed[index].replaceSubrange(middle...middle, with: "#")
      let damage = try await error(changed)
      #expect(damage.code == .corrupt && damage.message.contains("Line \(index + 1) "))
      var removed = lines
      removed.remove(at: index)
      let missing = try await error(removed)
      let last = index == lines.count - 1
      #expect(
        missing.code == .corrupt
          && missing.message.contains(last ? "ends after line \(index)" : "Line \(index + 1) "))
      var doubled = lines
      doubled.insert(lines[index], at: index)
      let twice = try await error(doubled)
      #expect(twice.code == .corrupt && twice.message.contains("Line \(index + 2) "))
    }
    #expect(lines.count > 40)
  }

  @Test("An export that was cut short, anywhere, says after which line")
  func cutShort() async throws {
    let text = try await lines().joined(separator: "\n")
    let memory = try await homes.memory("sqlite")
    for length in stride(from: 1, to: text.count, by: text.count / 37) {
      let error = try await #require(throws: LociError.self) {
        _ = try await Homes.take(String(text.prefix(length)), into: memory, in: homes.folder)
      }
      #expect(error.code == .corrupt && error.message.lowercased().contains("line"))
    }
    // The last line break may be missing, and what came before is no conflict.
    let report = try await Homes.take(text, into: memory, in: homes.folder)
    #expect(report.keptCount == 0 && report.vectorCount == 16)
  }

  @Test("Other versions, other files and unknown kinds of lines are refused with what to do")
  func strangers() async throws {
    for (text, code, word) in [
      ("", LociError.Code.corrupt, "empty"),
      ("{\"text\": \"tea\"}", .corrupt, "no export"),
      (Self.signed(["{\"export\":{\"version\":2}}"]), .newerSchema, "version 2"),
      (Self.signed(["{\"export\":{\"version\":0}}"]), .corrupt, "never was"),
      (Self.signed(["{\"export\":{}}"]), .corrupt, "version"),
      (Self.signed(["{\"record\":{}}"]), .corrupt, "not the first line"),
      (
        Self.signed(["{\"export\":{\"version\":1}}", "{\"hologram\":{}}"]), .newerSchema,
        "Line 2"
      ),
      (Self.signed(["{\"export\":{\"version\":1}}", "{\"record\":{}}"]), .corrupt, "\"id\""),
      (Self.signed(["{\"export\":{\"version\":1}}", "{\"vector\":{}}"]), .corrupt, "no space"),
      (
        Self.signed(["{\"export\":{\"version\":1}}", "{\"end\":{\"lines\":7}}"]), .corrupt, "Line 2"
      ),
    ] {
      let found = try await error([text])
      #expect(found.code == code && found.description.contains(word), "\(text): \(found)")
    }
  }

  @Test("A text is never shown in an error, and hostile values are refused")
  func hostile() async throws {
    let head = "{\"export\":{\"version\":1}}"
    let record = """
      {"record":{"access_count":0,"audience":"everyone","collection":"memories","confidence":1,\
      "created_at":0,"id":"a","importance":3,"metadata":{},"namespace":"one","status":"active",\
      "text":"secret","updated_at":0}}
      """
    func with(_ old: String, _ new: String) -> String { record.replacing(old, with: new) }
    for line in [
      with("\"importance\":3", "\"importance\":9"), with("\"a\"", "\"\""),
      with("\"confidence\":1", "\"confidence\":1e999"), with("\"secret\"", "\"  \""),
      with("\"created_at\":0", "\"created_at\":\"secret\""),
      with("\"metadata\":{}", "\"metadata\":{\"secret\":[[1]]}"),
      with("{}", String(repeating: "[", count: 100_000)),
    ] {
      let found = try await error([Self.signed([head, line])])
      #expect(found.code == .corrupt && found.message.contains("Line 2"), "\(found)")
      #expect(!found.description.contains("secret"))
    }
    let memory = try await homes.memory("sqlite")
    let text = Self.signed([head, record, "{\"end\":{\"lines\":2}}"])
    #expect(try await Homes.take(text, into: memory, in: homes.folder).addedCount == 1)
  }

  /// Lines with the sums that whoever wants to can compute.
  private static func signed(_ lines: [String]) -> String {
    var last: [UInt8] = []
    return lines.map { line in
      let sum = Hexadecimal.text(SHA256.digest(last + Array(line.utf8)).prefix(8))
      last = Array(sum.utf8)
      return line.dropLast() + ",\"sum\":\"\(sum)\"}"
    }.joined(separator: "\n")
  }
}
