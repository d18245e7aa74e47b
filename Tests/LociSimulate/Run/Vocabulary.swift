import LociCore
import LociSimulation

/// Texts from few words, so that they resemble each other and questions hit.
enum Vocabulary {
  static let words = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty",
    "knoll", "larch", "maple", "north", "ocean", "pebble", "quarry", "river", "stone", "timber",
    "upland", "valley", "willow", "yonder",
  ]

  static func text(_ lengths: ClosedRange<Int>, using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: lengths, using: &generator))
      .map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
  }

  static func metadata(using generator: inout SeededGenerator) -> Metadata {
    var metadata: Metadata = [:]
    if generator.happens(0.5) { metadata["lang"] = generator.happens(0.5) ? "en" : "de" }
    if generator.happens(0.3) {
      metadata["n"] = .number(Double(Int.random(in: 0...3, using: &generator)))
    }
    return metadata
  }

  static func filter(using generator: inout SeededGenerator) -> Filter? {
    guard generator.happens(0.6) else { return nil }
    var filter = Filter()
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: filter.statuses = nil
    case 1: filter.statuses = [.archived, .forgotten]
    case 2: filter.collections = [.memories]
    case 3: filter.categories = [.fact]
    case 4: filter.metadata = [MetadataCondition("lang", .equal, "en")]
    default: filter.metadata = [MetadataCondition("n", .less, 2)]
    }
    return filter
  }
}
