import Loci

/// An embedding as it lies in the cache's file, little-endian: 32 bytes of hash, 4 of token count,
/// 4 of flags, 4 a component, 8 of checksum.
struct CachedEmbedding {
  let hash: ContentHash
  let embedding: Embedding

  init(hash: ContentHash, embedding: Embedding) {
    (self.hash, self.embedding) = (hash, embedding)
  }

  /// Reads an entry; nil where it is not what was written.
  init?(_ bytes: [UInt8], dimension: Int) {
    let end = Self.size(dimension) - 8
    guard bytes.count == end + 8, Self.word(bytes, at: end, 8) == Self.checksum(bytes[..<end]),
      let hash = try? ContentHash(bytes: Array(bytes[..<32]))
    else { return nil }
    let components = (0..<dimension).map { index in
      Float(bitPattern: UInt32(truncatingIfNeeded: Self.word(bytes, at: 40 + 4 * index, 4)))
    }
    guard let vector = try? UnitVector(normalizing: components) else { return nil }
    self.hash = hash
    embedding = Embedding(
      vector: vector, tokenCount: Int(Self.word(bytes, at: 32, 4)),
      isTruncated: Self.word(bytes, at: 36, 4) != 0)
  }

  var bytes: [UInt8] {
    var bytes = hash.bytes
    Self.append(UInt64(clamping: embedding.tokenCount), 4, to: &bytes)
    Self.append(embedding.isTruncated ? 1 : 0, 4, to: &bytes)
    for component in embedding.vector.components {
      Self.append(UInt64(component.bitPattern), 4, to: &bytes)
    }
    Self.append(Self.checksum(bytes[...]), 8, to: &bytes)
    return bytes
  }

  /// What a file begins with.
  static func header(_ dimension: Int) -> [UInt8] {
    var bytes = Array("LOCIEMB1".utf8)
    append(UInt64(dimension), 8, to: &bytes)
    return bytes
  }

  /// The bytes of an entry.
  static func size(_ dimension: Int) -> Int { 32 + 4 + 4 + 4 * dimension + 8 }

  /// Where an entry begins.
  static func offset(of entry: Int, _ dimension: Int) -> Int {
    header(dimension).count + entry * size(dimension)
  }

  private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  private static func word(_ bytes: [UInt8], at start: Int, _ count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
  }

  /// FNV-1a of 64 bits (Fowler, Noll and Vo): it finds accidents, no forgeries.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
