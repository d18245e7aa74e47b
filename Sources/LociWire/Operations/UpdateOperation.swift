package import LociCore
package import LociMemory

/// Changes a record; what is not given stays as it is.
package struct UpdateOperation: NamespaceOperation {
  package static let name = "update"
  package static let summary = "change a record"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?
  /// What changes.
  package var patch = RecordPatch()
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The record's id.", isRequired: true),
    Parameter("text", \.patch.text, "The new text."),
    Parameter(
      "category", \.patch.category,
      "What kind of statement it is: fact, preference, decision, ..."),
    Parameter("importance", \.patch.importance, "How much it matters.", kind: .integer(1...5)),
    Parameter("confidence", \.patch.confidence, "How sure it is.", kind: .number(0...1)),
    Parameter("status", \.patch.status, "Where it is in its life."),
    Parameter("metadata", \.patch.wireMetadata, "What is said about it, by key."),
    Parameter("unset", \.patch.unset, "Remove this metadata.", kind: .list(.text("KEY"))),
    Parameter("author", \.patch.author, "Who says so from now on.", kind: .text("NAME")),
    Parameter("author_name", \.patch.authorName, "What people call the author from now on."),
    Parameter(
      "audience", \.patch.audience,
      "Whom it is for: its author alone, those who trust the author, or everyone."),
    Parameter("whole", \.patch.whole, "The whole that it is a part of, such as an episode."),
    Parameter(
      "position", \.patch.position, "Its place among the parts of its whole.",
      kind: .integer(0...Int.max)),
    Parameter("occurred_at", \.patch.occurredAt, "When that happened which it tells of."),
    Parameter("valid_from", \.patch.validFrom, "Since when it has been so."),
    Parameter("valid_until", \.patch.validUntil, "From when on it is not so any more."),
    Parameter("known_from", \.patch.knownFrom, "Since when it has been known."),
    Parameter("known_until", \.patch.knownUntil, "From when on it is not held for true."),
    Parameter("clear", \.patch.clear, "Take this field's value away."),
    .actor(\.actor),
  ]

  package func check() throws(LociError) {
    guard patch != RecordPatch() else {
      throw LociError(
        .invalidArgument, "There is nothing to change.", remedy: "See `loci help update`.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> Remembered {
    let id = try Self.required(id)
    var namespace = namespace
    namespace.allowsPending = true
    return try await namespace.update(id, with: patch, actor: actor)
  }
}

extension RecordPatch {
  fileprivate var wireMetadata: WireMetadata? {
    get { metadata.isEmpty ? nil : WireMetadata(metadata) }
    set { metadata = newValue?.values ?? [:] }
  }

  fileprivate var unset: [String]? {
    get { removedMetadata.isEmpty ? nil : removedMetadata.sorted() }
    set { removedMetadata = Set(newValue ?? []) }
  }

  fileprivate var clear: [OptionalField]? {
    get { cleared.isEmpty ? nil : OptionalField.allCases.filter(cleared.contains) }
    set { cleared = Set(newValue ?? []) }
  }
}
