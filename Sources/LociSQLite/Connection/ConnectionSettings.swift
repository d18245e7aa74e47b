import LociCore

/// How the connections of a file are opened.
struct ConnectionSettings: Sendable {
  /// The file, by its one name; see ``CanonicalPath``.
  let path: String
  let busyTimeoutMilliseconds: Int32
  /// The most pages that the file may have; nil means as many as SQLite allows.
  let maximumPageCount: Int?
  /// sqlite-vec's library, which each connection loads; nil for files that need none.
  let sqliteVec: SQLiteVecLibrary?
  /// What the file and its log must stay, once the store is open.
  var watch: FileWatch?

  init(
    path: String, busyTimeoutMilliseconds: Int, maximumPageCount: Int? = nil,
    sqliteVec: SQLiteVecLibrary? = nil
  ) {
    self.path = CanonicalPath.of(path)
    self.busyTimeoutMilliseconds = Int32(clamping: busyTimeoutMilliseconds)
    self.maximumPageCount = maximumPageCount
    self.sqliteVec = sqliteVec
  }

  /// Opens a connection to a file that is there, watches its files, and sets what it needs.
  func connect() throws -> Connection {
    try watch?.check()
    do {
      let connection = try Connection(
        path: path, mode: .using, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
      return try watching(connection)
    } catch let error as LociError where error.code == .readOnly {
      return try connectFrozen(after: error)
    }
  }

  /// Opens a connection that may make its file; nothing is watched yet.
  func connectMaking() throws -> Connection {
    let connection = try Connection(
      path: path, mode: .making, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    try setUp(connection)
    return connection
  }

  /// SQLite needs an index of the log beside the file, which it can't make where nothing may be
  /// written. Without a log, and as long as nobody else makes one, the file alone can be read.
  private func connectFrozen(after error: LociError) throws -> Connection {
    guard FileIdentity(path) != nil else { throw error }
    guard LogHeader(beside: path) == nil else {
      throw LociError(
        .readOnly,
        "The store \(path) can't be written here, and its log \(path)-wal holds changes that have "
          + "to be worked in before it can be read.",
        remedy: "Open it once where it can be written, or copy both files to such a place.",
        underlying: error)
    }
    guard let frozen = FrozenFile(path),
      let connection = try? Connection(
        path: path, mode: .immutable, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    else { throw error }
    connection.frozen = frozen
    return try watching(connection)
  }

  private func watching(_ connection: Connection) throws -> Connection {
    connection.watch = try watch ?? FileWatch(connection)
    try setUp(connection)
    try watch?.check(isFrozen: connection.frozen != nil)
    return connection
  }

  private func setUp(_ connection: Connection) throws {
    try sqliteVec?.load(into: connection)
    // FULL: what was acknowledged survives a power cut, too. The file is not mapped into memory:
    // that was no faster, doubled the resident size, and a truncated file would end the process.
    try connection.executeScript(
      """
      PRAGMA mmap_size = 0;
      PRAGMA cell_size_check = ON;
      PRAGMA foreign_keys = ON;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -32768;
      PRAGMA temp_store = MEMORY;
      """)
    if let maximumPageCount {
      try connection.execute("PRAGMA max_page_count = \(maximumPageCount)")
    }
    // The first look into the file: here it shows whether it can be read at all.
    _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
  }
}
