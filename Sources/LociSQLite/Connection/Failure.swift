import CSQLite
import LociCore

/// What SQLite's result codes mean to somebody who uses Loci.
enum Failure {
  /// The error of a result code. SQLite's own words may quote a user's, so they go into `detail`.
  static func error(code: Int32, detail: String, path: String) -> LociError {
    let (kind, message, remedy) = meaning(of: code, path: path)
    return LociError(kind, message, remedy: remedy, detail: "SQLite \(code): \(detail)")
  }

  private static func meaning(
    of code: Int32, path: String
  ) -> (LociError.Code, String, String?) {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      (
        .busy, "Another process has kept the store \(path) locked for too long.",
        "Try again, or end the other process."
      )
    case SQLITE_FULL:
      (
        .diskFull, "The disk that holds the store \(path) is full; nothing was written.",
        "Free some room and try again."
      )
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN:
      (
        .readOnly, "The store \(path) can't be opened for writing.",
        "Check that its folder exists and that you may write to it and to the file."
      )
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      (
        .corrupt, "The store \(path) is damaged, or no SQLite file at all.",
        "Restore it from a backup, or name another file; this one was left as it is."
      )
    case SQLITE_IOERR where isDiskFull(code):
      (
        .diskFull, "The store \(path) can't grow; nothing was written.",
        "Free some room, or raise the limit on file sizes, and try again."
      )
    case SQLITE_NOMEM:
      (.io, "SQLite ran out of memory over the store \(path).", nil)
    case SQLITE_TOOBIG:
      (.invalidArgument, "A text or vector is larger than SQLite can hold (1 GB).", nil)
    case SQLITE_CONSTRAINT:
      (.conflict, "A change to the store \(path) breaks one of its rules.", nil)
    default:
      (.io, "SQLite failed on the store \(path) with code \(code).", "Run `loci doctor`.")
    }
  }

  /// A short write under a file-size limit is an I/O error to SQLite, not a full disk.
  private static func isDiskFull(_ code: Int32) -> Bool {
    code == SQLITE_IOERR | (3 << 8)  // SQLITE_IOERR_WRITE; the macro is not imported
  }
}
