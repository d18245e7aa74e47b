import LociCore

/// What a caller can expect of a stored record.
struct Facts: Hashable, Sendable {
  var collection: Record.Collection
  var text: String
  var category: Record.Category?
  var status: Record.Status
  var metadata: Metadata
  var source: Record.Source?
  /// Its texts before this one, oldest first.
  var earlierTexts: [String] = []

  /// What is embedded of it.
  var passage: String { Record.passage(of: text, from: source) }

  init(of record: Record) {
    collection = record.collection
    text = record.text
    category = record.category
    status = record.status
    metadata = record.metadata
    source = record.source
  }
}

extension Facts {
  /// These facts in the place of others: every text that is replaced is kept.
  fileprivate func following(_ old: Facts?) -> Facts {
    var facts = self
    let texts = (old.map { [$0.text] } ?? []) + earlierTexts + [text]
    let changed = zip(texts, texts.dropFirst()).filter { $0 != $1 }.map(\.0)
    facts.earlierTexts = (old?.earlierTexts ?? []) + changed
    return facts
  }

  /// The facts that a recall shows.
  var withoutEarlierTexts: Facts {
    var facts = self
    facts.earlierTexts = []
    return facts
  }
}

/// A record's name in the whole memory.
struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
  let namespace: Namespace
  let id: RecordID

  var description: String { "\(namespace)/\(id)" }

  static func < (left: Name, right: Name) -> Bool {
    (left.namespace, left.id) < (right.namespace, right.id)
  }
}

/// What a write does to one record.
enum Effect: Sendable {
  case put(Facts)
  case patch(RecordPatch)
  case erase

  /// The record afterwards. False in `isPossible`: this can't have been acknowledged.
  func applied(to old: Facts?) -> (facts: Facts?, isPossible: Bool) {
    switch self {
    case .put(let new): return (new.following(old), true)
    case .erase: return (nil, true)
    case .patch(let patch):
      guard var facts = old else { return (nil, false) }
      if let text = patch.text, text != facts.text {
        facts.earlierTexts.append(facts.text)
        facts.text = text
      }
      if let status = patch.status { facts.status = status }
      if let category = patch.category { facts.category = category }
      facts.metadata.merge(patch.metadata) { $1 }
      return (facts, true)
    }
  }
}

/// An effect and what its caller was told.
struct Attempt: Sendable {
  let effect: Effect
  let isAcknowledged: Bool
}

extension [Attempt] {
  /// What a record can be after these attempts, made at the same time: an acknowledged one has
  /// happened, another one may have, in any order.
  func possibleEnds(from start: Facts?) -> Set<Facts?> {
    guard !isEmpty else { return [start] }
    var ends: Set<Facts?> = []
    for index in indices {
      var rest = self
      let attempt = rest.remove(at: index)
      let (facts, isPossible) = attempt.effect.applied(to: start)
      if isPossible { ends.formUnion(rest.possibleEnds(from: facts)) }
      if !attempt.isAcknowledged { ends.formUnion(rest.possibleEnds(from: start)) }
    }
    return ends
  }

  /// What a record can be while these attempts are being made.
  func possibleMoments(from start: Facts?) -> Set<Facts?> {
    map { Attempt(effect: $0.effect, isAcknowledged: false) }.possibleEnds(from: start)
  }
}
