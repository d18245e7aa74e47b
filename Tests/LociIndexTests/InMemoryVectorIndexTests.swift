import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("In-memory index")
struct InMemoryVectorIndexTests {
  @Test("Ties are broken by id, and exactly as many as asked for come back")
  func ties() throws {
    let index = try InMemoryVectorIndex<String>(dimension: 4)
    let vector = try UnitVector(normalizing: [1, 2, 3, 4])
    for id in ["d", "b", "a", "c"] { try index.upsert(vector, id: id) }
    #expect(try index.search(vector, limit: 3).map(\.id) == ["a", "b", "c"])
    #expect(try index.search(vector, limit: 9).map(\.id) == ["a", "b", "c", "d"])
    #expect(try index.search(vector, limit: 1, among: ["c", "d", "x"]).map(\.id) == ["c"])
  }

  @Test("An upsert replaces, a removal removes, and vectors come back bit by bit")
  func replacing() throws {
    let index = try InMemoryVectorIndex<Int>(dimension: 2)
    let east = try UnitVector(normalizing: [1, 0])
    let north = try UnitVector(normalizing: [0, 1])
    try index.upsert(east, id: 1)
    try index.upsert(north, id: 1)
    #expect(index.count == 1)
    #expect(index.vector(for: 1) == north)
    #expect(try index.search(north, limit: 1).first?.similarity == Similarity(1))
    #expect(index.remove(1))
    #expect(!index.remove(1))
    #expect(index.vector(for: 1) == nil)
    #expect(try index.search(north, limit: 1).isEmpty)
  }

  @Test("Tasks that write and search at once see whole vectors only")
  func concurrency() async throws {
    let index = try InMemoryVectorIndex<Int>(dimension: 64)
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(task))
          do {
            for step in 0..<500 {
              let vector = try randomUnitVector(64, using: &generator)
              try index.upsert(vector, id: task * 1000 + step)
              let best = try index.search(vector, limit: 1).first
              #expect(best?.id == task * 1000 + step)
              if step % 3 == 0 { index.remove(task * 1000 + step) }
            }
          } catch { Issue.record(error) }
        }
      }
    }
    #expect(index.count == 4 * 333)
  }

  @Test("Bad arguments are refused with a code that says why")
  func errors() throws {
    let index = try InMemoryVectorIndex<Int>(dimension: 3)
    let short = try UnitVector(normalizing: [1, 2])
    let right = try UnitVector(normalizing: [1, 2, 3])
    #expect(throws: LociError.self) { try index.upsert(short, id: 1) }
    #expect(index.count == 0)
    expectCode(.dimensionMismatch) { _ = try index.search(short, limit: 1) }
    for limit in [0, -1, Int.min] {
      expectCode(.invalidArgument) { _ = try index.search(right, limit: limit) }
    }
    try index.upsert(right, id: 1)
    #expect(try index.search(right, limit: .max).count == 1)
  }
}

func expectCode(
  _ code: LociError.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch {
    #expect((error as? LociError)?.code == code, sourceLocation: sourceLocation)
  }
}
