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
  ///
  /// - Returns: The settings for every further connection, which take no other file.
  func open(
    _ settings: ConnectionSettings, _ access: StoreAccess,
    _ body: @Sendable (Connection) throws -> Void = { _ in }
  ) throws -> ConnectionSettings {
    let connection = try connect(settings, access)
    // One snapshot: between two reads another first use could have made the file's tables.
    let version = try connection.read { connection in
      let version = try schema.check(connection)
      try schema.requireOwnDefinitions(connection, version: version, settings.sqliteVec)
      return version
    }
    // What a first use did not finish holds nothing yet.
    if access == .reading, version == 0 { throw LociError.noStore(at: settings.path) }
    if version != schema.newest {
      // Only a file that nothing was written to yet takes it.
      try connection.execute("PRAGMA page_size = \(schema.pageSize)")
      try switchToWAL(connection, settings)
      try schema.migrate(connection, to: schema.newest)
    }
    try body(connection)
    var settings = settings
    settings.watch = try FileWatch(connection)
    return settings
  }

  private func connect(
    _ settings: ConnectionSettings, _ access: StoreAccess
  ) throws -> Connection {
    try requireOneName(settings.path)
    if let state = FileState(settings.path), state.size > 0 { return try settings.connect() }
    guard access == .writing else { throw LociError.noStore(at: settings.path) }
    try PrivateFiles.makeFolder((settings.path as NSString).deletingLastPathComponent)
    try PrivateFiles.makeFile(settings.path)
    return try settings.connectMaking()
  }

  /// SQLite keeps a log for each name of a file, so that two of them lose changes. Opening a FIFO
  /// or a device would wait for ever.
  private func requireOneName(_ path: String) throws(LociError) {
    guard let state = FileState(path) else { return }
    guard state.isRegular else {
      throw LociError(
        .corrupt, "\(path) is no regular file, so it is no store.",
        remedy: "Name another file; this one was left as it is.")
    }
    guard state.nameCount == 1 else {
      throw LociError(
        .conflict,
        "The store \(path) has \(state.nameCount) names (hard links); through each, changes could "
          + "be lost that were made through another.",
        remedy: "Make copies of the file in the place of its other names.")
    }
  }

  /// The journal mode is kept in the file. SQLite does not wait for the lock that this change
  /// needs, so two first uses at once must.
  private func switchToWAL(_ connection: Connection, _ settings: ConnectionSettings) throws {
    let pauseMilliseconds = 20
    var pausesLeft = Int(settings.busyTimeoutMilliseconds) / pauseMilliseconds
    while true {
      do {
        return try connection.execute("PRAGMA journal_mode = WAL")
      } catch let error as LociError where error.code == .busy && pausesLeft > 0 {
        pausesLeft -= 1
        Thread.sleep(forTimeInterval: Double(pauseMilliseconds) / 1000)
      }
    }
  }
}
