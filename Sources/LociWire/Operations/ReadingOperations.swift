package import LociCore
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
      throw LociError(
        .notFound, "There is no such record in \(namespace.namespace).",
        remedy: "`loci list` shows the ids; `--namespace` looks elsewhere.")
    }
    return record
  }
}

/// Lists records, page by page.
package struct ListOperation: NamespaceOperation {
  package static let name = "list"
  package static let summary = "list records, in the order of their ids"
  package static let access = StoreAccess.reading

  /// Which records.
  package var filter = FilterParameters()
  /// The most records.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] =
    FilterParameters.parameters(at: \.filter) + [
      Parameter(
        "limit", \.limit, "The most records; 100 by default.", kind: .integer(1...1_000_000)),
      Parameter("after", \.after, "Go on after this id."),
    ]

  package func check() throws(LociError) { try filter.check() }

  package func run(in namespace: MemoryNamespace) async throws -> ListAnswer {
    let records = try await namespace.list(
      where: filter.wanted, after: after, limit: limit)
    return ListAnswer(
      records: records, next: records.count == limit ? records.last?.id : nil,
      hint: records.isEmpty ? try await namespace.emptyHint : nil)
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
