import Foundation
import LociTestKit
import Testing

@Suite("Backups as commands")
struct BackupCommandTests {
  let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test("A backup is made, listed, and restored after the store was destroyed")
  func restored() async throws {
    for text in ["Alice prefers tea", "Bob plays chess"] {
      #expect(try await command.run("remember", text).status == 0)
    }
    let backup = try await command.run("backup", "--keep", "2")
    #expect(backup.status == 0 && backup.output.contains("memory.sqlite.backups/loci-"))
    let list = try await command.run("restore", "--list")
    #expect(list.output == backup.output)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(at: command.folder.file("memory.sqlite\(ending)"))
    }
    let restore = try await command.run("restore", "--newest", "--json")
    #expect(try restore.object()["records"] as? Int == 2, "\(restore.errors)")
    let recall = try await command.run("recall", "who drinks tea?")
    #expect(recall.output.contains("Alice prefers tea"))
    let again = try await command.run("restore", "--newest")
    #expect(again.status == 0 && again.output.contains("kept: "), "\(again.errors)")
    for words in [["restore"], ["restore", "x", "--newest"]] {
      #expect(try await command.run(words).status == 2)
    }
    let none = try await command.run("restore", "none.sqlite")
    #expect(none.status == 1 && none.errors.contains("none"))
  }

  @Test(
    "A backup, an export and a restore on a full disk leave nothing half done",
    .enabled(if: geteuid() == 0, "mounting needs root"))
  func fullDisk() async throws {
    let text = String(repeating: "tea and chess ", count: 2000)
    let lines = (0..<20).map { "{\"text\": \"\($0) \(text)\"}" }.joined(separator: "\n")
    let remembered = try await command.run(
      "remember", "--json-lines", "-", "--no-embedding", input: lines)
    #expect(remembered.status == 0, "\(remembered.errors)")
    let small = command.folder.file("small")
    try FileManager.default.createDirectory(at: small, withIntermediateDirectories: true)
    let mount = "mount -t tmpfs -o size=64k tmpfs '\(small.path)'"
    let look = #" && "$@"; status=$?; ls -A '\#(small.path)' >&2; exit $status"#
    let wrapper = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", mount + look, "sh"]
    let backup = try await command.run(["backup", small.path], through: wrapper)
    #expect(backup.status == 1 && backup.errors.contains("full"), "\(backup.errors)")
    #expect(!backup.errors.contains("loci-2"), "\(backup.errors)")
    let export = try await command.run(
      ["export", small.appending(path: "all.jsonl").path], through: wrapper)
    #expect(export.status == 1 && export.errors.contains("can't be written"))
    #expect(!export.errors.contains(".jsonl."), "\(export.errors)")
    let good = try await command.run("backup")
    let file = good.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let restore = try await command.run(
      ["restore", file, "--store", small.appending(path: "memory.sqlite").path], through: wrapper)
    #expect(restore.status == 1 && restore.errors.contains("can't be written"))
    #expect(!restore.errors.contains("memory.sqlite.\n"), "\(restore.errors)")
  }
}
