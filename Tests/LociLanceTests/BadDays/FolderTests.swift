import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("LanceDB's folder: full, damaged, forbidden") struct FolderTests {
  private let folder: TemporaryFolder
  private let space = Samples.space(dimension: 256)

  init() throws { folder = try TemporaryFolder() }

  @Test("No room for a batch: the error says so, nothing of it is there, small writes go on")
  func noRoom() async throws {
    // The limit on a file's size stands for the full disk; 1024 bytes are its unit.
    let engine = try Lance.engine(in: folder, startingWith: "ulimit -f 1024")
    let store = try await Lance.open(folder.file("lance"), engine: engine)
    var generator = SeededGenerator(seed: 1)
    func entry(_ id: String) throws -> VectorEntry {
      try Samples.entry(id, Samples.vector(dimension: 256, using: &generator))
    }
    try await store.upsert([entry("before")], in: space)
    let batch = try (0..<4000).map { try entry("big\($0)") }
    let error = await Lance.failure { try await store.upsert(batch, in: space) }
    #expect(error?.code == .diskFull, "\(String(reflecting: error))")
    try await store.upsert([entry("after")], in: space)
    let found = try await store.scan(Namespace("one"), in: space, after: nil, limit: 9)
    #expect(found.map(\.id.text) == ["after", "before"])
  }

  @Test(
    "A damaged file is an error that says so, and is left as it is [19]",
    arguments: [
      "_versions", "data", "every manifest",
    ])
  func damaged(_ what: String) async throws {
    let place = folder.file("lance")
    let store = try await Lance.open(place)
    try await store.upsert(
      (0..<50).map { try Samples.entry("\($0)", Samples.axis($0, dimension: 256)) }, in: space)

    let table = place.appending(path: "\(space.key).lance")
    let files = try FileManager.default.subpathsOfDirectory(atPath: table.path)
      .filter { what == "every manifest" ? $0.hasSuffix(".manifest") : $0.hasPrefix("\(what)/") }
    try #require(!files.isEmpty)
    for file in files {
      let file = table.appending(path: file)
      if what == "every manifest" {
        try FileManager.default.removeItem(at: file)
      } else {
        try Data("not what it was".utf8).write(to: file)
      }
    }
    let left = try contents(of: table)

    // Under another name, since the worker still knows the table by this one.
    let other = folder.file("other")
    try FileManager.default.createSymbolicLink(at: other, withDestinationURL: place)
    let again = try await Lance.open(other)
    let all = Scope(namespace: try Namespace("one"))
    for work in [
      {
        _ = try await again.search(Samples.axis(0, dimension: 256), in: space, limit: 3, where: all)
      },
      { try await again.upsert([Samples.entry("0", Samples.axis(0, dimension: 256))], in: space) },
    ] as [@Sendable () async throws -> Void] {
      let error = await Lance.failure(of: work)
      #expect(error?.code == .corrupt, "\(String(reflecting: error))")
    }
    for (name, data) in left { #expect(try contents(of: table)[name] == data, "\(name)") }
  }

  @Test("A folder that is not there is not found when it is to be read, and is not made")
  func missing() async throws {
    let place = folder.file("lance")
    let settings = LanceSettings(location: place.path, engine: Lance.engine)
    let error = await Lance.failure {
      _ = try await LanceVectorStore.open(settings, access: .reading)
    }
    #expect(error?.code == .notFound)
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  @Test("A folder that was removed meanwhile is empty, and is made anew by the next write")
  func removed() async throws {
    let place = folder.file("lance")
    let store = try await Lance.open(place)
    let entry = try Samples.entry("a", Samples.axis(0, dimension: 256))
    try await store.upsert([entry], in: space)
    try FileManager.default.removeItem(at: place)
    #expect(try await store.count(in: space, where: Samples.everything()) == 0)
    try await store.upsert([entry], in: space)
    #expect(try await store.count(in: space, where: Samples.everything()) == 1)
  }

  @Test("Its folder and everything in it are their owner's alone")
  func ownersAlone() async throws {
    let place = folder.file("new/lance")
    let store = try await Lance.open(place)
    try await store.upsert([Samples.entry("a", Samples.axis(0, dimension: 256))], in: space)
    let files = FileManager.default
    let names = try files.subpathsOfDirectory(atPath: place.path)
    #expect(names.count > 3)
    for path in [folder.file("new").path, place.path] + names.map({ place.path + "/" + $0 }) {
      let mode = try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0o777
      #expect(mode & 0o077 == 0, "\(path) has \(String(mode, radix: 8))")
    }
  }

  @Test("Nothing but LanceDB's files and a lock is in the folder, and no socket anywhere")
  func tidy() async throws {
    let place = folder.file("lance")
    let store = try await Lance.open(place)
    try await store.ensure(space)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(names.allSatisfy { $0 == "\(space.key).lance" || $0 == "\(space.key).lock" })
    #expect(try #require(store.byteCount) > 0)
  }

  private func contents(of table: URL) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: table.path)
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        (try? Data(contentsOf: table.appending(path: name))).map { (name, $0) }
      })
  }
}
