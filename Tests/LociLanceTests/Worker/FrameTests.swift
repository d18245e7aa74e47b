import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("Frames") struct FrameTests {
  private static func frames(seed: UInt64) -> [Frame] {
    var generator = SeededGenerator(seed: seed)
    return (0..<20).map { _ in
      func bytes(_ maximum: Int) -> [UInt8] {
        (0..<Int.random(in: 0...maximum, using: &generator)).map { _ in
          UInt8.random(in: .min ... .max, using: &generator)
        }
      }
      return Frame(
        number: generator.next(), json: bytes(40),
        columns: bytes(Bool.random(using: &generator) ? 0 : 900))
    }
  }

  /// What is sent of a frame, checked to be in pieces that a socket can take.
  private static func bytes(of frame: Frame) throws -> [UInt8] {
    var (pieces, piece, all) = (try frame.pieces(), [UInt8](), [UInt8]())
    while pieces.next(&piece) {
      #expect(piece.count < 300_000)
      all += piece
    }
    return all
  }

  @Test("Vectors and columns of any length come out behind the JSON, in order")
  func large() throws {
    let vectors = try (1...700).map {
      try UnitVector(normalizing: [Float](repeating: 0, count: $0) + [1])
    }
    let columns = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let frame = Frame(number: 1, json: Array("{}".utf8), vectors: vectors, columns: columns)
    var parser = FrameParser()
    parser.append(try Self.bytes(of: frame))
    let found = try #require(try parser.next())
    #expect(found.json == frame.json)
    let components = vectors.flatMap(\.components)
    let bytes = unsafe components.withUnsafeBytes { unsafe Array($0) }
    #expect(found.columns == bytes + columns)
    #expect(try parser.next() == nil)
  }

  @Test("Frames come out whole, however their bytes are cut", arguments: 0..<20)
  func split(seed: UInt64) throws {
    let frames = Self.frames(seed: seed)
    let stream = try frames.flatMap { try Self.bytes(of: $0) }
    var generator = SeededGenerator(seed: seed + 1000)
    var parser = FrameParser()
    var found: [Frame] = []
    var rest = stream[...]
    while !rest.isEmpty {
      let size = Int.random(in: 1...min(rest.count, 300), using: &generator)
      parser.append(rest.prefix(size))
      rest = rest.dropFirst(size)
      while let frame = try parser.next() { found.append(frame) }
    }
    #expect(found == frames, "seed \(seed)")
  }

  @Test("A frame that has not wholly arrived is waited for")
  func partial() throws {
    let frame = Frame(number: 7, json: Array("{}".utf8), columns: [1, 2, 3])
    let bytes = try Self.bytes(of: frame)
    for size in 0..<bytes.count {
      var parser = FrameParser()
      parser.append(bytes.prefix(size))
      #expect(try parser.next() == nil)
    }
  }

  @Test("A header that no frame has ends the conversation")
  func garbage() throws {
    let headers: [[UInt8]] = [
      [UInt8](repeating: 0xFF, count: 16),
      [2, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + [3, 0, 0, 0],
      Array("HTTP/1.1 400 Bad Request".utf8),
    ]
    for header in headers {
      var parser = FrameParser()
      parser.append(header)
      #expect(throws: LociError.self) { try parser.next() }
    }
  }
}
