import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("A store that somebody else made") struct ForeignSchemaTests {
  private let folder: TemporaryFolder
  private let file: URL

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("m.sqlite")
  }

  private func rewriting(_ table: String, _ from: String, _ to: String) -> String {
    """
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?",
      (\(quoted(from)), \(quoted(to)), "\(table)"))
    """
  }

  private func quoted(_ text: String) -> String { "'''\(text)'''" }

  @Test(
    "What Loci does not define is refused by name, does not run, and the file stays as it is",
    arguments: [
      (
        "trigger evil",
        """
        db.execute("CREATE TRIGGER evil AFTER INSERT ON record BEGIN DELETE FROM record; END")
        """
      ),
      (
        // SQLite itself refuses that name.
        "damaged",
        """
        db.execute("CREATE TRIGGER evil AFTER INSERT ON record BEGIN DELETE FROM record; END")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET name = 'sqlite_evil' WHERE name = 'evil'")
        """
      ),
      ("view evil", #"db.execute("CREATE VIEW evil AS SELECT load_extension('x') AS a")"#),
      ("table evil", #"db.execute("CREATE TABLE evil (a)")"#),
      ("index evil", #"db.execute("CREATE INDEX evil ON record (length(text))")"#),
      ("trigger record_takes_vectors", #"db.execute("DROP TRIGGER record_takes_vectors")"#),
    ])
  func foreign(_ name: String, _ script: String) async throws {
    try await expectRefused(name, script)
  }

  @Test("A generated column, another CHECK and another trigger of a known name are refused")
  func changed() async throws {
    try await expectRefused(
      "table record",
      rewriting(
        "record", "text TEXT NOT NULL,", "text TEXT NOT NULL, x TEXT AS (hex(randomblob(9))),"))
    try await expectRefused(
      "table note", rewriting("note", "value TEXT NOT NULL", "value TEXT CHECK (length(value) < 9)")
    )
    try await expectRefused(
      "trigger record_takes_vectors",
      rewriting(
        "record_takes_vectors", "DELETE FROM vector", "DELETE FROM note; DELETE FROM vector"))
  }

  private func expectRefused(_ name: String, _ script: String) async throws {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: file.path + ending)
    }
    let record = try Samples.record("a")
    try await SQLiteDatabase.open(at: file).records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await SecondProcess.run(script, on: file.path)
    let before = try Data(contentsOf: file)
    for access in [StoreAccess.reading, .writing] {
      let error = await #expect(throws: LociError.self) {
        _ = try await SQLiteDatabase.open(at: file, access: access)
      }
      #expect(error?.code == .corrupt)
      // What SQLite itself does not take is refused before there is a name for it.
      let isNamed = error?.message.contains(name) == true
      #expect(isNamed || error?.detail?.contains("malformed database schema") == true)
    }
    #expect(try Data(contentsOf: file) == before)
  }

  @Test("Foreign definitions beside sqlite-vec's tables are refused; its own are not")
  func sqliteVec() async throws {
    let library = SQLiteVecStore.library(in: Folders())
    let entry = try Samples.entry("a", Samples.axis(0))
    for model in ["one", "two"] {
      let store = try await SQLiteVecStore.open(at: file, extension: library)
      try await store.upsert([entry], in: Samples.space(model: model))
      try await store.rebuildIndex(in: Samples.space(model: model))
    }
    _ = try await SQLiteVecStore.open(at: file, extension: library)
    try await SecondProcess.run(
      #"db.execute("CREATE TRIGGER evil AFTER INSERT ON vector BEGIN DELETE FROM vector; END")"#,
      on: file.path)
    let error = await #expect(throws: LociError.self) {
      _ = try await SQLiteVecStore.open(at: file, extension: library)
    }
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains("trigger evil") == true)
  }

  @Test("A store by another of its file's names is refused, since SQLite would keep two logs")
  func hardLink() async throws {
    _ = try await SQLiteDatabase.open(at: file)
    try FileManager.default.linkItem(at: file, to: folder.file("again.sqlite"))
    for name in ["m.sqlite", "again.sqlite"] {
      let error = await #expect(throws: LociError.self) {
        _ = try await SQLiteDatabase.open(at: folder.file(name))
      }
      #expect(error?.code == .conflict)
    }
  }

  @Test("A store has one name, however it is reached")
  func oneName() async throws {
    let deep = folder.file("deep/er")
    try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: deep)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("l.sqlite").path, withDestinationPath: "link/m.sqlite")
    let ways = [
      deep.appending(path: "m.sqlite"), link.appending(path: "m.sqlite"),
      folder.file("l.sqlite"), URL(filePath: link.path + "/../er/./m.sqlite"),
    ]
    // Before the file is there, and afterwards.
    for _ in 0..<2 {
      for way in ways.reversed() {
        let database = try await SQLiteDatabase.open(at: way)
        #expect(database.url.path == CanonicalPath.of(deep.path) + "/m.sqlite")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: deep.path).contains("m.sqlite"))
  }
}
