package import LociCore
package import LociMemory

/// Remembers a text.
package struct RememberOperation: NamespaceOperation {
  package static let name = "remember"
  package static let summary = "remember a text"
  package static let access = StoreAccess.writing

  /// What is remembered.
  package var memory = NewMemory("")

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("text", \.memory.text, "The text.", isRequired: true),
    Parameter(
      "id", \.memory.id, "The record's id; one that exists is replaced. By default a new one."),
    Parameter("collection", \.memory.collection, "The collection; by default `memories`."),
    Parameter(
      "category", \.memory.category,
      "What kind of statement it is: fact, preference, decision, ..."),
    Parameter(
      "importance", \.memory.importance, "How much it matters.", kind: .integer(1...5)),
    Parameter("confidence", \.memory.confidence, "How sure it is.", kind: .number(0...1)),
    Parameter("metadata", \.memory.wireMetadata, "What is said about it, by key."),
    Parameter("author", \.memory.author, "Who says so.", kind: .text("NAME")),
    Parameter("author_name", \.memory.authorName, "What people call the author."),
    Parameter(
      "audience", \.memory.audience,
      "Whom it is for: its author alone, those who trust the author, or everyone."),
    Parameter("whole", \.memory.whole, "The whole that it is a part of, such as an episode."),
    Parameter(
      "position", \.memory.position, "Its place among the parts of its whole.",
      kind: .integer(0...Int.max)),
    Parameter("occurred_at", \.memory.occurredAt, "When that happened which it tells of."),
    Parameter("valid_from", \.memory.validFrom, "Since when it has been so."),
    Parameter("valid_until", \.memory.validUntil, "From when on it is not so any more."),
    Parameter(
      "created_at", \.memory.createdAt,
      "When it counts as first stored, where history is brought in; by default now."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Remembered {
    var namespace = namespace
    namespace.allowsPending = true
    return try await namespace.remember(memory)
  }
}

extension NewMemory {
  fileprivate var wireMetadata: WireMetadata {
    get { WireMetadata(metadata) }
    set { metadata = newValue.values }
  }
}
