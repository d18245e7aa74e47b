package import Foundation
package import LociCore

/// Spaces, vectors, records and filters for contract suites; all from seeds.
package enum Samples {
  /// A space; another model's name makes another space.
  package static func space(dimension: Int = 16, model: String = "sample") -> EmbeddingSpace {
    EmbeddingSpace(
      provider: "test", model: model, revision: "1", dimension: dimension, pooling: .mean,
      maximumTokens: 256)
  }

  /// A random direction.
  package static func vector(
    dimension: Int = 16, using generator: inout SeededGenerator
  ) throws -> UnitVector {
    try UnitVector(
      normalizing: (0..<dimension).map { _ in Float.random(in: -1...1, using: &generator) })
  }

  /// A unit vector along one axis.
  package static func axis(_ axis: Int, dimension: Int = 16) throws -> UnitVector {
    var components = [Float](repeating: 0, count: dimension)
    components[axis] = 1
    return try UnitVector(normalizing: components)
  }

  /// An entry; its hash is that of its id.
  package static func entry(
    _ id: String, _ vector: UnitVector, part: Int = 0, in namespace: String = "one",
    embeddedAt: Date? = Date(millisecondsSince1970: 1_700_000_000_123),
    _ change: (inout VectorAttributes) throws -> Void = { _ in }
  ) throws -> VectorEntry {
    var attributes = VectorAttributes(
      namespace: try Namespace(namespace),
      createdAt: Date(millisecondsSince1970: 1_700_000_000_000))
    try change(&attributes)
    return VectorEntry(
      id: try RecordID(id), part: part, contentHash: ContentHash(of: id), vector: vector,
      embeddedAt: embeddedAt, attributes: attributes)
  }

  /// A record.
  package static func record(
    _ id: String, _ text: String = "some text", in namespace: String = "one",
    metadata: Metadata = [:]
  ) throws -> Record {
    try Record(
      id: RecordID(id), namespace: Namespace(namespace), text: text, metadata: metadata,
      createdAt: Date(millisecondsSince1970: 1_700_000_000_000))
  }

  /// A filter that lets a whole namespace pass.
  package static func everything(in namespace: String = "one") throws -> Scope {
    Scope(namespace: try Namespace(namespace), statuses: nil)
  }

  /// Random attributes in a namespace, from few values, so that filters often hit.
  package static func attributes(
    in namespace: Namespace, using generator: inout SeededGenerator
  ) throws -> VectorAttributes {
    var attributes = VectorAttributes(
      namespace: namespace,
      collection: Bool.random(using: &generator) ? .memories : .chunks,
      status: Record.Status.allCases.randomElement(using: &generator) ?? .active,
      category: [nil, .fact, .preference].randomElement(using: &generator) ?? nil,
      createdAt: Date(millisecondsSince1970: .random(in: 0...9, using: &generator)),
      sourceURI: [nil, "a.md", "b.md"].randomElement(using: &generator) ?? nil,
      audience: Record.Audience.allCases.randomElement(using: &generator) ?? .everyone,
      author: ([nil] + authors).randomElement(using: &generator) ?? nil,
      importance: .random(in: 1...5, using: &generator),
      confidence: [0, 0.1, 0.3, 1].randomElement(using: &generator) ?? 1,
      metadata: metadata(using: &generator))
    if Bool.random(using: &generator) {
      attributes.whole = try RecordID(Bool.random(using: &generator) ? "w" : "it's")
      attributes.position = Int.random(in: -2...2, using: &generator)
    }
    attributes.occurredAt = time(using: &generator)
    // Where something ends, it ends after it began.
    attributes.validFrom = time(using: &generator)
    attributes.validUntil = time(10, using: &generator)
    attributes.knownFrom = time(using: &generator)
    attributes.knownUntil = time(10, using: &generator)
    return attributes
  }

  /// A record that has these attributes.
  package static func record(_ id: String, _ attributes: VectorAttributes) throws -> Record {
    try Record(
      id: RecordID(id), namespace: attributes.namespace, collection: attributes.collection,
      text: "word", category: attributes.category, metadata: attributes.metadata,
      author: attributes.author, audience: attributes.audience,
      source: attributes.sourceURI.map { .init(uri: $0) }, whole: attributes.whole,
      position: attributes.position, occurredAt: attributes.occurredAt,
      validFrom: attributes.validFrom, validUntil: attributes.validUntil,
      knownFrom: attributes.knownFrom, knownUntil: attributes.knownUntil,
      status: attributes.status, importance: attributes.importance,
      confidence: attributes.confidence, createdAt: attributes.createdAt)
  }

  /// A time within ten milliseconds, or none.
  private static func time(
    _ start: Int64 = 0, using generator: inout SeededGenerator
  ) -> Date? {
    Bool.random(using: &generator)
      ? nil
      : Date(millisecondsSince1970: start + .random(in: 0...9, using: &generator))
  }

  /// A random filter on a namespace.
  package static func filter(
    on namespace: Namespace, using generator: inout SeededGenerator
  ) -> Scope {
    var filter = Scope(namespace: namespace)
    if Bool.random(using: &generator) { filter.statuses = nil }
    if Bool.random(using: &generator) {
      filter.collections = [[.memories], [.chunks], [], [.memories, .chunks]]
        .randomElement(using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      filter.categories = [[.fact], [.fact, .decision], []].randomElement(using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      filter.createdFrom = Date(millisecondsSince1970: .random(in: 0...9, using: &generator))
    }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      filter.createdBefore = Date(millisecondsSince1970: .random(in: 0...9, using: &generator))
    }
    if Int.random(in: 0..<4, using: &generator) == 0 { filter.sourceURI = "a.md" }
    askForContext(&filter, using: &generator)
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      filter.metadata.append(
        MetadataCondition(
          keys.randomElement(using: &generator) ?? "",
          MetadataCondition.Comparison.allCases.randomElement(using: &generator) ?? .equal,
          anyOf(using: &generator)))
    }
    return filter
  }

  private static func askForContext(
    _ filter: inout Scope, using generator: inout SeededGenerator
  ) {
    func isAsked() -> Bool { Int.random(in: 0..<8, using: &generator) == 0 }
    func names() -> [String] {
      (authors + ["nobody"]).filter { _ in Bool.random(using: &generator) }
    }
    if isAsked() {
      filter.audiences = [[.everyone], [.author, .trusting], []].randomElement(using: &generator)
    }
    if isAsked() { filter.authors = names() }
    if isAsked() {
      filter.reader = Filter.Reader(
        authors.randomElement(using: &generator) ?? "", trusting: names())
    }
    if isAsked() { filter.whole = try? RecordID("it's") }
    if isAsked() { filter.positions = .random(in: -2...0, using: &generator)...1 }
    if isAsked() { filter.importance = 2...Int.random(in: 2...9, using: &generator) }
    if isAsked() {
      filter.confidence = [0.1...0.3, -Double.infinity...0.3, 0.3...Double.infinity, 2...3]
        .randomElement(using: &generator)
    }
    if isAsked() {
      filter.times.append(
        TimeCondition(
          TimeCondition.Time.allCases.randomElement(using: &generator) ?? .occurred,
          from: time(using: &generator), before: time(5, using: &generator)))
    }
    if isAsked() {
      filter = filter.asOf(
        time(3, using: &generator) ?? Date(millisecondsSince1970: 8),
        known: time(8, using: &generator))
    }
  }

  private static let authors = ["ada", "Zoë", "a\0b", "Zoe\u{308}"]
  private static let keys = ["k", "", "a.b", "quo\"te", "$[0]", "nul\0", "é", "\u{1}"]
  private static let strings = [
    "", "a", "b", "A", "a\0", "a\0b", "a\u{1}", "\u{1}\u{2}", "é", "e\u{301}", "日本", "👍🏽", "1",
    "\"", "true", "\\u0000", "\u{FFFD}", "\u{10FFFF}",
  ]
  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.1, 0.30000000000000004, 1e300, -1e-300, .leastNonzeroMagnitude, 1.5,
    9_007_199_254_740_992, 1e22, .greatestFiniteMagnitude,
  ]

  private static func metadata(using generator: inout SeededGenerator) -> Metadata {
    var result: Metadata = [:]
    for key in keys where Int.random(in: 0..<3, using: &generator) == 0 {
      result[key] = anyOf(using: &generator)
    }
    return result
  }

  /// A value, or a list of some.
  private static func anyOf(using generator: inout SeededGenerator) -> MetadataValue {
    guard Int.random(in: 0..<4, using: &generator) == 0 else { return value(using: &generator) }
    return .list(
      (0..<Int.random(in: 0...3, using: &generator)).map { _ in value(using: &generator) })
  }

  private static func value(using generator: inout SeededGenerator) -> MetadataValue {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0, 1: .string(strings.randomElement(using: &generator) ?? "")
    case 2: .number(numbers.randomElement(using: &generator) ?? 0)
    case 3: .number(.random(in: -1...1, using: &generator))
    default: .bool(.random(using: &generator))
    }
  }
}
