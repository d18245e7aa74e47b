import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Files are their owner's alone")
struct PrivateFilesTests {
  private let command: CommandProcess
  private let home: URL

  init() throws {
    command = try CommandProcess()
    home = command.folder.file("home")
    // Engines and models are the real ones.
    let files = FileManager.default
    try files.createDirectory(
      at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for real in [Folders().engines, Folders().models] {
      try files.createSymbolicLink(
        at: home.appending(path: real.lastPathComponent), withDestinationURL: real)
    }
    // Else every run hashes the model.
    let stamps = home.appending(path: "verified-files.json")
    let known = try? Data(contentsOf: Folders().data.appending(path: "verified-files.json"))
    if let known {
      _ = files.createFile(
        atPath: stamps.path, contents: known, attributes: [.posixPermissions: 0o600])
    }
  }

  /// Runs the command under a umask, with a store in a folder that is not there yet.
  private func run(
    _ words: [String], umask: String, backend: String = "native"
  ) async throws -> CommandProcess.Answer {
    try await command.run(
      words, through: ["/bin/sh", "-c", #"umask \#(umask) && exec "$@""#, "sh"],
      environment: [
        "LOCI_STORE_PATH": home.appending(path: "deep/memory.sqlite").path,
        "LOCI_HOME": home.path,
        "LOCI_VECTOR_BACKEND": backend,
      ])
  }

  private func modes() throws -> [String: Int] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: home.path)
    var modes: [String: Int] = [:]
    for name in names {
      let found = try FileManager.default.attributesOfItem(atPath: home.path + "/" + name)
      if found[.type] as? FileAttributeType == .typeSymbolicLink { continue }
      modes[name] = try #require(found[.posixPermissions] as? Int)
    }
    return modes
  }

  private func expectPrivate() throws {
    let modes = try modes()
    #expect(modes.keys.contains("deep/memory.sqlite"))
    for (name, mode) in modes {
      #expect(mode & 0o077 == 0, "\(name) has \(String(mode, radix: 8))")
      #expect(mode & 0o600 == 0o600, "\(name) has \(String(mode, radix: 8))")
    }
  }

  @Test(
    "Whatever the umask, store, vectors and folders are made for their owner only",
    arguments: ["000", "022", "077", "0777"], ["native", "sqlite-vec", "lancedb"])
  func made(umask: String, backend: String) async throws {
    guard backend == "native" || umask == "000" || umask == "077" else { return }
    let answer = try await run(["remember", "a secret"], umask: umask, backend: backend)
    #expect(answer.status == 0, "\(answer.errors)")
    try expectPrivate()
    if backend != "native" { #expect(try modes().keys.contains("deep/memory.sqlite.vectors")) }
  }

  @Test("The log and its index are the owner's alone while they are there")
  func log() async throws {
    _ = try await run(["remember", "a secret"], umask: "000")
    let store = home.appending(path: "deep/memory.sqlite")
    let release = try await SecondProcess.holdWriteLock(of: store)
    _ = try await run(["list"], umask: "000")
    for ending in ["-wal", "-shm"] {
      let mode = try FileManager.default.attributesOfItem(atPath: store.path + ending)
      #expect(mode[.posixPermissions] as? Int == 0o600, "\(ending)")
    }
    try await release()
  }

  @Test("Doctor names what is open to others, and a repair closes it")
  func repaired() async throws {
    _ = try await run(["remember", "a secret"], umask: "022")
    let store = home.appending(path: "deep/memory.sqlite").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: store)
    let doctor = try await run(["doctor"], umask: "022")
    #expect(doctor.output.contains(store), "\(doctor.output)")
    #expect(doctor.output.contains("loci fsck --repair"))
    #expect(try await run(["fsck", "--repair"], umask: "022").status == 0)
    #expect(
      try FileManager.default.attributesOfItem(atPath: store)[.posixPermissions] as? Int == 0o600)
    #expect(!(try await run(["doctor"], umask: "022").output.contains("privacy")))
  }
}
