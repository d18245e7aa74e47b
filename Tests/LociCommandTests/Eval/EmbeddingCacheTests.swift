import Foundation
import Loci
import LociCommand
import LociTestKit
import Testing

@Suite("Embeddings kept between runs")
struct EmbeddingCacheTests {
  private let folder: TemporaryFolder
  private let model = FaultyEmbedder()

  init() throws { folder = try TemporaryFolder() }

  private func cache(maximumBytes: Int = 1 << 20) throws -> EmbeddingCache {
    try EmbeddingCache(model.space, in: folder.file("cache"), maximumBytes: maximumBytes)
  }

  private var file: URL {
    folder.file("cache").appending(path: model.space.key + ".vectors")
  }

  private func embed(_ texts: [String], _ cache: EmbeddingCache) async throws -> [Embedding] {
    try await CachingEmbedder(model, cache: cache).embed(texts, as: .passage)
  }

  @Test("A second run embeds nothing, and gets the same bits, in the caller's order")
  func secondRun() async throws {
    let first = try await embed(["a", "b", "a", "c"], cache())
    #expect(model.embeddedCount == 3)
    let second = try await embed(["c", "a", "b"], cache())
    #expect(model.embeddedCount == 3)
    #expect(second == [first[3], first[0], first[1]])
    #expect(second[0].vector.components == first[3].vector.components)
    #expect(try cache().count == 3)
  }

  @Test("The file and its folder are the owner's alone, and hold no text")
  func privateFile() async throws {
    _ = try await embed(["a secret of mine"], cache())
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let parent = try FileManager.default.attributesOfItem(
      atPath: folder.file("cache").path)
    #expect(parent[.posixPermissions] as? Int == 0o700)
    #expect(try Data(contentsOf: file).range(of: Data("secret".utf8)) == nil)
  }

  @Test("Whatever byte is damaged, only right vectors come back")
  func damaged() async throws {
    let texts = ["a", "b", "c"]
    let right = try await embed(texts, cache())
    let whole = try Data(contentsOf: file)
    for place in stride(from: 0, to: whole.count, by: 7) {
      var damaged = whole
      damaged[place] ^= 0x41
      try damaged.write(to: file)
      #expect(try await embed(texts, cache()) == right, "byte \(place)")
    }
    #expect(model.embeddedCount > 3)
  }

  @Test("A file that ends within an entry gives those before, and is written on in its place")
  func torn() async throws {
    let right = try await embed(["a", "b"], cache())
    let whole = try Data(contentsOf: file)
    try whole.prefix(whole.count - 5).write(to: file)
    #expect(try cache().count == 1)
    #expect(try await embed(["a", "b"], cache()) == right)
    #expect(model.embeddedCount == 3)
    #expect(try Data(contentsOf: file).count == whole.count)
    try Data("no cache at all".utf8).write(to: file)
    #expect(try await embed(["a", "b"], cache()) == right)
    #expect(try Data(contentsOf: file) == whole)
  }

  @Test("It stays within its bound, and is begun anew at it")
  func bounded() async throws {
    let bound = 2_000
    let cache = try cache(maximumBytes: bound)
    for number in 0..<50 {
      let text = "text \(number)"
      #expect(try await embed([text], cache) == [try await model.embed([text], as: .passage)[0]])
      let size = try #require(
        FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int)
      #expect(size <= bound)
    }
    #expect(cache.count > 0)
    let tiny = try EmbeddingCache(
      model.space, in: folder.file("tiny"), maximumBytes: 20)
    #expect(try await embed(["a"], tiny).count == 1)
    #expect(tiny.count == 0)
  }

  @Test("While one writes, another reads what was there and writes nothing")
  func twoAtOnce() async throws {
    let writer = try cache()
    let first = try await embed(["a"], writer)
    let reader = try cache()
    #expect(try await embed(["a", "b"], reader)[0] == first[0])
    #expect(reader.count == 1)
    #expect(model.embeddedCount == 2)
    _ = try await embed(["c"], writer)
    #expect(writer.count == 2)
  }
}
