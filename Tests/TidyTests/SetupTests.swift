import Foundation
import Testing

/// Set-up on machines that lack something, played with stand-ins for the programs it calls. No test
/// here uses the network.
@Suite("Set-up")
struct SetupTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "setup-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test("Without root and sudo it prints the command that installs what is missing")
  func missingPackages() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try standIn("dpkg-query", "echo not-installed")
    try standIn("id", "echo 1000")
    try standIn("sudo", "exit 1")
    let run = try setUp("run")
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        "apt-get update && apt-get install --yes --no-install-recommends libsqlite3-dev "
          + "libtomlplusplus-dev"))
  }

  @Test("Without Swift it says which Swift is needed")
  func missingSwift() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try standIn("swift", "echo Swift version 6.1.2")
    let run = try setUp("run")
    #expect(run.status == 1)
    #expect(run.errors.contains("Swift 6.1 is too old"))
  }

  @Test("Where wheels can't be fetched it says so, and leaves nothing that looks whole")
  func noNetwork() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try standIn("dpkg-query", "echo installed")
    try standIn("python3", #"case "$*" in *--version*) exit 0;; *) exit 1;; esac"#)
    let abandoned = folder.appending(path: "home/.setup.left")
    try FileManager.default.createDirectory(at: abandoned, withIntermediateDirectories: true)
    let run = try setUp("run", home: folder.appending(path: "home"))
    #expect(run.status == 1)
    #expect(run.errors.contains("pip failed"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "home").path)
    #expect(left.isEmpty, "\(left)")
  }

  @Test("A damaged engine is noticed and fetched again")
  func damagedEngine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try standIn("dpkg-query", "echo installed")
    try standIn("python3", #"case "$*" in *--version*) exit 0;; *) exit 1;; esac"#)
    let engine = folder.appending(path: "home/engines/onnxruntime/1.31.1")
    try FileManager.default.createDirectory(at: engine, withIntermediateDirectories: true)
    try Data("damaged".utf8).write(to: engine.appending(path: "libonnxruntime.so.1.31.1"))
    let run = try setUp("onnxruntime", home: folder.appending(path: "home"))
    #expect(run.output.contains("fetching ONNX Runtime"))
  }

  @Test("A second run fetches nothing")
  func secondRun() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try standIn("dpkg-query", "echo installed")
    try standIn("python3", "exit 1")
    let run = try setUp("run")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("the model all-MiniLM-L6-v2 is here"))
    #expect(!run.output.contains("ONNX Runtime"), "what no default verb needs is not set up")
    #expect(!run.output.contains("fetching"))
  }

  /// Puts a program before all others on the path.
  private func standIn(_ name: String, _ script: String) throws {
    let programs = folder.appending(path: "bin")
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    let file = programs.appending(path: name)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  private func setUp(
    _ purpose: String, home: URL? = nil
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    let script = SourceTree.root.appending(path: "Scripts/setup").path
    process.arguments = [script, purpose]
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = folder.appending(path: "bin").path + ":" + (environment["PATH"] ?? "")
    if let home { environment["LOCI_HOME"] = home.path }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    // Both are short, so that neither pipe fills while the other is read.
    let texts = [output, errors].map {
      String(decoding: (try? $0.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
    }
    process.waitUntilExit()
    return (process.terminationStatus, texts[0], texts[1])
  }
}
