import Foundation

/// What a filter asks of attributes, for stores to translate, whatever filters can say one day.
package indirect enum FilterTest: Hashable, Sendable {
  /// An attribute fulfils a condition. Where it has no value, it fulfils ``Condition/isMissing``.
  case attribute(Attribute, Condition)
  /// One of these holds; of none, none does.
  case any([FilterTest])
  /// All of these hold.
  case all([FilterTest])

  /// How a value is tested.
  package enum Condition: Hashable, Sendable {
    /// It is one of these texts, which are sorted; there may be none.
    case isOneOf([String])
    /// It is this number or a larger one.
    case atLeast(AttributeValue)
    /// It is this number or a smaller one.
    case atMost(AttributeValue)
    /// It is a smaller number.
    case below(AttributeValue)
    /// There is no value.
    case isMissing
  }

  /// What is asked about.
  package var attributes: Set<Attribute> {
    switch self {
    case .attribute(let attribute, _): [attribute]
    case .any(let tests), .all(let tests): tests.reduce(into: []) { $0.formUnion($1.attributes) }
    }
  }
}

extension Filter {
  /// What is asked of attributes; all of it must hold, beside the namespace and what
  /// ``Filter/metadata`` says.
  package var tests: [FilterTest] {
    let sets: [(Attribute, [String]?)] = [
      (.collection, collections.map { $0.map(\.name) }),
      (.status, statuses.map { $0.map(\.rawValue) }),
      (.category, categories.map { $0.map(\.name) }),
      (.sourceURI, sourceURI.map { [$0] }),
      (.audience, audiences.map { $0.map(\.rawValue) }),
      (.author, authors),
      (.whole, whole.map { [$0.text] }),
    ]
    let named = sets.compactMap { attribute, texts in
      texts.map { FilterTest.attribute(attribute, .isOneOf($0.sorted())) }
    }
    let created = Self.range(.createdAt, from: createdFrom, before: createdBefore)
    let ranged = times.flatMap { condition in
      Self.range(
        condition.time.attribute, from: condition.from ?? Date(millisecondsSince1970: .min),
        before: condition.before)
    }
    let rest = [validAt.map(Self.isValid), knownAt.map(Self.isKnown), reader?.test]
    return named + created + ranged + numbers + rest.compactMap(\.self)
  }

  private static func range(_ attribute: Attribute, from: Date?, before: Date?) -> [FilterTest] {
    [
      AttributeValue(from).map { .attribute(attribute, .atLeast($0)) },
      AttributeValue(before).map { .attribute(attribute, .below($0)) },
    ].compactMap(\.self)
  }

  private var numbers: [FilterTest] {
    var tests: [FilterTest] = []
    for (attribute, range) in [(Attribute.position, positions), (.importance, importance)] {
      guard let range else { continue }
      tests += [
        .attribute(attribute, .atLeast(.integer(Int64(range.lowerBound)))),
        .attribute(attribute, .atMost(.integer(Int64(range.upperBound)))),
      ]
    }
    if let confidence {
      // Infinity has no literal in SQL, and no record's confidence is beyond 0…1.
      let (least, most) = (confidence.lowerBound, confidence.upperBound)
      tests += [
        .attribute(.confidence, .atLeast(.real(min(max(least, -1), 2)))),
        .attribute(.confidence, .atMost(.real(min(max(most, -1), 2)))),
      ]
    }
    return tests
  }

  private static func isValid(at time: Date) -> FilterTest {
    let now = AttributeValue.integer(time.millisecondsSince1970)
    return .all([
      .any([.attribute(.validFrom, .isMissing), .attribute(.validFrom, .atMost(now))]),
      isOpen(.validUntil, after: now),
    ])
  }

  private static func isKnown(at time: Date) -> FilterTest {
    let now = AttributeValue.integer(time.millisecondsSince1970)
    return .all([
      .any([
        .attribute(.knownFrom, .atMost(now)),
        .all([.attribute(.knownFrom, .isMissing), .attribute(.createdAt, .atMost(now))]),
      ]),
      isOpen(.knownUntil, after: now),
    ])
  }

  private static func isOpen(_ end: Attribute, after now: AttributeValue) -> FilterTest {
    guard case .integer(let time) = now, time < .max else {
      return .attribute(end, .isMissing)
    }
    return .any([
      .attribute(end, .isMissing), .attribute(end, .atLeast(.integer(time + 1))),
    ])
  }
}

extension Filter.Reader {
  fileprivate var test: FilterTest {
    .any([
      Self.isFor(.everyone),
      .attribute(.author, .isOneOf([id])),
      .all([Self.isFor(.trusting), .attribute(.author, .isOneOf(trusts.sorted()))]),
    ])
  }

  private static func isFor(_ audience: Record.Audience) -> FilterTest {
    .attribute(.audience, .isOneOf([audience.rawValue]))
  }
}
