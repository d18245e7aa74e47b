import Foundation
import LociTestKit
import Testing

/// Questions to the built command with its real model.
@Suite("Words on the command line") struct WordsTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  /// The texts that are found, best first, and whether one is likely to answer.
  private func found(
    _ question: String, _ mode: String
  ) async throws -> (texts: [String], isLikely: Bool?) {
    let answer = try await command.run("recall", question, "--mode", mode, "--json").object()
    let records = (answer["hits"] as? [[String: Any]] ?? []).map { $0["record"] as? [String: Any] }
    return (records.compactMap { $0?["text"] as? String }, answer["likely"] as? Bool)
  }

  @Test("An exact identifier goes before a scrambled one in every mode")
  func identifiers() async throws {
    let pairs = [
      ("10.2.0.1", "10.0.1.2"), ("2026-11-05", "2026-05-11"), ("1.10.2", "2.10.1"),
      ("CVE-2024-1234", "CVE-1234-2024"), ("AB-12-34", "AB-34-12"),
      ("src/main/util.c", "util/main/src.c"), ("parse_user_name", "name_user_parse"),
      ("C++", "C#"),
    ]
    let texts = pairs.flatMap { ["Notes about \($0.1) and more", "Notes about \($0.0) and more"] }
    for text in texts { _ = try await command.run("remember", text) }
    for (exact, _) in pairs {
      for mode in ["semantic", "lexical", "hybrid"] {
        for question in [exact, "what do the notes say about \(exact)?"] {
          let found = try await found(question, mode).texts.first
          #expect(found == "Notes about \(exact) and more", "\(question), \(mode)")
        }
      }
    }
  }

  @Test("By words alone, Loci's own documents answer what is in them, and nothing else")
  func documents() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "docs/decisions")
    let report = try await command.run("ingest", folder.path, "--json")
    #expect(report.status == 0)
    for question in [
      "how much flour goes into a pancake", "what is the best way to train for a marathon",
      "who painted the ceiling of the Sistine Chapel?", "when do the swallows fly south",
      "is there a good recipe for sourdough bread", "wie wird das Wetter in Hamburg",
    ] {
      #expect(try await found(question, "lexical").isLikely == false, "\(question)")
    }
    for (question, word) in [
      ("why is LanceDB run in a worker process?", "LanceDB"),
      ("what does the audit log hold", "audit"), ("sqlite-vec", "sqlite-vec"),
      ("why is there a SHA-256 of our own", "SHA-256"), ("segmenter", "segmenter"),
    ] {
      let found = try await found(question, "lexical")
      #expect(found.isLikely == true, "\(question)")
      // A chunk beside the one that holds the word may go first, as one with the same heading.
      #expect(
        found.texts.prefix(2).contains { $0.localizedCaseInsensitiveContains(word) },
        "\(question)")
    }
  }
}
