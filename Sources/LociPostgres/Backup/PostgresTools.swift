package import Foundation
import LociCore

/// PostgreSQL's own programs, which come with a server or with its client.
package struct PostgresTools: Sendable {
  private let folders: [URL]

  /// Looks in the folders of `PATH`, then in that of the server that Loci's tests use.
  package init(environment: [String: String], engines: URL) {
    let path = (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0)) }
    let own = engines.appending(path: "postgres")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: own.path)) ?? []
    folders =
      path
      + versions.filter { !$0.hasPrefix(".") }.sorted(by: >).map {
        own.appending(path: $0).appending(path: "bin")
      }
  }

  /// Runs a program against the database of a connection string, to its end: the first one that is
  /// new enough.
  ///
  /// - Throws: ``LociError/Code/missingLibrary`` where it is not installed,
  ///   ``LociError/Code/storeEngine`` where it fails; what it says may hold texts, and is `detail`.
  func run(_ name: String, _ arguments: [String], at settings: PostgresSettings) async throws {
    let programs = folders.map { $0.appending(path: name) }
      .filter { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard !programs.isEmpty else {
      throw LociError(
        .missingLibrary, "\(name) is not installed; it makes and reads backups of PostgreSQL.",
        remedy: "Install PostgreSQL's client: sudo apt-get install postgresql-client.")
    }
    let variables = try Target(settings.connection).variables
    var (status, said) = (Int32(0), "")
    for program in programs {
      (status, said) = try await Self.run(program, arguments, variables)
      if status == 0 { return }
      guard said.contains("version mismatch") || said.contains("unsupported version") else { break }
    }
    let isFull = said.contains("No space left on device")
    throw LociError(
      isFull ? .diskFull : .storeEngine,
      isFull ? "\(name) found no room on the disk." : "\(name) ended with status \(status).",
      remedy: isFull
        ? "Make room, or name another folder."
        : "Its version must be the server's or newer, and the role must own the schema.",
      detail: String(said.prefix(2000)))
  }

  /// Returns how a program ended, and what it said about it.
  private static func run(
    _ program: URL, _ arguments: [String], _ variables: [String: String]
  ) async throws -> (status: Int32, said: String) {
    let file = PrivateFiles.unusedName(
      beside: FileManager.default.temporaryDirectory.appending(path: "loci-pg").path)
    try PrivateFiles.makeFile(file)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    // A command line is everybody's to read; the environment is not.
    var environment = ProcessInfo.processInfo.environment
    environment.merge(variables) { $1 }
    let library = program.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "lib")
    environment["LD_LIBRARY_PATH"] = [library.path, environment["LD_LIBRARY_PATH"]]
      .compactMap(\.self).joined(separator: ":")
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(filePath: file))
    try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in end.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        end.resume(throwing: error)
      }
    }
    let said = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return (process.terminationStatus, said)
  }
}
