import Foundation
import LociTestKit
import Testing

/// Every value of a real store changed to what it can't be, and everything asked of it in a process
/// of its own.
@Suite("A store with one value that can't be")
struct ChangedValueTests {
  private static let values = [
    "NULL", "-1", "0", "\(Int64.max)", "\(Int64.min)", "1e308", "''", "x'00'",
    "zeroblob(4096)", "hex(zeroblob(60000))",
  ]

  @Test(
    "Every call ends with an answer or an error, and none by a signal",
    arguments: ["", "native", "sqlite-vec"])
  func everyColumn(_ backend: String) async throws {
    let folder = try TemporaryFolder()
    let made = try await examine(["make", folder.file("whole").path, backend])
    try #require(made == 0)
    let names = try variants(of: folder, backend)
    try #require(names.count > 200, "\(names.count) variants")
    // A few at a time, in processes that examine many.
    let parts = 4
    try await withThrowingTaskGroup { group in
      for part in 0..<parts {
        let own = names.enumerated().filter { $0.offset % parts == part }.map(\.element)
        group.addTask {
          for window in stride(from: 0, to: own.count, by: 40).map({ own[$0...].prefix(40) }) {
            let paths = window.map { folder.file($0).path }
            guard try await examine(["examine", backend] + paths) != 0 else { continue }
            for path in paths {
              let status = try await examine(["examine", backend, path])
              #expect(status == 0, "\(path) ended with \(status)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Runs the examiner; the status is negative where a signal ended it.
  private func examine(_ words: [String]) async throws -> Int32 {
    let process = Process()
    let bundle = try #require(Bundle.main.executableURL)
    process.executableURL = bundle.deletingLastPathComponent().appending(path: "LociTestWriter")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    try await process.runToEnd()
    return process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
  }

  /// Copies the store with one value changed each; returns the copies' names.
  private func variants(of folder: TemporaryFolder, _ backend: String) throws -> [String] {
    let script = """
      import sqlite3, sys, shutil, os
      folder, backend, values = sys.argv[1], sys.argv[2], sys.argv[3:]
      name = {"": "memory.sqlite", "native": "memory.sqlite.vectors/native.sqlite",
        "sqlite-vec": "memory.sqlite.vectors/sqlite-vec.sqlite"}[backend]
      whole = os.path.join(folder, "whole")
      db = sqlite3.connect(os.path.join(whole, name))
      tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'").fetchall()
      number = 0
      for table, sql in tables:
        if db.execute(f"SELECT count(*) FROM '{table}'").fetchone()[0] == 0: continue
        for column in db.execute(f"PRAGMA table_info('{table}')").fetchall():
          for value in values:
            copy = f"{number:05}"
            shutil.copytree(whole, os.path.join(folder, copy))
            other = sqlite3.connect(os.path.join(folder, copy, name), isolation_level=None)
            other.execute("PRAGMA ignore_check_constraints = ON")
            other.execute("PRAGMA journal_mode = DELETE")
            try:
              for trigger, in other.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall(): pass
              other.execute("PRAGMA writable_schema = ON")
              saved = other.execute("SELECT rowid, type, name, tbl_name, rootpage, sql FROM"
                " sqlite_schema WHERE type = 'trigger'").fetchall()
              original = other.execute("SELECT sql FROM sqlite_schema WHERE name = ?",
                (table,)).fetchone()[0]
              loose = original.replace(" STRICT", "").replace("STRICT, ", "").replace(
                " NOT NULL", "")
              loose = loose.rstrip().removesuffix(",")
              other.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'")
              other.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table))
              other.close()
              other = sqlite3.connect(os.path.join(folder, copy, name), isolation_level=None)
              other.execute("PRAGMA ignore_check_constraints = ON")
              other.execute("PRAGMA foreign_keys = OFF")
              row = "(SELECT min(rowid) FROM '%s')" % table
              key = "rowid = " + row if "WITHOUT ROWID" not in loose else "1"
              change = f"\\"{column[1]}\\" = {value}"
              other.execute(f"UPDATE OR REPLACE '{table}' SET {change} WHERE {key}")
              other.execute("PRAGMA writable_schema = ON")
              other.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (original, table))
              for entry in saved:
                other.execute("INSERT INTO sqlite_schema (rowid, type, name, tbl_name, rootpage,"
                  " sql) VALUES (?, ?, ?, ?, ?, ?)", entry)
              other.execute("PRAGMA journal_mode = WAL")
              other.close()
              print(copy, table, column[1], value[:20])
              number += 1
            except sqlite3.Error as error:
              other.close()
              shutil.rmtree(os.path.join(folder, copy))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder.url.path, backend] + Self.values
    let output = folder.file("variants.txt")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
      String($0.prefix(5))
    }
  }
}
