import LociCore
public import LociMemory

/// What a bot may remember.
public struct BotRules: Hashable, Sendable {
  /// The categories that a memory may have.
  public var categories: Set<Record.Category>
  /// The most UTF-8 bytes of a text; 32 KiB by default.
  public var maximumTextSize: Int
  /// What counts as a duplicate, and what becomes of it.
  public var duplicates: DuplicateRule
  /// The most memories that the bot shares; 500 by default.
  public var maximumShared: Int

  /// Makes rules.
  public init(
    categories: Set<Record.Category> = [.preference, .fact, .decision, .context, .correction],
    maximumTextSize: Int = 32 * 1024, duplicates: DuplicateRule = DuplicateRule(),
    maximumShared: Int = 500
  ) {
    self.categories = categories
    self.maximumTextSize = maximumTextSize
    self.duplicates = duplicates
    self.maximumShared = maximumShared
  }
}

/// A bot's memory: a namespace with rules. It finds a duplicate before it stores.
///
/// ```swift
/// let ada = try memory.bot("ada")
/// try await ada.remember("Alice prefers tea to coffee", category: .preference, importance: 4)
/// let answer = try await ada.memories.recall("what does Alice drink?")
/// ```
public struct Bot: Sendable {
  /// The name that stands in the audit log, and under which others trust it.
  public let id: String
  /// What people call it.
  public let name: String
  /// What it may remember.
  public var rules: BotRules
  /// Its namespace, `bot:` and its id.
  public let memories: MemoryNamespace

  init(id: String, name: String?, rules: BotRules, memory: Memory) throws(LociError) {
    guard !id.hasPrefix(Self.prefix) else {
      throw LociError(
        .invalidArgument, "A bot is named without its namespace's prefix \(Self.prefix).",
        remedy: "Give what follows it.")
    }
    guard id.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw LociError(.invalidArgument, "A bot needs a name.")
    }
    memories = try memory.namespace(Self.prefix + id)
    self.id = id
    self.name = name ?? id
    self.rules = rules
  }

  private static let prefix = "bot:"

  /// The bot whose namespace this is; nil for another one's.
  package init?(of memories: MemoryNamespace) {
    let name = memories.namespace.name
    guard name.hasPrefix(Self.prefix) else { return nil }
    try? self.init(
      id: String(name.dropFirst(Self.prefix.count)), name: nil, rules: BotRules(),
      memory: memories.memory)
  }

  /// Remembers a text unless it says what the bot knows already.
  ///
  /// ```swift
  /// let once = try await bot.remember(
  ///   "Alice prefers tea", category: .preference, session: "monday", tags: ["drinks"])
  /// if let duplicate = once.duplicate { print("Known already:", duplicate.record.text) }
  /// ```
  /// - Parameters:
  ///   - text: The text; not blank, and no longer than the rules allow.
  ///   - category: One of the rules' categories.
  ///   - importance: How much it matters, 1…5.
  ///   - confidence: How sure it is, 0…1.
  ///   - session: The conversation that it comes from; the metadata have it as `session`.
  ///   - tags: Words to find it by in a filter; the metadata have them as `tags`.
  ///   - source: Where it came from.
  ///   - metadata: What else is said about it.
  /// - Throws: ``LociError/Code/invalidArgument`` for what breaks a rule; as ``MemoryNamespace``
  ///   does, too.
  @discardableResult
  public func remember(
    _ text: String, category: Record.Category = .fact, importance: Int = 3, confidence: Double = 1,
    session: String? = nil, tags: [String] = [], source: Record.Source? = nil,
    metadata: Metadata = [:]
  ) async throws -> RememberedOnce {
    var metadata = metadata
    if let session { metadata[Self.sessionKey] = .string(session) }
    if !tags.isEmpty { metadata[Self.tagsKey] = .list(tags.map(MetadataValue.string)) }
    return try await remember(
      NewMemory(
        text, category: category, importance: importance, confidence: confidence,
        metadata: metadata, source: source))
  }

  /// Remembers a text with all that can be said of it, unless it says what the bot knows already.
  /// Where no author is named, it is the bot.
  @discardableResult
  public func remember(_ new: NewMemory) async throws -> RememberedOnce {
    try require(new)
    var new = new
    if new.author == nil { (new.author, new.authorName) = (id, name) }
    return try await memories.remember(new, unlessDuplicate: rules.duplicates)
  }

  private static let sessionKey = "session"
  private static let tagsKey = "tags"

  private func require(_ new: NewMemory) throws(LociError) {
    let size = new.text.utf8.count
    guard size <= rules.maximumTextSize else {
      throw LociError(
        .invalidArgument,
        "The text has \(size) bytes; a bot's memory has at most \(rules.maximumTextSize).",
        remedy: "Ingest it as a document, or cut it.")
    }
    guard let category = new.category, !rules.categories.contains(category) else { return }
    let known = rules.categories.map(\.name).sorted()
    throw LociError(
      .invalidArgument, "A bot's memory can't have that category.",
      remedy: Suggestion.question(for: category.name, among: known)
        ?? "Give one of \(known.joined(separator: ", ")).")
  }
}

extension Memory {
  /// The memory of a bot, in the namespace `bot:` and its id.
  ///
  /// ```swift
  /// let ada = try memory.bot("ada", displayName: "Ada")
  /// ```
  /// - Parameters:
  ///   - id: The bot's name.
  ///   - displayName: What people call it; its id by default.
  ///   - rules: What it may remember.
  /// - Throws: ``LociError/Code/invalidArgument`` for a name that is blank or can't be a
  ///   namespace's.
  public func bot(
    _ id: String, displayName: String? = nil, rules: BotRules = BotRules()
  ) throws(LociError) -> Bot {
    try Bot(id: id, name: displayName, rules: rules, memory: self)
  }
}
