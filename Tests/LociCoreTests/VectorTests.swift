import LociCore
import LociTestKit
import Testing

@Suite("Vectors and similarities")
struct VectorTests {
  @Test(
    "A vector without a direction is refused",
    arguments: [[], [0, 0], [.nan, 1], [.infinity, 1], [1, -.infinity]] as [[Float]])
  func noDirection(components: [Float]) {
    #expect(throws: LociError.self) { try UnitVector(normalizing: components) }
  }

  @Test("Making a unit vector again keeps its bits", arguments: 0..<50 as Range<UInt64>)
  func idempotent(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let components = (0..<384).map { _ in Float.random(in: -9...9, using: &generator) }
    let once = try UnitVector(normalizing: components)
    #expect(try UnitVector(normalizing: once.components) == once)
    #expect(abs(try once.similarity(to: once).value - 1) < 1e-6)
  }

  @Test("Very small and very large components keep their direction")
  func extremes() throws {
    let small = try UnitVector(normalizing: [1e-38, 1e-38])
    let large = try UnitVector(normalizing: [3e38, 3e38])
    #expect(try small.similarity(to: large).value > 0.999999)
  }

  @Test("Vectors of two dimensions are not compared")
  func dimensions() throws {
    let two = try UnitVector(normalizing: [1, 0])
    let three = try UnitVector(normalizing: [1, 0, 0])
    #expect(throws: LociError.self) { try two.similarity(to: three) }
  }

  @Test("Distances become cosines")
  func conversions() {
    #expect(Similarity(cosineDistance: 0.15) == Similarity(0.85))
    #expect(Similarity(squaredDistanceOfUnitVectors: 2) == Similarity(0))
    #expect(Similarity(squaredDistanceOfUnitVectors: 4) == Similarity(-1))
    #expect(Similarity(.nan) == Similarity(-1))
    #expect(Similarity(1.0000001) == Similarity(1))
  }

  @Test("A space of an earlier version is named by its publisher, and back")
  func publisher() {
    for (model, publisher) in [
      ("sentence-transformers/all-MiniLM-L6-v2", "sentence-transformers"), ("short", "local"),
      ("a/b/c", "local"), ("/x", "local"), ("", "local"),
    ] {
      let former = EmbeddingSpace(
        provider: "onnxruntime", model: model, revision: "r", dimension: 3, pooling: .mean,
        maximumTokens: 9)
      #expect(former.namedByPublisher.provider == publisher)
      #expect(former.namedByPublisher.namedByEngine == former)
    }
    let own = EmbeddingSpace(
      provider: "app", model: "m", revision: "r", dimension: 3, pooling: .mean, maximumTokens: 9)
    #expect(own.namedByPublisher == own)
    #expect(own.namedByEngine == own)
  }

  @Test("Any difference between two spaces makes another key")
  func spaceKeys() {
    let base = EmbeddingSpace(
      provider: "p", model: "m", revision: "r", dimension: 3, pooling: .mean, maximumTokens: 9)
    var spaces = [base]
    func add(_ change: (inout EmbeddingSpace) -> Void) {
      var copy = base
      change(&copy)
      spaces.append(copy)
    }
    add { $0.provider = "pm" }
    add {
      $0.provider = ""; $0.model = "pm"
    }
    add { $0.model = "m.r" }
    add { $0.model = "m_r" }
    add { $0.revision = "s" }
    add { $0.dimension = 4 }
    add { $0.pooling = .cls }
    add { $0.queryPrefix = "q" }
    add { $0.passagePrefix = "q" }
    add { $0.maximumTokens = 8 }
    #expect(Set(spaces.map(\.key)).count == spaces.count)
  }
}
