import LociCore
import LociTestKit
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "The published test vectors come out",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func publishedVectors(text: String, digest: String) {
    #expect(Hexadecimal.text(SHA256.digest(text.utf8)) == digest)
  }

  @Test("A million times the letter a comes out")
  func millionLetters() {
    let digest = SHA256.digest([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(
      Hexadecimal.text(digest)
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("Cutting the input anywhere changes nothing", arguments: [1, 2, 3] as [UInt64])
  func anyCut(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var hash = SHA256()
    var offset = 0
    while offset < bytes.count {
      let end = min(bytes.count, offset + Int.random(in: 0...150, using: &generator))
      let piece = Array(bytes[offset..<end])
      hash.update(piece.span)
      offset = end
    }
    #expect(hash.finalize() == SHA256.digest(bytes), "seed \(seed)")
  }
}
