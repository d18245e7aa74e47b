import LociCore
import LociTestKit
import Testing

@Suite("Bytes of UTF-8")
struct UTF8Tests {
  @Test(
    "The first bad byte is found where it stands",
    arguments: [
      ([], nil), ([0x61], nil), (Array("a\u{301}é漢🫖".utf8), nil), ([0x80], 0), ([0x61, 0xFF], 1),
      ([0x61, 0x62, 0xC3], 2), ([0xC3, 0xA9, 0xE6, 0xBC], 2), ([0xED, 0xA0, 0x80], 0),
      ([0xF4, 0x90, 0x80, 0x80], 0), ([0xC0, 0x80], 0), ([0xF0, 0x9F, 0xAB, 0x61], 0),
    ] as [([UInt8], Int?)])
  func firstBadByte(bytes: [UInt8], place: Int?) {
    #expect(bytes.firstInvalidUTF8 == place)
  }

  /// Any byte put anywhere into any text: what stands before the place that is named is valid.
  @Test("What stands before the first bad byte is UTF-8, and what begins there is not")
  func anyBytes() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      var bytes = Array("Tea, thé, 茶 🫖".utf8)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      guard let bad = bytes.firstInvalidUTF8 else {
        #expect(Array(String(decoding: bytes, as: UTF8.self).utf8) == bytes)
        continue
      }
      #expect(String(validating: bytes[..<bad], as: UTF8.self) != nil)
      for end in bad + 1...min(bad + 4, bytes.count) {
        #expect(String(validating: bytes[bad..<end], as: UTF8.self) == nil)
      }
    }
  }
}
