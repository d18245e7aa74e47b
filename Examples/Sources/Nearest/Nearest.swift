import LociIndex

/// Finds the word that was meant, with the index alone: a word's vector counts its letter triples,
/// and no model is needed.
@main
enum Nearest {
  static let dimension = 256
  static let words = [
    "accommodate", "conscience", "definitely", "embarrass", "millennium", "necessary",
    "occasionally", "privilege", "recommend", "rhythm", "separate", "threshold",
  ]

  static func main() throws {
    let index = try InMemoryVectorIndex<String>(dimension: dimension)
    for word in words { try index.upsert(vector(of: word), id: word) }
    for typo in ["acomodate", "definately", "milenium", "seperate", "rythm"] {
      let nearest = try index.search(vector(of: typo), limit: 2)
      print(typo, "->", nearest.map { "\($0.id) \($0.similarity)" }.joined(separator: ", "))
    }
  }

  /// Counts a word's letter triples, each at a place that its letters decide.
  static func vector(of word: String) throws -> UnitVector {
    let letters = Array("^\(word)$".unicodeScalars)
    var counts = [Float](repeating: 0, count: dimension)
    for start in 0..<letters.count - 2 {
      let triple = letters[start..<start + 3].reduce(UInt32(7)) { $0 &* 31 &+ $1.value }
      counts[Int(triple % UInt32(dimension))] += 1
    }
    return try UnitVector(normalizing: counts)
  }
}
