import Foundation
import LociCore
import LociTestKit
import Synchronization

/// A vector store with one flaw, which the property runner must notice.
struct FlawedVectorStore: ForwardingVectorStore {
  enum Flaw: String, CaseIterable {
    case neverDeletes
    case mixesNamespaces
    case losesBatches
    case filtersAfterTopK
    case keepsOldAttributes
    case ranksWorstFirst
  }

  let base: any VectorStore
  let flaw: Flaw
  private let upsertCount = Counter()

  init(_ base: any VectorStore, _ flaw: Flaw) {
    self.base = base
    self.flaw = flaw
  }

  func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    if flaw == .losesBatches && upsertCount.next().isMultiple(of: 6) { return }
    guard flaw == .keepsOldAttributes, let namespace = entries.first?.attributes.namespace else {
      return try await base.upsert(entries, in: space)
    }
    let old = try await base.get(entries.map(\.id), namespace: namespace, in: space)
    let known = old.keyed(by: \.id)
    try await base.upsert(
      entries.map { entry in
        var entry = entry
        entry.attributes = known[entry.id]?.attributes ?? entry.attributes
        return entry
      }, in: space)
  }

  func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    flaw == .neverDeletes
      ? ids.count : try await base.delete(ids, namespace: namespace, in: space)
  }

  func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    switch flaw {
    case .mixesNamespaces:
      var matches: [VectorMatch] = []
      for namespace in try await base.namespaces(in: space) {
        matches += try await base.search(
          query, namespace: namespace, in: space, limit: limit, where: filter)
      }
      return Array(matches.sorted(by: VectorMatch.ranksBefore).prefix(limit))
    case .filtersAfterTopK:
      let wide = Filter(statuses: nil)
      let matches = try await base.search(
        query, namespace: namespace, in: space, limit: limit, where: wide)
      let entries = try await base.get(
        matches.map(\.id), namespace: namespace, in: space)
      let passing = Set(entries.filter { filter.matches($0.attributes) }.map(\.id))
      // As if the store held so many that top-k is cut early.
      return Array(matches.prefix(3)).filter { passing.contains($0.id) }
    case .ranksWorstFirst:
      return try await base.search(
        query, namespace: namespace, in: space, limit: 10_000, where: filter
      )
      .suffix(limit).reversed()
    case .neverDeletes, .losesBatches, .keepsOldAttributes:
      return try await base.search(
        query, namespace: namespace, in: space, limit: limit, where: filter)
    }
  }
}

/// A record store with one flaw, which the property runner must notice.
struct FlawedRecordStore: ForwardingRecordStore {
  enum Flaw: String, CaseIterable {
    case keepsErased
    case losesBatches
    case splitsBatches
    case ignoresStatus
    case searchesOldWords
  }

  let base: any RecordStore
  let flaw: Flaw
  private let applyCount = Counter()

  init(_ base: any RecordStore, _ flaw: Flaw) {
    self.base = base
    self.flaw = flaw
  }

  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    requiring preconditions: [Precondition]
  ) async throws -> [Record?] {
    switch flaw {
    case .keepsErased:
      let kept = changes.filter { if case .delete = $0 { false } else { true } }
      return try await base.apply(kept, in: namespace, actor: actor, at: time)
    case .losesBatches where applyCount.next().isMultiple(of: 9):
      return changes.map { change in
        switch change {
        case .insert(let record), .upsert(let record): record
        case .patch, .delete: nil
        }
      }
    case .splitsBatches:
      var answers: [Record?] = []
      for change in changes {
        answers += try await base.apply([change], in: namespace, actor: actor, at: time)
      }
      return answers
    default:
      return try await base.apply(
        changes, in: namespace, actor: actor, at: time, requiring: preconditions)
    }
  }

  func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    let found = try await base.get(ids, namespace: namespace)
    guard flaw == .ignoresStatus else { return found }
    return found.map { record in
      var record = record
      record.status = .active
      return record
    }
  }

  func search(
    words query: String, in namespace: Namespace, limit: Int, where filter: Filter
  ) async throws -> [LexicalMatch] {
    let found = try await base.search(
      words: query, in: namespace, limit: limit, where: filter)
    return flaw == .searchesOldWords ? Array(found.dropLast()) : found
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
