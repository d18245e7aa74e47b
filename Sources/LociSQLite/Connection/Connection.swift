import CSQLite
import LociCore
import LociSQL

/// One SQLite connection and its cache of prepared statements.
///
/// It is confined to the actor that made it, so SQLite's own mutexes are off.
@safe final class Connection {
  let path: String
  /// What the connection's files must stay; nil while the file is being made.
  var watch: FileWatch?
  /// What the file must stay where it is read without locks, since nobody can write to it.
  var frozen: FrozenFile?
  private let busyTimeoutMilliseconds: Int32
  private let handle: OpaquePointer
  private var cache: [String: Statement] = [:]
  private var clock = 0
  private static let cacheCapacity = 96
  private var knowsOccurrences = false

  /// Opens a file; a missing one is made on the first write where the mode says so.
  init(path: String, mode: Mode, busyTimeoutMilliseconds: Int32) throws {
    self.path = path
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    guard !path.utf8.contains(0) else {
      throw LociError(.invalidArgument, "A path with NUL can't be opened.")
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(mode.name(of: path), &opened, mode.flags, nil)
    guard let made = unsafe opened else {
      throw Failure.error(code: code, detail: "no handle", path: path)
    }
    guard code == SQLITE_OK else {
      let detail = unsafe String(cString: sqlite3_errmsg(made))
      unsafe sqlite3_close_v2(made)
      throw Failure.error(code: code, detail: detail, path: path)
    }
    unsafe handle = made
    unsafe sqlite3_busy_timeout(handle, busyTimeoutMilliseconds)
    harden()
  }

  /// What keeps a file that somebody else made from steering this process: its views are not
  /// read, what its definitions call has no effects, and nothing writes to its own tables.
  /// ``SchemaObjects`` refuses what is not Loci's besides.
  private func harden() {
    for (option, isOn) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_VIEW, 0), (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1),
    ] as [(Int32, Int32)] {
      unsafe loci_sqlite3_switch(handle, option, isOn)
    }
    // VACUUM attaches one file. Loci's own triggers go three deep.
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 8)
  }

  // `close_v2` waits for the statements, so the order in which owners go away does not matter. The
  // last connection works the log into the file, unless they don't belong together any more.
  deinit {
    if unsafe sqlite3_get_autocommit(handle) != 0, (try? Lineage(self).check()) != nil {
      unsafe loci_sqlite3_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
    }
    cache = [:]
    unsafe sqlite3_close_v2(handle)
  }

  /// Whether SQLite could open the file for reading only.
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  /// Whether the file that is open has lost its name, as SQLite sees it.
  var hasMoved: Bool {
    var moved: Int32 = 0
    unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
    return moved != 0
  }

  /// The bytes of a page as the file itself has them, whatever is in the log; nil where it has no
  /// such page.
  func pageInFile(_ number: Int64) throws -> [UInt8]? {
    let size = try integer("PRAGMA page_size")
    guard (1...Int64(UInt32.max)).contains(number), (512...65536).contains(size) else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    let code = unsafe bytes.withUnsafeMutableBytes {
      unsafe loci_sqlite3_read_file(
        handle, $0.baseAddress, Int32(size), (number - 1) * size)
    }
    return code == SQLITE_OK ? bytes : nil
  }

  /// Runs `body` without waiting for anybody's lock: where there is one, it throws
  /// ``LociError/Code/busy`` at once.
  func withoutWaiting<T>(_ body: () throws -> T) rethrows -> T {
    unsafe sqlite3_busy_timeout(handle, 0)
    defer { unsafe sqlite3_busy_timeout(handle, busyTimeoutMilliseconds) }
    return try body()
  }

  /// Runs statements that bind nothing, separated by semicolons.
  func executeScript(_ sql: String) throws {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs one statement to its end.
  func execute(_ sql: String, _ values: [Value] = []) throws {
    try forEach(sql, values) { _ in true }
  }

  /// Runs one statement and maps each row.
  func rows<T>(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> T) throws -> [T] {
    var result: [T] = []
    try forEach(sql, values) { row in
      result.append(try body(row))
      return true
    }
    return result
  }

  /// Runs one statement and maps its first row, if it has one.
  func first<T>(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> T) throws -> T? {
    var result: T?
    try forEach(sql, values) { row in
      result = try body(row)
      return false
    }
    return result
  }

  /// The integer of the first row's first column; 0 where there is no row.
  func integer(_ sql: String, _ values: [Value] = []) throws -> Int64 {
    try first(sql, values) { $0.integer(0) } ?? 0
  }

  /// Lends each row to `body` until that returns false.
  func forEach(_ sql: String, _ values: [Value] = [], _ body: (Row) throws -> Bool) throws {
    let statement = try take(sql)
    defer { giveBack(statement) }
    for (index, value) in values.enumerated() {
      let code = statement.bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    while true {
      switch statement.step() {
      case SQLITE_ROW: guard try body(Row(statement)) else { return }
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// Loads an extension into this connection and nothing after it.
  ///
  /// - Returns: Why it can't be loaded, in SQLite's words; nil where it is.
  func loadExtension(_ path: String) -> String? {
    unsafe sqlite3_enable_load_extension(handle, 1)
    defer { unsafe sqlite3_enable_load_extension(handle, 0) }
    var message: UnsafeMutablePointer<CChar>?
    defer { unsafe sqlite3_free(message) }
    guard unsafe sqlite3_load_extension(handle, path, nil, &message) != SQLITE_OK else {
      return nil
    }
    return unsafe message.map { unsafe String(cString: $0) } ?? "no reason given"
  }

  /// Makes the function of ``OccurrencesFunction`` known to this connection.
  func addOccurrences() throws {
    guard !knowsOccurrences else { return }
    var statement: OpaquePointer?
    defer { unsafe sqlite3_finalize(statement) }
    var api: UnsafeMutablePointer<fts5_api>?
    var code = unsafe sqlite3_prepare_v2(handle, "SELECT fts5(?)", -1, &statement, nil)
    if code == SQLITE_OK {
      unsafe withUnsafeMutablePointer(to: &api) {
        unsafe sqlite3_bind_pointer(statement, 1, $0, "fts5_api_ptr", nil)
        unsafe sqlite3_step(statement)
      }
      code = unsafe api.map { unsafe OccurrencesFunction.add(to: $0) } ?? SQLITE_ERROR
    }
    guard code == SQLITE_OK else { throw failure(code) }
    knowsOccurrences = true
  }

  /// The rows that the last insert, update or delete touched, triggers left out.
  var changeCount: Int { unsafe Int(sqlite3_changes64(handle)) }

  /// The number of the row that was inserted last.
  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Runs `body` in a transaction that holds the write lock from its start, so that no snapshot
  /// can grow old under it; whatever `body` throws undoes everything.
  func write<T>(_ body: (Connection) throws -> T) throws -> T {
    try transaction("BEGIN IMMEDIATE") { connection in
      try Lineage(connection).advance()
      return try body(connection)
    }
  }

  /// Runs `body` over one snapshot.
  func read<T>(_ body: (Connection) throws -> T) throws -> T {
    try transaction("BEGIN") { connection in
      try Lineage(connection).check()
      return try body(connection)
    }
  }

  /// Its files are looked at before and after: what was written to a file that is not there any
  /// more is never said to be stored, and what was read from one is no answer.
  private func transaction<T>(_ begin: String, _ body: (Connection) throws -> T) throws -> T {
    try checkFiles()
    do {
      try execute(begin)
      let result = try body(self)
      try execute("COMMIT")
      try checkFiles(learns: true)
      return result
    } catch {
      // A full disk makes SQLite roll back by itself; then there is nothing left to undo.
      if unsafe sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      // Whatever else went wrong may come of it.
      try checkFiles()
      throw error
    }
  }

  private func checkFiles(learns: Bool = false) throws {
    try watch?.check(isFrozen: frozen != nil, learns: learns)
    try frozen?.check()
  }

  private func failure(_ code: Int32) -> LociError {
    let detail = unsafe String(cString: sqlite3_errmsg(handle))
    return Failure.error(code: code, detail: detail, path: path)
  }

  // MARK: The statement cache

  private func take(_ sql: String) throws -> Statement {
    if let cached = cache.removeValue(forKey: sql) { return cached }
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let made = unsafe prepared else { throw failure(code) }
    return unsafe Statement(made, sql: sql)
  }

  private func giveBack(_ statement: Statement) {
    statement.reset()
    clock += 1
    statement.lastUse = clock
    cache[statement.sql] = statement
    if cache.count > Self.cacheCapacity,
      let oldest = cache.values.min(by: { $0.lastUse < $1.lastUse })
    {
      cache[oldest.sql] = nil
    }
  }
}

/// A prepared statement.
@safe private final class Statement {
  let sql: String
  var lastUse = 0
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer, sql: String) {
    self.sql = sql
    unsafe self.handle = handle
  }

  deinit { unsafe sqlite3_finalize(handle) }

  func step() -> Int32 { unsafe sqlite3_step(handle) }

  /// Makes it ready for its next use, and forgets the values.
  func reset() {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  /// Binds a value with its length, so that NUL bytes survive.
  func bind(_ value: Value, at index: Int32) -> Int32 {
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return unsafe sqlite3_bind_null(handle, index)
    case .integer(let number): return unsafe sqlite3_bind_int64(handle, index, number)
    case .real(let number): return unsafe sqlite3_bind_double(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
          // An empty Swift string may have no address at all, which would bind NULL.
          guard let start = characters.baseAddress else {
            return unsafe sqlite3_bind_text(handle, index, "", 0, copies)
          }
          return unsafe sqlite3_bind_text64(
            handle, index, start, UInt64(characters.count), copies, UInt8(SQLITE_UTF8))
        }
      }
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
      return unsafe bytes.withUnsafeBytes {
        unsafe sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), copies)
      }
    }
  }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func real(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

  func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func withBlob<T>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    let start = unsafe sqlite3_column_blob(handle, column)
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe try body(UnsafeRawBufferPointer(start: start, count: count))
  }
}

/// The current row of a running statement; lent to a closure and worthless after it.
struct Row: SQLRow {
  private let statement: Statement

  fileprivate init(_ statement: Statement) { self.statement = statement }

  func isNull(_ column: Int) -> Bool { statement.isNull(Int32(column)) }
  func integer(_ column: Int) -> Int64 { statement.integer(Int32(column)) }
  func real(_ column: Int) -> Double { statement.real(Int32(column)) }
  func text(_ column: Int) -> String { statement.text(Int32(column)) }
  func bytes(_ column: Int) -> [UInt8] {
    unsafe statement.withBlob(Int32(column)) { unsafe Array($0) }
  }

  /// Lends a blob's bytes without copying them.
  func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    unsafe try statement.withBlob(Int32(column), body)
  }
}
