package import LociCore
package import LociJSON
package import LociMemory

/// Shows a record.
package struct GetOperation: NamespaceOperation {
  package static let name = "get"
  package static let summary = "show a record"
  package static let access = StoreAccess.reading

  /// Which record; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Record {
    guard let id, let record = try await namespace.get(id) else {
      throw LociError.noSuchRecord(in: namespace)
    }
    return record
  }
}

/// Tells in which spaces a record has a vector.
package struct EmbeddingsOperation: NamespaceOperation {
  package static let name = "embeddings"
  package static let summary = "show in which spaces a record is embedded, and since when"
  package static let access = StoreAccess.reading

  /// Which record; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> [EmbeddedRecord] {
    guard let id, try await namespace.get(id) != nil else {
      throw LociError.noSuchRecord(in: namespace)
    }
    return try await namespace.embeddings(of: id)
  }
}

extension EmbeddedRecord {
  /// The space, and what is known of the vector there, as JSON.
  package var json: JSON {
    [
      "space": .string(space.key), "model": .string(space.model),
      "revision": .string(space.revision), "dimension": .integer(space.dimension),
      "fresh": .bool(isFresh), "embedded_at": JSON(embeddedAt) { .string(WireFormat.time($0)) },
    ]
  }
}

/// Lists records, page by page.
package struct ListOperation: NamespaceOperation {
  package static let name = "list"
  package static let summary = "list records, by their ids or in another order"
  package static let access = StoreAccess.reading

  /// Which records.
  package var filter = FilterParameters()
  /// The most records.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?
  /// By what they are ordered; nil means by their ids.
  package var order: Attribute?
  /// Whether the largest comes first; by the time of storing where no order is named.
  package var isDescending = false

  package init() {}

  package static let parameters: [Parameter<Self>] =
    FilterParameters.parameters(at: \.filter) + [
      Parameter(
        "limit", \.limit, "The most records; 100 by default.", kind: .integer(1...1_000_000)),
      Parameter("after", \.after, "Go on after this id."),
      Parameter(
        "order", \.order,
        "Order by this field and not by ids; what has no such value comes last."),
      Parameter(
        "descending", \.isDescending, "The largest first; without an order the newest first."),
    ]

  package func check() throws(LociError) { try filter.check() }

  package func run(in namespace: MemoryNamespace) async throws -> ListAnswer {
    let records = try await records(of: namespace)
    return ListAnswer(
      records, limit: limit, hint: records.isEmpty ? try await namespace.emptyHint : nil)
  }
}

extension ListOperation {
  private func records(of namespace: MemoryNamespace) async throws -> [Record] {
    guard let order = order ?? (isDescending ? .createdAt : nil) else {
      return try await namespace.list(where: filter.wanted, after: after, limit: limit)
    }
    let wanted = RecordOrder(by: order, isDescending: isDescending)
    var cursor: RecordCursor?
    if let after {
      guard let last = try await namespace.get(after) else {
        throw LociError(
          .notFound, "The record to go on after is gone, so its place in this order is not known.",
          remedy: "Begin again without it, or list in the order of ids.")
      }
      cursor = RecordCursor(after: last, in: wanted)
    }
    return try await namespace.list(
      where: filter.wanted, orderedBy: wanted, after: cursor, limit: limit)
  }
}

/// Tells what happened to records, newest first.
package struct AuditOperation: NamespaceOperation {
  package static let name = "audit"
  package static let summary = "show what happened to records, newest first"
  package static let access = StoreAccess.reading

  /// Only this record.
  package var record: RecordID?
  /// The most lines.
  package var limit = 100

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("record", \.record, "Only this record."),
    Parameter("limit", \.limit, "The most lines; 100 by default.", kind: .integer(1...1_000_000)),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> [AuditEntry] {
    try await namespace.audit(record: record, limit: limit)
  }
}
