import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

/// Stores that earlier versions wrote; what they answer is tested with the command.
@Suite("Stores of earlier versions") struct WrittenStoreTests {
  @Test(
    "Up to the newest schema and down again, a file holds what it held",
    arguments: WrittenStore.all)
  func upAndDown(_ store: WrittenStore) async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    for copy in [file, folder.file("m.sqlite.before")] { try store.copy(to: copy) }
    try StoreFile.migrate(file, to: StoreFile.newestVersion)
    try StoreFile.migrate(file, to: store.schema)
    #expect(
      try StoreFile.definitions(file)
        == StoreFile.definitions(folder.file("m.sqlite.before")))
    // What counts connections and changes is not what the file holds.
    try await SecondProcess.run(
      """
      other = sqlite3.connect(sys.argv[1] + ".before")
      everything = "record audit note space vector_partition vector_code vector_components"
      selections = {table: "*" for table in everything.split()}
      selections["vector"] = '''number, space, namespace, id, content_hash, collection, status,
          category, created_at, source_uri, metadata'''
      for table, columns in selections.items():
          query = f"SELECT {columns} FROM {table} ORDER BY 1"
          assert db.execute(query).fetchall() == other.execute(query).fetchall(), table
      """, on: file.path)
  }

  @Test(
    "Every record and every vector is read, and each vector finds itself",
    arguments: WrittenStore.all)
  func contents(_ store: WrittenStore) async throws {
    let folder = try TemporaryFolder()
    try store.copy(to: folder.file("m.sqlite"))
    try store.copy("sqlite-vec.sqlite", to: folder.file("v.sqlite"))
    let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    #expect(try await database.integrityCheck() == [])
    #expect(try await database.recordCheck() == [])
    let beside = try await SQLiteVecStore.open(
      at: folder.file("v.sqlite"), extension: SQLiteVecStore.library(in: Folders()))
    #expect(try await beside.integrityCheck() == [])
    let vectors: [(any VectorStore, entries: [Int])] = [
      (database.vectors, store.entryCounts), (beside, [store.sqliteVecEntryCount]),
    ]
    for (vectors, counts) in vectors {
      let found = try await vectors.spaces()
      var entries: [Int] = []
      #expect(!found.contains { $0.provider == "onnxruntime" }, "a space names its engine")
      for space in found { entries.append(try await self.count(of: space, in: vectors)) }
      #expect(entries.sorted() == counts)
    }
  }

  /// The entries of a space; each must be the nearest to its own vector.
  private func count(of space: EmbeddingSpace, in vectors: any VectorStore) async throws -> Int {
    var count = 0
    for namespace in try await vectors.namespaces(in: space) {
      let all = Scope(namespace: namespace, statuses: nil)
      for entry in try await vectors.scan(namespace, in: space, after: nil, limit: 99) {
        let nearest = try await vectors.search(entry.vector, in: space, limit: 1, where: all)
        #expect(nearest.map(\.id) == [entry.id])
        count += 1
      }
    }
    return count
  }
}
