import LociAgents
package import LociCore
package import LociMemory

extension Bot {
  /// The bot whose namespace this is, or an error that says which namespaces are bots'.
  static func required(of namespace: MemoryNamespace) throws(LociError) -> Bot {
    if let bot = Bot(of: namespace) { return bot }
    throw LociError(
      .invalidArgument, "\(namespace.namespace) is no bot's namespace.",
      remedy: "Name one: bots' namespaces begin with bot:, as in `--namespace bot:ada`.")
  }
}

/// Shows a memory of a bot to others.
package struct ShareOperation: NamespaceOperation {
  package static let name = "share"
  package static let summary = "show a bot's memory to others"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?
  /// To whom.
  package var audience = Record.Audience.everyone
  /// The most that the bot shares.
  package var maximum = BotRules().maximumShared

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The memory's id in the bot's namespace.", isRequired: true),
    Parameter(
      "with", \.audience,
      "Whom it is for: everyone, those who trust its author, or its author alone."),
    Parameter(
      "max_shared", \.maximum, "The most that one author shares; 500 by default.",
      kind: .integer(1...1_000_000)),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Record {
    let id = try Self.required(id)
    var namespace = namespace
    namespace.allowsPending = true
    var bot = try Bot.required(of: namespace)
    bot.rules.maximumShared = maximum
    return try await bot.share(id, with: audience)
  }
}

/// Shows a shared memory to its author alone.
package struct RevokeOperation: NamespaceOperation {
  package static let name = "revoke"
  package static let summary = "show a shared memory to its author alone"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "id", \.id, "The id of the shared record, or of the memory that was shared.",
      isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Record {
    let id = try Self.required(id)
    return try await Bot.required(of: namespace).revoke(id)
  }
}

/// Erases a shared memory.
package struct UnshareOperation: NamespaceOperation {
  package static let name = "unshare"
  package static let summary = "erase what a bot shared; its own memory stays"
  package static let access = StoreAccess.writing

  /// Which record; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "id", \.id, "The id of the shared record, or of the memory that was shared.",
      isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> RecordID {
    let id = try Self.required(id)
    try await Bot.required(of: namespace).unshare(id)
    return id
  }
}

/// Lists what a bot shares.
package struct SharedOperation: NamespaceOperation {
  package static let name = "shared"
  package static let summary = "list what a bot shares"
  package static let access = StoreAccess.reading

  /// The most records.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "limit", \.limit, "The most records; 100 by default.", kind: .integer(1...1_000_000)),
    Parameter("after", \.after, "Go on after this id."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> ListAnswer {
    let bot = try Bot.required(of: namespace)
    return ListAnswer(try await bot.sharedMemories(after: after, limit: limit), limit: limit)
  }
}

/// Trusts an author.
package struct TrustAuthorOperation: NamespaceOperation {
  package static let name = "trust_author"
  package static let summary = "see what an author shares with those who trust them"
  package static let access = StoreAccess.writing

  /// The author's id.
  package var author = ""

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "author", \.author, "The author's id; a bot's is its namespace's name after bot:.",
      isRequired: true, kind: .text("NAME"))
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Bool {
    try await Bot.required(of: namespace).trust(author)
  }
}

/// Trusts an author no longer.
package struct DistrustOperation: NamespaceOperation {
  package static let name = "distrust"
  package static let summary = "trust an author no longer"
  package static let access = StoreAccess.writing

  /// The author's id.
  package var author = ""

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("author", \.author, "The author's id.", isRequired: true, kind: .text("NAME"))
  ]

  package func run(in namespace: MemoryNamespace) async throws -> Bool {
    try await Bot.required(of: namespace).distrust(author)
  }
}

/// Lists the authors whom a bot trusts.
package struct TrustedOperation: NamespaceOperation {
  package static let name = "trusted"
  package static let summary = "list the authors whom a bot trusts"
  package static let access = StoreAccess.reading

  package init() {}

  package static let parameters: [Parameter<Self>] = []

  package func run(in namespace: MemoryNamespace) async throws -> [String] {
    try await Bot.required(of: namespace).trusted()
  }
}
