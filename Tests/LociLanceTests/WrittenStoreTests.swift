import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("LanceDB folders of earlier versions") struct WrittenStoreTests {
  @Test("What an earlier Loci wrote is read, found, filtered and written to", arguments: [1, 2])
  func folder(_ handles: Int) async throws {
    let folder = try TemporaryFolder()
    let place = folder.file("lancedb")
    try WrittenStore.all[0].copy("lancedb", to: place)
    // Each has a worker of its own, and both find columns that lack.
    var stores: [LanceVectorStore] = []
    for _ in 0..<handles {
      stores.append(try await Lance.open(place, engine: Lance.ownEngine(in: folder)))
    }
    let space = try #require(try await stores[0].spaces().first)
    #expect(space.provider == "sentence-transformers")
    let namespaces = try await withThrowingTaskGroup(of: [Namespace].self) { group in
      for store in stores { group.addTask { try await store.namespaces(in: space) } }
      return try await group.reduce(into: Set()) { $0.formUnion($1) }
    }
    #expect(namespaces.map(\.name).sorted() == ["bot:ada", "shared", "workspace:docs"])
    var count = 0
    for namespace in namespaces {
      var filter = Scope(namespace: namespace, statuses: nil)
      (filter.audiences, filter.importance) = ([.everyone], 3...3)
      for entry in try await stores[0].scan(namespace, in: space, after: nil, limit: 99) {
        count += 1
        for store in stores {
          let found = try await store.search(entry.vector, in: space, limit: 1, where: filter)
          #expect(found.map(\.id) == [entry.id])
        }
        var changed = entry
        (changed.attributes.author, changed.attributes.audience) = ("ada", .trusting)
        try await stores.last?.upsert([changed], in: space)
        let now = try await stores[0].get([entry.id], namespace: namespace, in: space)
        #expect(now == [changed])
      }
      #expect(try await stores[0].count(in: space, where: filter) == 0)
    }
    #expect(count == 17)
    for store in stores { store.close() }
  }
}
