package import LociAgents
package import LociCore
package import LociJSON
package import LociMemory

/// Puts a new record in the place of another one.
package struct SupersedeOperation: NamespaceOperation {
  package static let name = "supersede"
  package static let summary = "put a new record in the place of one that is not so any more"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?
  /// What takes its place.
  package var remember = RememberOperation()
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  private static let otherwise: Set<String> = ["id", "unless_duplicate", "duplicate_above"]

  package static let parameters: [Parameter<Self>] =
    [Parameter("id", \.id, "The id of the record to replace.", isRequired: true)]
    + RememberOperation.parameters.filter { !otherwise.contains($0.name) }
    .map { $0.lifted(to: \.remember) } + [
      .actor(\.actor)
    ]

  package func run(in namespace: MemoryNamespace) async throws -> Supersession {
    let id = try Self.required(id)
    var namespace = namespace
    namespace.allowsPending = true
    return try await namespace.supersede(id, by: remember.memory, actor: actor)
  }
}

extension Supersession {
  /// Both records as JSON.
  package var json: JSON {
    guard case .object(let members) = new.json else { return new.json }
    return .object(members + [("superseded", old.json)])
  }
}

/// Shows what a record replaced, and what replaced it.
package struct ChainOperation: NamespaceOperation {
  package static let name = "chain"
  package static let summary = "show what a record replaced, and what replaced it"
  package static let access = StoreAccess.reading

  /// Which record; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> [Record] {
    guard let id, let lineage = try await namespace.lineage(of: id) else {
      throw LociError.noSuchRecord(in: namespace)
    }
    return lineage.earlier.reversed() + [lineage.record] + lineage.later
  }
}

/// Says that a record is not held for true any more.
package struct InvalidateOperation: NamespaceOperation {
  package static let name = "invalidate"
  package static let summary = "say that a record is not held for true any more"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true),
    .actor(\.actor),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Record {
    let id = try Self.required(id)
    return try await namespace.invalidate(id, actor: actor)
  }
}

/// Brings a record back that was hidden.
package struct UnforgetOperation: NamespaceOperation {
  package static let name = "unforget"
  package static let summary = "bring back a record that was hidden by `forget --soft`"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true),
    .actor(\.actor),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Record {
    let id = try Self.required(id)
    return try await namespace.unforget(id, actor: actor)
  }
}

extension LociError {
  /// The error for an id that names no record of a namespace.
  package static func noSuchRecord(in namespace: MemoryNamespace) -> LociError {
    LociError(
      .notFound, "There is no such record in \(namespace.namespace).",
      remedy: "`loci list` shows the ids; `--namespace` looks elsewhere.")
  }
}
