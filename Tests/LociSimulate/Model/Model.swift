import Foundation
import LociCore

/// What the memory must hold: a plain dictionary of what was acknowledged.
struct Model {
  /// Every record.
  var records: [Name: Facts] = [:]
  /// The records whose callers were told that they are found by meaning.
  var embedded: Set<Name> = []
  /// Every value by key.
  var values: [KeyName: String] = [:]
  /// The text of every document on disk, by namespace and address.
  var documents: [Namespace: [String: String]] = [:]

  func names(in namespace: Namespace) -> [Name] {
    records.keys.filter { $0.namespace == namespace }.sorted()
  }

  func passing(_ filter: Filter, in namespace: Namespace) -> [(name: Name, facts: Facts)] {
    records.filter { $0.key.namespace == namespace && filter.passes(namespace, $0.value) }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  mutating func set(_ name: Name, to facts: Facts?) {
    records[name] = facts
    if facts == nil { embedded.remove(name) }
  }
}

extension Filter {
  /// Whether a record passes; the simulation's filters say nothing of times.
  func passes(_ namespace: Namespace, _ facts: Facts) -> Bool {
    matches(facts.attributes(in: namespace, createdAt: .distantPast))
  }
}

extension Facts {
  /// What a vector store must know of a record.
  func attributes(in namespace: Namespace, createdAt: Date) -> VectorAttributes {
    VectorAttributes(
      namespace: namespace, collection: collection, status: status, category: category,
      createdAt: createdAt, sourceURI: source?.uri, metadata: metadata)
  }
}
