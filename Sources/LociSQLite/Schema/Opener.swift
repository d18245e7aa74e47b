import Foundation
import LociCore

/// Opens a file for the first time in a process, on a thread that may block.
actor Opener {
  private let executor = WorkerExecutor(label: "loci.sqlite.opener")
  private let schema: Schema

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(_ schema: Schema) { self.schema = schema }

  /// Makes the file and its folder where they are missing and may be made, brings its schema up to
  /// date, and lends the connection once.
  func open(
    _ settings: ConnectionSettings, _ access: StoreAccess,
    _ body: @Sendable (Connection) throws -> Void = { _ in }
  ) throws {
    switch access {
    case .reading:
      guard FileManager.default.fileExists(atPath: settings.path) else {
        throw LociError.noStore(at: settings.path)
      }
    case .writing: try makeFolder(URL(filePath: settings.path).deletingLastPathComponent())
    }
    let connection = try settings.connect(creates: access == .writing)
    // One snapshot: between two reads another first use could have made the file's tables.
    let version = try connection.read { try schema.check($0) }
    // What a first use did not finish holds nothing yet.
    if access == .reading, version == 0 { throw LociError.noStore(at: settings.path) }
    if version != schema.newest {
      // Only a file that nothing was written to yet takes it.
      try connection.execute("PRAGMA page_size = \(schema.pageSize)")
      try switchToWAL(connection, settings)
      try schema.migrate(connection, to: schema.newest)
    }
    try body(connection)
  }

  private func makeFolder(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw LociError(
        .readOnly, "The folder \(folder.path(percentEncoded: false)) can't be made.",
        remedy: "Name a folder that you may write to.", underlying: error)
    }
  }

  /// The journal mode is kept in the file. SQLite does not wait for the lock that this change
  /// needs, so two first uses at once must.
  private func switchToWAL(_ connection: Connection, _ settings: ConnectionSettings) throws {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(settings.busyTimeoutMilliseconds))
    while true {
      do {
        return try connection.execute("PRAGMA journal_mode = WAL")
      } catch let error as LociError where error.code == .busy && clock.now < end {
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }
}
