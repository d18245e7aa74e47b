import Foundation
import LociCore
import LociEmbedding
import LociTestKit
import Testing

@Suite("Safetensors files")
struct SafetensorsFileTests {
  private let folder: TemporaryFolder
  private let url: URL

  init() throws {
    folder = try TemporaryFolder()
    url = folder.file("model.safetensors")
  }

  private func open(_ bytes: [UInt8]) throws -> SafetensorsFile {
    try Data(bytes).write(to: url)
    return try SafetensorsFile(url)
  }

  private func refusal(_ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: url)
    let error = #expect(throws: LociError.self) { try SafetensorsFile(url) }
    #expect(error?.code == .corrupt)
    return error?.message ?? ""
  }

  private let two: [String: TinyTensor] = [
    "a": TinyTensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
    "b": TinyTensor(shape: [2], values: [7, 8]),
  ]

  @Test("A whole file gives each tensor's place, type and shape")
  func whole() throws {
    let bytes = Safetensors.file(two, .float32)
    let file = try open(bytes)
    #expect(file.tensors.keys.sorted() == ["a", "b"])
    let b = try #require(file.tensors["b"])
    #expect(b.elementType == "F32" && b.shape == [2] && b.byteCount == 8)
    #expect(Array(bytes[b.offset..<b.offset + 8]) == two["b"]?.bytes(.float32))
  }

  @Test("A file cut short at any byte is refused")
  func truncated() throws {
    let bytes = Safetensors.file(two, .float32)
    for count in 0..<bytes.count { _ = try refusal(Array(bytes.prefix(count))) }
  }

  @Test("Offsets at the end of all numbers are refused, and nothing overflows")
  func endlessOffsets() throws {
    let most = Int.max
    let entries = [
      [("a", [most], 0, most), ("b", [0], most, most)], [("a", [most, 2], 0, most)],
      [("a", [most], 0, most)], [("a", [0], most, most)],
      [("a", [0, most], 0, 0), ("b", [1], 0, 2)],
    ]
    for tensors in entries {
      let header = tensors.map { Safetensors.entry($0.0, "U8", $0.1, $0.2, $0.3) }
      _ = try refusal(
        Safetensors.file(header: "{" + header.joined(separator: ",") + "}", data: [1]))
    }
  }

  @Test("A byte too many is refused with both lengths")
  func tooLong() throws {
    let message = try refusal(Safetensors.file(two, .float32) + [0])
    #expect(message.contains("need 32 bytes, and it has 33"))
  }

  @Test(
    "A tampered table is refused, and the tensor is named",
    arguments: [
      Safetensors.entry("x", "F32", [2], 0, 16), Safetensors.entry("x", "F32", [4], 4, 20),
      Safetensors.entry("x", "F32", [4], 0, 8), Safetensors.entry("x", "F32", [-4], 0, 16),
      Safetensors.entry("x", "F32", [1 << 40, 1 << 40], 0, 16),
      Safetensors.entry("x", "F99", [4], 0, 16), Safetensors.entry("x", "F32", [4], 16, 0),
      "\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0]}",
      Safetensors.entry("w", "F32", [4], 0, 16) + "," + Safetensors.entry("x", "F32", [2], 8, 16),
    ])
  func tampered(entry: String) throws {
    let data = [UInt8](repeating: 0, count: 16)
    let message = try refusal(Safetensors.file(header: "{\(entry)}", data: data))
    #expect(message.contains("the tensor x"))
  }

  @Test(
    "A header that is no table is refused",
    arguments: ["", "{", "[]", "null", "{\"x\":1}", "{\"x\":{\"dtype\":\"F32\"}}", "\u{0}\u{0}"])
  func noTable(header: String) throws {
    _ = try refusal(Safetensors.file(header: header, data: []))
  }

  @Test("A header length beyond the file is refused", arguments: [UInt64.max, 1 << 62, 1000, 9])
  func hugeHeader(length: UInt64) throws {
    let message = try refusal(littleEndianBytes(length) + Array("{}".utf8))
    #expect(message.contains("\(length)"))
  }

  @Test("Random damage to the table is refused or harmless, and never traps", arguments: 1...8)
  func randomDamage(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = Safetensors.file(two, .float32)
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      do {
        for tensor in try open(damaged).tensors.values {
          #expect(tensor.offset + tensor.byteCount <= damaged.count)
        }
      } catch { #expect(error as? LociError != nil) }
    }
  }

  @Test("A missing file is not found")
  func missing() {
    let error = #expect(throws: LociError.self) { try SafetensorsFile(folder.file("none")) }
    #expect(error?.code == .notFound)
  }
}
