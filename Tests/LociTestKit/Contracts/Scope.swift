package import Foundation
package import LociCore

/// The records of a namespace that pass a filter: a store's two parameters in one value, as the
/// contract suites list them.
@dynamicMemberLookup
package struct Scope: Hashable, Sendable {
  /// The namespace.
  package var namespace: Namespace
  /// Which of its records.
  package var filter: Filter

  /// Makes a scope; by default active records of every collection.
  package init(
    namespace: Namespace, collections: Set<Record.Collection>? = nil,
    statuses: Set<Record.Status>? = [.active], categories: Set<Record.Category>? = nil,
    createdFrom: Date? = nil, createdBefore: Date? = nil, sourceURI: String? = nil,
    metadata: [MetadataCondition] = []
  ) {
    self.namespace = namespace
    filter = Filter(
      collections: collections, statuses: statuses, categories: categories,
      createdFrom: createdFrom, createdBefore: createdBefore, sourceURI: sourceURI,
      metadata: metadata)
  }

  /// What the filter asks for.
  package subscript<Value>(dynamicMember path: WritableKeyPath<Filter, Value>) -> Value {
    get { filter[keyPath: path] }
    set { filter[keyPath: path] = newValue }
  }

  /// See ``Filter/asOf(_:known:)``.
  package func asOf(_ time: Date, known: Date? = nil) -> Scope {
    var scope = self
    scope.filter = filter.asOf(time, known: known)
    return scope
  }

  /// Whether a record with these attributes is among them.
  package func matches(_ attributes: VectorAttributes) -> Bool {
    attributes.namespace == namespace && filter.matches(attributes)
  }
}

extension RecordStore {
  package func list(
    where scope: Scope, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try await list(in: scope.namespace, where: scope.filter, after: cursor, limit: limit)
  }

  package func count(where scope: Scope) async throws -> Int {
    try await count(in: scope.namespace, where: scope.filter)
  }

  package func sourceURIs(where scope: Scope) async throws -> [String] {
    try await sourceURIs(in: scope.namespace, where: scope.filter)
  }

  package func search(
    words query: String, limit: Int, where scope: Scope
  ) async throws -> [LexicalMatch] {
    try await search(words: query, in: scope.namespace, limit: limit, where: scope.filter)
  }
}

extension VectorStore {
  package func prepare(for scope: Scope) async {
    await prepare(namespace: scope.namespace, where: scope.filter)
  }

  package func search(
    _ query: UnitVector, in space: EmbeddingSpace, limit: Int, where scope: Scope
  ) async throws -> [VectorMatch] {
    try await search(
      query, namespace: scope.namespace, in: space, limit: limit, where: scope.filter)
  }

  package func count(in space: EmbeddingSpace, where scope: Scope) async throws -> Int {
    try await count(namespace: scope.namespace, in: space, where: scope.filter)
  }
}
