import Foundation
import LociCore
import LociLance
import LociTestKit

/// The real engine, as `Scripts/setup test` installs it.
enum Lance {
  static var engine: URL {
    Folders().engines.appending(path: "lancedb/\(LanceVectorStore.engineVersion)")
  }

  /// Opens a store; stores of the same engine folder share a worker.
  static func open(
    _ folder: URL, engine: URL = engine, _ change: (inout LanceSettings) -> Void = { _ in }
  ) async throws -> LanceVectorStore {
    var settings = LanceSettings(location: folder.path, engine: engine)
    change(&settings)
    return try await LanceVectorStore.open(settings)
  }

  /// The engine under another name, and so with a worker of its own, to be harmed.
  static func ownEngine(in folder: TemporaryFolder) throws -> URL {
    let link = folder.file("engine-\(UUID().uuidString)")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: engine)
    return link
  }

  /// An engine whose Python is started by a script, which may set limits first; `replacing` are
  /// packages to write anew.
  static func engine(
    in folder: TemporaryFolder, startingWith script: String = "",
    replacing packages: [String: String] = [:]
  ) throws -> URL {
    let files = FileManager.default
    let own = folder.file("engine")
    try files.createDirectory(at: own, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: engine.path)
    where name != "python3" && packages[name] == nil {
      try files.createSymbolicLink(
        at: own.appending(path: name), withDestinationURL: engine.appending(path: name))
    }
    for (name, source) in packages {
      let package = own.appending(path: name)
      try files.createDirectory(at: package, withIntermediateDirectories: true)
      try Data(source.utf8).write(to: package.appending(path: "__init__.py"))
    }
    let python = own.appending(path: "python3")
    let real = engine.appending(path: "python3").path
    try Data("#!/bin/bash\n\(script)\nexec '\(real)' \"$@\"\n".utf8).write(to: python)
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python.path)
    return own
  }

  /// Runs work and returns the error that it throws, or nil.
  static func failure(of work: () async throws -> Void) async -> LociError? {
    do {
      try await work()
      return nil
    } catch let error as LociError {
      return error
    } catch {
      return LociError(.io, "another error", underlying: error)
    }
  }
}
