import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("Codes")
struct CodeTests {
  static let dimensions = [1, 2, 3, 5, 8, 31, 64, 65, 100, 127, 128, 384, 768, 1000, 1024, 4096]

  @Test("A rotation keeps lengths and cosines")
  func rotation() throws {
    var generator = SeededGenerator(seed: 1)
    for dimension in Self.dimensions {
      let rotation = Rotation(dimension: dimension)
      let left = try randomUnitVector(dimension, using: &generator)
      let right = try randomUnitVector(dimension, using: &generator)
      let cosine = dot(rotation(left), rotation(right))
      #expect(abs(cosine - dot(left.components, right.components)) < 1e-6)
      #expect(abs(dot(rotation(left), rotation(left)) - 1) < 4e-6)
    }
  }

  @Test("A rotation spreads a vector that has all its weight in one component")
  func spreading() throws {
    for dimension in [64, 100, 384, 1000] {
      let rotation = Rotation(dimension: dimension)
      for index in [0, dimension / 2, dimension - 1] {
        var components = [Float](repeating: 0, count: dimension)
        components[index] = 1
        let rotated = rotation(try UnitVector(normalizing: components))
        #expect(rotated.map(abs).max() ?? 1 < 0.6)
        #expect(rotated.count { abs($0) > 0.2 / Float(dimension).squareRoot() } > dimension / 2)
      }
    }
  }

  @Test("Scale × levels differs from the rotated vector by no more than the residual says")
  func residual() throws {
    var generator = SeededGenerator(seed: 2)
    for dimension in Self.dimensions {
      let quantizer = try Quantizer(dimension: dimension)
      for data in VectorData.allCases {
        for vector in try data.make(3, dimension: dimension, using: &generator) {
          let code = try quantizer.code(for: vector)
          let (header, levels) = try parts(of: code, dimension: dimension)
          let rest = zip(Rotation(dimension: dimension)(vector), levels).map {
            Double($0) - Double(header.scale) * Double($1)
          }
          let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
          #expect(norm <= Double(header.residual))
          #expect(Double(header.residual) <= norm * 1.000001 + 1e-12)
          #expect(levels.allSatisfy { $0 >= -127 })
        }
      }
    }
  }

  @Test("The same vector gives the same bytes on any machine: format 1")
  func fixture() throws {
    let small = try UnitVector(normalizing: [1, -2, 3, -4, 5])
    let expected: [UInt8] = [64, 27, 150, 59, 251, 128, 8, 59, 55, 116, 206, 127, 144]
    #expect(try Quantizer(dimension: 5).code(for: small).bytes == expected)

    let large = try UnitVector(normalizing: (0..<384).map { Float($0 * 7919 % 1009) - 504 })
    let bytes = try Quantizer(dimension: 384).code(for: large).bytes
    #expect(bytes.count == 392)
    let digest = ContentHash(of: bytes.map(String.init).joined(separator: " ")).description
    #expect(digest == "7a1d42f50eb5148d205450f0579aa3d46177cb38e0e9c100ba27ad4702de0eaf")
    #expect(Quantizer.formatVersion == 1)
  }

  @Test("A code's bytes make the same code again")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 3)
    for dimension in Self.dimensions {
      let quantizer = try Quantizer(dimension: dimension)
      let code = try quantizer.code(for: randomUnitVector(dimension, using: &generator))
      #expect(code.bytes.count == quantizer.codeByteCount)
      #expect(try VectorCode(bytes: code.bytes, dimension: dimension) == code)
    }
  }

  @Test("Bytes of another length, or with numbers that no unit vector has, are refused")
  func corruption() throws {
    let vector = try UnitVector(normalizing: [Float](repeating: 1, count: 8))
    let good = try Quantizer(dimension: 8).code(for: vector).bytes
    func isRefused(_ bytes: [UInt8]) -> Bool {
      do {
        _ = try VectorCode(bytes: bytes, dimension: 8)
        return false
      } catch {
        return error.code == .corrupt
      }
    }
    #expect(!isRefused(good))
    #expect(isRefused([]))
    #expect(isRefused(Array(good.dropLast())))
    #expect(isRefused(good + [0]))
    for number in [Float.nan, .infinity, -1, 0, 2] {
      #expect(isRefused(littleEndian(number) + good.dropFirst(4)))
    }
    for number in [Float.nan, .infinity, -1, 2] {
      #expect(isRefused(good.prefix(4) + littleEndian(number) + good.dropFirst(8)))
    }
  }

  @Test("A dimension that codes can't have is refused")
  func dimensions() throws {
    for dimension in [-1, 0, 4097] {
      #expect(throws: LociError.self) { try Quantizer(dimension: dimension) }
      #expect(throws: LociError.self) { try VectorIndex(dimension: dimension) }
    }
    let vector = try UnitVector(normalizing: [1, 2])
    #expect(throws: LociError.self) { try Quantizer(dimension: 3).code(for: vector) }
  }
}

private func littleEndian(_ number: Float) -> [UInt8] {
  [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number.bitPattern >> $0) }
}

func parts(
  of code: VectorCode, dimension: Int
) throws -> (header: CodeHeader, levels: [Int8]) {
  let header = try unsafe CodeHeader.validate(
    code.bytes.span.bytes, byteCount: VectorCode.byteCount(dimension: dimension))
  return (header, code.bytes.dropFirst(VectorCode.headerByteCount).map { Int8(bitPattern: $0) })
}

func dot(_ left: [Float], _ right: [Float]) -> Double {
  zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
