import Foundation
import LociTestKit
import Testing

@Suite("Privacy")
struct PrivacyTests {
  /// Runs `words` in a network namespace of its own, where not even loopback is up.
  private func withoutNetwork(_ words: [String], home: URL, _ command: CommandProcess) async throws
    -> Int32
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["unshare", "--net", "--map-root-user", try CommandProcess.executable.path] + words
    process.currentDirectoryURL = home
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.path,
      "TMPDIR": home.appending(path: "tmp").path,
    ]
    try await process.runToEnd()
    return process.terminationStatus
  }

  @Test("The whole main job runs without a network, and writes in Loci's own folder only")
  func mainJob() async throws {
    let command = try CommandProcess()
    let home = command.folder.file("home")
    let data = home.appending(path: ".local/share/loci")
    for folder in ["tmp", ".local/share/loci", "notes"] {
      try FileManager.default.createDirectory(
        at: home.appending(path: folder), withIntermediateDirectories: true)
    }
    for name in ["engines", "models"] {
      try FileManager.default.createSymbolicLink(
        at: data.appending(path: name), withDestinationURL: try installed(name))
    }
    try Data("# Tea\n\nAlice prefers tea to coffee.\n".utf8).write(
      to: home.appending(path: "notes/a.md"))
    let before = try files(under: home)
    for words in [
      ["remember", "The train leaves at nine"], ["ingest", "notes"],
      ["recall", "what does Alice drink?"], ["status"], ["doctor"], ["models"],
    ] {
      #expect(try await withoutNetwork(words, home: home, command) == 0, "\(words)")
    }
    let made = try files(under: home).subtracting(before)
    let allowed = [
      "memory.sqlite", "memory.sqlite-wal", "memory.sqlite-shm", "verified-files.json",
    ]
    .map { ".local/share/loci/\($0)" }
    #expect(made.contains(".local/share/loci/memory.sqlite"))
    #expect(made.subtracting(allowed) == [])
  }

  private func installed(_ name: String) throws -> URL {
    let environment = ProcessInfo.processInfo.environment
    let home = try #require(environment["HOME"])
    let share = environment["XDG_DATA_HOME"] ?? "\(home)/.local/share"
    let data = environment["LOCI_HOME"] ?? "\(share)/loci"
    return URL(filePath: data).appending(path: name)
  }

  private func files(under folder: URL) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path))
  }
}
