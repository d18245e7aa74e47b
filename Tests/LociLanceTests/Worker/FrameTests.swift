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

  @Test("Frames come out whole, however their bytes are cut", arguments: 0..<20)
  func split(seed: UInt64) throws {
    let frames = Self.frames(seed: seed)
    let stream = try frames.flatMap { try $0.head() + $0.columns }
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
    let bytes = try frame.head() + frame.columns
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
