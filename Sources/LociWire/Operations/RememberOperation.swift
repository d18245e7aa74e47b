package import LociAgents
package import LociCore
package import LociJSON
package import LociMemory

/// Remembers a text; if that is asked for, only where no record says the same.
package struct RememberOperation: NamespaceOperation {
  package static let name = "remember"
  package static let summary = "remember a text"
  package static let access = StoreAccess.writing

  /// What is remembered.
  package var memory = NewMemory("")
  /// What is done where a record says the same; nil where none is looked for.
  package var unlessDuplicate: DuplicateRule.Resolution?
  /// From which similarity on a record says the same; nil is the usual one.
  package var duplicateAbove: Double?

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
    Parameter(
      "unless_duplicate", \.unlessDuplicate,
      "Look for a record that says the same: skip stores nothing then, merge lets it take up what "
        + "is new, store stores all the same and names it."),
    Parameter(
      "duplicate_above", \.duplicateAbove,
      "Say the same from this similarity on; 0.85 by default.", kind: .number(-1...1)),
  ]

  package func check() throws(LociError) {
    guard duplicateAbove == nil || unlessDuplicate != nil else {
      throw LociError(
        .invalidArgument, "duplicate_above is given, and no duplicate is looked for.",
        remedy: "Give unless_duplicate.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> RememberAnswer {
    var namespace = namespace
    namespace.allowsPending = true
    guard let unlessDuplicate else {
      return RememberAnswer(remembered: try await namespace.remember(memory), once: nil)
    }
    var rule = DuplicateRule(unlessDuplicate)
    if let duplicateAbove { rule.threshold = Similarity(Float(duplicateAbove)) }
    let once = try await namespace.remember(memory, unlessDuplicate: rule)
    return RememberAnswer(remembered: once.remembered, once: once)
  }
}

extension DuplicateRule.Resolution: ChoiceValue {}

/// What became of a text.
package struct RememberAnswer: Sendable {
  /// The record, and what became of its vector.
  package let remembered: Remembered
  /// What else there is to say where a duplicate was looked for.
  package let once: RememberedOnce?

  /// The answer as JSON.
  package var json: JSON {
    guard let once, case .object(let members) = remembered.json else { return remembered.json }
    return .object(
      members + [
        ("action", .string(once.action.rawValue)),
        (
          "duplicate",
          JSON(once.duplicate) { duplicate in
            [
              "record": duplicate.record.json,
              "similarity": JSON(duplicate.similarity) { .number(Double($0.value)) },
            ]
          }
        ),
      ])
  }
}

extension NewMemory {
  fileprivate var wireMetadata: WireMetadata {
    get { WireMetadata(metadata) }
    set { metadata = newValue.values }
  }
}
