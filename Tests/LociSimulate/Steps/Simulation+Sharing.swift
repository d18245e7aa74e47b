import LociAgents
import LociCore
import LociSimulation

extension Simulation {
  /// The most that a bot shares here.
  private static let maximumShared = 3
  private static let authors = ["a", "b"]

  /// One thing that a bot does with what is shared, and what must be so afterwards: nobody changes
  /// what another one shares, nobody shares too much, and every record has its write hash.
  mutating func share() async throws {
    let author = Self.authors.randomElement(using: &generator) ?? "a"
    let bot = try memory.bot(author, rules: BotRules(maximumShared: Self.maximumShared))
    let before = try await sharedRecords()
    let own = model.names(in: bot.memories.namespace).randomElement(using: &generator)?.id
    let shared = before.keys.sorted().randomElement(using: &generator)
    let audience = Record.Audience.allCases.randomElement(using: &generator) ?? .everyone
    let other = Self.authors.randomElement(using: &generator) ?? "b"
    let choice = Int.random(in: 0..<10, using: &generator)
    var isRevoked = false
    do {
      switch (choice, own, shared) {
      case (0..<5, let own?, _):
        journal.note("\(author) shares \(own) with \(audience)")
        try await bot.share(own, with: audience)
      case (5, _, let shared?):
        journal.note("\(author) revokes \(shared)")
        try await bot.revoke(shared)
        isRevoked = true
      case (6, _, let shared?):
        journal.note("\(author) unshares \(shared)")
        try await bot.unshare(shared)
      case (7...8, _, _):
        journal.note("\(author) trusts \(other)")
        try await bot.trust(other)
      default:
        journal.note("\(author) distrusts \(other)")
        try await bot.distrust(other)
      }
      journal.note("  ok")
    } catch let error as LociError {
      journal.note("  \(error.code)")
      guard
        !scenario.rules.isEmpty || scenario.embedderFailureProbability > 0
          || [.notFound, .forbidden, .conflict].contains(error.code)
      else { throw Violation("sharing failed without a fault: \(error)") }
      isRevoked = false
    }
    let after = try await sharedRecords()
    if isRevoked, let shared, after[shared]?.audience != .author {
      throw Violation("\(shared) was revoked, and is still shown")
    }
    try await take(before, after, by: author)
    try await checkVisibility(to: bot)
  }

  private func sharedRecords() async throws -> [RecordID: Record] {
    let filter = Filter(collections: [.shared], statuses: nil)
    return try await calmly {
      try await records().list(in: .shared, where: filter, after: nil, limit: 10_000)
    }
    // An earlier recall may be counted at any moment.
    .map {
      var record = $0
      (record.accessCount, record.lastAccessedAt) = (0, nil)
      return record
    }
    .keyed(by: \.id)
  }

  private mutating func take(
    _ before: [RecordID: Record], _ after: [RecordID: Record], by author: String
  ) async throws {
    for id in Set(before.keys).union(after.keys).sorted() where before[id] != after[id] {
      guard (before[id] ?? after[id])?.author == author else {
        throw Violation("\(author) changed \(id), which somebody else shares")
      }
      let facts = try await calmly {
        try await self.facts(of: [after[id]].compactMap(\.self), in: .shared)
      }
      let name = Name(namespace: .shared, id: id)
      model.set(name, to: facts[name])
      model.embedded.remove(name)
    }
    let counts = Dictionary(grouping: after.values) { $0.author }.mapValues(\.count)
    guard counts.values.allSatisfy({ $0 <= Self.maximumShared }) else {
      throw Violation("more is shared than one author may: \(counts.values.max() ?? 0)")
    }
    for record in after.values where !WriteHash.holds(for: record) {
      throw Violation("\(record.id) has no write hash of its own")
    }
  }

  /// A bot finds nothing that is not for it.
  private func checkVisibility(to bot: Bot) async throws {
    // Read by itself: the process may have died.
    let trusted = try await calmly {
      try await records().keyValues(
        on: .trust, in: bot.memories.namespace, after: nil, limit: 1000)
    }.map(\.name.key)
    var reader = generator
    let question = Vocabulary.text(1...3, using: &reader)
    let recall: Recall
    do {
      recall = try await bot.recall(question, leastRelevance: 0)
    } catch is LociError {
      return
    }
    for record in recall.hits.map(\.record) where record.namespace != bot.memories.namespace {
      let isOwn = record.author == bot.id
      let isTrusted = record.audience == .trusting && trusted.contains(record.author ?? "")
      guard record.namespace == .shared, record.collection == .shared,
        isOwn || record.audience == .everyone || isTrusted
      else { throw Violation("\(bot.id) sees \(record.namespace)/\(record.id), not meant for it") }
    }
  }
}
