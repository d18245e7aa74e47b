import Foundation
import Loci
import LociTestKit
import Testing

/// Lets a few commands run at once. All tests begin together: with a process each, the machine
/// would drown, and Foundation fails where more than a thousand files are open.
private actor Turnstile {
  static let shared = Turnstile()
  private var free = 6
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Runs the built command as a process of its own, with a store in a temporary folder.
struct CommandProcess {
  struct Answer {
    let status: Int32
    let reason: Process.TerminationReason
    let output: String
    let errors: String

    /// The output as one JSON value.
    func json() throws -> Any {
      try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
    }

    func object() throws -> [String: Any] { try #require(try json() as? [String: Any]) }
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The command lies beside the test bundle.
  static var executable: URL {
    get throws {
      let bundle = try #require(Bundle.main.executableURL)
      let folder = bundle.deletingLastPathComponent()
      let file = folder.appending(path: "loci")
      try #require(
        FileManager.default.isExecutableFile(atPath: file.path),
        "The command is not built: \(file.path)")
      return file
    }
  }

  /// Runs it to its end, on this test's own store; with a wrapper, as its last words.
  func run(
    _ words: [String], through wrapper: [String] = [], input: [UInt8] = [],
    environment: [String: String] = [:], in working: URL? = nil
  ) async throws -> Answer {
    await Turnstile.shared.enter()
    do {
      let answer = try await runNow(words, wrapper, input, environment, working)
      await Turnstile.shared.leave()
      return answer
    } catch {
      await Turnstile.shared.leave()
      throw error
    }
  }

  private func runNow(
    _ words: [String], _ wrapper: [String], _ input: [UInt8], _ environment: [String: String],
    _ working: URL?
  ) async throws -> Answer {
    let name = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.file("\(name).\($0)") }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = try process(words, environment: environment)
    if let working { process.currentDirectoryURL = working }
    if let program = wrapper.first {
      process.executableURL = URL(filePath: program)
      process.arguments = try wrapper.dropFirst() + [Self.executable.path] + words
    }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try await process.runToEnd()
    return Answer(
      status: process.terminationStatus, reason: process.terminationReason,
      output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }

  func run(_ words: String..., input: String = "") async throws -> Answer {
    try await run(words, input: Array(input.utf8))
  }

  /// A data folder of this test's own, with the machine's engines and models in it.
  private func home() throws -> URL {
    let home = folder.file("home")
    guard !FileManager.default.fileExists(atPath: home.path) else { return home }
    let machine = Folders()
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    for (name, place) in [("engines", machine.engines), ("models", machine.models)] {
      try FileManager.default.createSymbolicLink(
        at: home.appending(path: name), withDestinationURL: place)
    }
    // The weights were hashed before; a test need not do it again.
    let stamps = "verified-files.json"
    try? FileManager.default.copyItem(
      at: machine.data.appending(path: stamps), to: home.appending(path: stamps))
    return home
  }

  /// A process that is not started yet.
  func process(_ words: [String], environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = try Self.executable
    process.arguments = words
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging([
      "LOCI_STORE_PATH": folder.file("memory.sqlite").path,
      "XDG_CONFIG_HOME": folder.file("configuration").path,
      "LOCI_HOME": try home().path,
    ]) { $1 }.merging(environment) { $1 }
    return process
  }
}
