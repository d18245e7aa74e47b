import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Vectors beside their records") struct VectorsOfRecordsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "They keep the contract of vectors that follow records",
    arguments: VectorsOfRecordsContract.all)
  func contract(_ promise: Promise<RecordsWithVectors>) async throws {
    try await promise.check {
      let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
      return RecordsWithVectors(database.records, database.vectors)
    }
  }

  @Test("More deletions than the file remembers: the index is loaded anew")
  func manyDeletions() async throws {
    let left = try await SQLiteDatabase.open(
      at: folder.file("v.sqlite"), vectorsFollowRecords: false)
    let right = try await SQLiteDatabase.open(
      at: folder.file("v.sqlite"), vectorsFollowRecords: false)
    let (space, all) = (Samples.space(), try Samples.everything())
    let entries = try (0..<20_000).map { try Samples.entry("\($0)", Samples.axis($0 % 16)) }
    try await left.vectors.upsert(entries, in: space)
    #expect(
      try await right.vectors.search(
        Samples.axis(0), in: space, limit: 30_000, where: all
      ).count == 20_000)
    try await left.vectors.delete(
      entries.dropFirst().map(\.id), namespace: all.namespace, in: space)
    #expect(
      try await right.vectors.search(Samples.axis(0), in: space, limit: 99, where: all)
        .map(\.id.text) == ["0"])
  }
}
