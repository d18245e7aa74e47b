import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("Bounds")
struct BoundTests {
  @Test("No cosine lies outside its estimate's margin", arguments: VectorData.allCases)
  func margins(data: VectorData) throws {
    for dimension in CodeTests.dimensions {
      var generator = SeededGenerator(seed: UInt64(dimension) + 10)
      let vectors = try data.make(40, dimension: dimension, using: &generator)
      let chunk = try Chunk(vectors)
      let close = try near(vectors[0], noise: 0.01, using: &generator)
      for query in [try randomUnitVector(dimension, using: &generator), close, vectors[1]] {
        let prepared = chunk.prepare(query)
        let slots = (0..<40).map { UInt32($0) }
        var estimates = [Float](repeating: 0, count: 40)
        var margins = estimates
        prepared.estimate(
          slots, count: 40, of: chunk.chunk, estimates: &estimates, margins: &margins)
        for (index, vector) in vectors.enumerated() {
          let cosine = dot(query.components, vector.components)
          #expect(abs(cosine - Double(estimates[index])) <= Double(margins[index]))
        }
      }
    }
  }

  @Test("The sign scan passes what a scalar computation of its formula passes")
  func signScan() throws {
    var generator = SeededGenerator(seed: 20)
    for dimension in [64, 65, 100, 128, 384, 1000] {
      let vectors = try VectorData.clustered.make(300, dimension: dimension, using: &generator)
      let chunk = try Chunk(vectors)
      let query = try near(vectors[0], noise: 0.5, using: &generator)
      let rotated = Rotation(dimension: dimension)(query)
      for threshold: Float in [-0.2, 0, 0.3, 0.7] {
        var passed = [UInt32](repeating: 0, count: 300)
        let count = chunk.prepare(query).scanSigns(
          of: chunk.chunk, 0..<300, threshold: threshold, into: &passed)
        let found = Set(passed.prefix(count).map { Int($0) })
        #expect(passed.prefix(count).elementsEqual(found.sorted().map { UInt32($0) }))
        for (index, vector) in vectors.enumerated() {
          let room = try signRoom(vector, rotated: rotated, threshold: Double(threshold))
          // The query's planes are an approximation: leave out what is close to the limit.
          if abs(room) > 0.05 { #expect(found.contains(index) == (room > 0)) }
        }
      }
    }
  }

  @Test("The sign scan loses no vector at its own cosine in thousands of trials")
  func signScanRecall() throws {
    var generator = SeededGenerator(seed: 21)
    var lost = 0
    for dimension in [64, 128, 384] {
      for data in [VectorData.uniform, .clustered, .oneHot] {
        let vectors = try data.make(512, dimension: dimension, using: &generator)
        let chunk = try Chunk(vectors)
        for _ in 0..<4 {
          let query = try near(
            vectors[Int.random(in: 0..<512, using: &generator)], noise: 0.8, using: &generator)
          let prepared = chunk.prepare(query)
          var passed = [UInt32](repeating: 0, count: 512)
          for (index, vector) in vectors.enumerated() {
            let cosine = Float(dot(query.components, vector.components))
            let count = prepared.scanSigns(
              of: chunk.chunk, 0..<512, threshold: cosine, into: &passed)
            lost += passed.prefix(count).contains(UInt32(index)) ? 0 : 1
          }
        }
      }
    }
    #expect(lost == 0)
  }

  /// By how much a vector's sign estimate, in double precision, stays inside the limit.
  private func signRoom(
    _ vector: UnitVector, rotated: [Float], threshold: Double
  ) throws -> Double {
    let dimension = Double(vector.dimension)
    let (_, levels) = try parts(
      of: Quantizer(dimension: vector.dimension).code(for: vector), dimension: vector.dimension)
    let own = Rotation(dimension: vector.dimension)(vector)
    let signs = levels.map { ($0 < 0 ? -1 : 1) / dimension.squareRoot() }
    let alignment = zip(signs, own).reduce(0) { $0 + $1.0 * Double($1.1) }
    let product = zip(signs, rotated).reduce(0) { $0 + $1.0 * Double($1.1) }
    let floor = max(0, threshold)
    let deviation = ((1 - alignment * alignment) * (1 - floor * floor) / (dimension - 1))
      .squareRoot()
    return product - (alignment * threshold - Double(PreparedQuery.standardErrors) * deviation)
  }
}

/// A chunk of some vectors' codes.
private struct Chunk {
  let chunk: CodeChunk
  let shape: CodeShape
  let quantizer: Quantizer

  init(_ vectors: [UnitVector]) throws {
    shape = CodeShape(dimension: vectors[0].dimension)
    quantizer = try Quantizer(dimension: vectors[0].dimension)
    chunk = CodeChunk(shape: shape, isOneOfMany: false)
    for (slot, vector) in vectors.enumerated() {
      let code = try quantizer.code(for: vector)
      let header = try parts(of: code, dimension: vector.dimension).header
      let levels = Array(code.bytes.dropFirst(VectorCode.headerByteCount))
      unsafe chunk.store(header, levels: levels.span.bytes, at: slot)
    }
  }

  func prepare(_ query: UnitVector) -> PreparedQuery {
    PreparedQuery(query, quantizer: quantizer, shape: shape)
  }
}
