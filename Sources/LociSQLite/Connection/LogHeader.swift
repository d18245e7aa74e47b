import Foundation

/// The beginning of a log (SQLite's file format, section 4.1).
struct LogHeader {
  /// Changes whenever the log begins anew.
  let salts: Int64

  /// Nil where there is no log, or nothing in it. SQLite takes no locks on the log itself, so it
  /// may be opened here.
  init?(beside path: String) {
    guard let file = FileHandle(forReadingAtPath: path + "-wal") else { return nil }
    defer { try? file.close() }
    guard let bytes = try? file.read(upToCount: 24), bytes.count == 24 else { return nil }
    salts = bytes.suffix(8).reduce(0) { $0 << 8 | Int64($1) }
  }
}
