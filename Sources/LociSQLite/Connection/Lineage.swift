import LociCore
import LociSQL

/// Tells whether a file and its log belong together.
///
/// SQLite plays back a log over whatever file lies beside it: over one that was restored from a
/// backup, too, which spoils it. So each transaction counts up a number, which begins with a random
/// one, and the number that the file itself had when the log began is noted. A log is only ever
/// worked in further, so the file's own number lies between that one and the newest.
struct Lineage {
  private static let table = "setting"
  private static let newest = "lineage"
  private static let atStart = "lineage_at_start"
  private static let log = "lineage_log"

  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  private struct Numbers {
    /// The number of the newest transaction.
    var newest: Int64?
    /// The file's number when a log of it began. It was on the disk by then, not on its way there.
    var atStart: Int64?
    /// What tells the log of the last transaction from others.
    var log: Int64?
    /// The file's number.
    var file: Int64?

    /// Whether the file is one that the log continues. What is not known is no reason to refuse.
    var belongTogether: Bool {
      guard let newest, let atStart, let file else { return true }
      return atStart <= file && file <= newest
    }
  }

  /// Throws ``LociError/Code/replaced`` where file and log don't belong together, inside a
  /// transaction.
  func check() throws {
    _ = try numbers()
  }

  /// Checks, and counts a transaction that writes.
  func advance() throws {
    guard let numbers = try numbers() else { return }
    guard let newest = numbers.newest else {
      // 2⁶² and more, so that SQLite stores each in eight bytes.
      return try connection.execute(
        "INSERT INTO setting (name, value) VALUES (?, (random() & 0x3FFFFFFF00000000) | (1 << 62))",
        [.text(Self.newest)])
    }
    try set(Self.newest, to: newest &+ 1)
    let log = LogHeader(beside: connection.path)
    if log == nil {
      // No log: everything is in the file.
      if let file = numbers.file, file == newest { try set(Self.atStart, to: file) }
    } else if log?.salts != numbers.log {
      try set(Self.log, to: log?.salts ?? 0)
      // Another log than that of the last transaction but one; so the last one began it.
      if numbers.log != nil { try set(Self.atStart, to: newest &- 1) }
    }
  }

  /// Begins anew, for a transaction after which the table may lie elsewhere in the file.
  static func forget(_ connection: Connection) throws {
    guard try Lineage(connection).page() != nil else { return }
    try connection.execute("DELETE FROM setting WHERE name GLOB 'lineage*'")
  }

  private func set(_ name: String, to value: Int64) throws {
    try connection.execute(
      "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      [.text(name), .integer(value)])
  }

  /// Nil where the file has no table for them.
  private func numbers() throws -> Numbers? {
    guard let page = try page() else { return nil }
    var numbers = Numbers()
    try connection.forEach("SELECT name, value FROM setting WHERE name GLOB 'lineage*'") { row in
      switch row.text(0) {
      case Self.newest: numbers.newest = row.integer(1)
      case Self.atStart: numbers.atStart = row.integer(1)
      case Self.log: numbers.log = row.integer(1)
      default: break
      }
      return true
    }
    // Read again where it does not fit: another process may be writing this page right now.
    for _ in 0..<3 {
      numbers.file = try connection.pageInFile(page).flatMap {
        IndexPage($0).integer(of: Self.newest)
      }
      if numbers.belongTogether { return numbers }
    }
    throw LociError(
      .replaced,
      "The store \(connection.path) and its log \(connection.path)-wal don't belong together: "
        + "one of them was replaced, as by a backup.",
      remedy: "To use the file as it is now, end every process that uses it, and move "
        + "\(connection.path)-wal and \(connection.path)-shm away; what is only in them is lost "
        + "then.")
  }

  /// The page that holds the table.
  private func page() throws -> Int64? {
    try connection.first(
      "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?", [.text(Self.table)]
    ) { $0.integer(0) }
  }
}

/// A page of an index b-tree with a few short rows of a text and an integer, as SQLite's file
/// format describes it (sections 1.6 and 2.1).
private struct IndexPage {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The integer of eight bytes beside a text; nil where this is no such page.
  func integer(of name: String) -> Int64? {
    guard bytes.count > 8, bytes[0] == 0x0A else { return nil }
    let name = Array(name.utf8)
    // A record: its size, its header's size, the two types, the text, the integer.
    let start = [UInt8(2 + 1 + name.count + 8), 3, UInt8(13 + 2 * name.count), 6] + name
    let count = Int(bytes[3]) << 8 | Int(bytes[4])
    for index in 0..<count {
      let pointer = 8 + 2 * index
      guard pointer + 1 < bytes.count else { return nil }
      let cell = Int(bytes[pointer]) << 8 | Int(bytes[pointer + 1])
      let end = cell + start.count
      guard end + 8 <= bytes.count else { return nil }
      guard bytes[cell..<end].elementsEqual(start) else { continue }
      return bytes[end..<(end + 8)].reduce(0) { $0 << 8 | Int64($1) }
    }
    return nil
  }
}
