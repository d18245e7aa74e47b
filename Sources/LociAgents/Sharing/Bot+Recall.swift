public import LociCore
public import LociMemory

/// How a hit became visible to a bot.
public enum Visibility: String, Hashable, Sendable, Codable, CaseIterable {
  /// It is the bot's own.
  case own
  /// Its author shares it with everyone.
  case everyone
  /// Its author, whom the bot trusts, shares it with those who do.
  case trusted
}

extension Bot {
  /// Recalls from the bot's own memories and from what is shared with it, as one list, best first.
  ///
  /// A bot sees what is shared with everyone, and what authors whom it trusts share with those who
  /// trust them. Whom it trusts is read anew each time and is a part of the search, so that as many
  /// hits come as there are. What it shares itself comes once.
  ///
  /// ```swift
  /// let recall = try await bot.recall("what does Alice drink?")
  /// for hit in recall.hits {
  ///   print(hit.record.authorName ?? "", bot.visibility(of: hit.record), hit.record.text)
  /// }
  /// ```
  /// - Parameters: As in `recall` of a ``MemoryNamespace``.
  /// - Throws: As there.
  public func recall(
    _ question: String, limit: Int = 10, mode: RecallMode = .hybrid,
    leastRelevance: Double? = nil, where filter: Filter = Filter()
  ) async throws -> Recall {
    try await recall(
      RecallQuery(
        question, in: memories.namespace, mode: mode, limit: limit, leastRelevance: leastRelevance,
        filter: filter))
  }

  /// The same with all that a query can say; its namespace is the bot's.
  package func recall(_ query: RecallQuery) async throws -> Recall {
    var (own, shared) = (query, query)
    own.namespace = memories.namespace
    shared.namespace = .shared
    shared.filter.collections = [.shared]
    shared.filter.reader = Filter.Reader(id, trusting: try await trusted())
    var depth = query.limit
    while true {
      (own.limit, shared.limit) = (depth, depth)
      var recall = try await memories.memory.found([own, shared])
      let isFull = recall.hits.count >= depth
      recall.hits = unique(recall.hits)
      // What fell out made room for what lies deeper.
      if recall.hits.count >= query.limit || !isFull || depth >= Self.deepest {
        recall.hits = Array(recall.hits.prefix(query.limit))
        memories.memory.countAccess(to: recall.hits.map(\.record))
        return recall
      }
      depth = min(Self.deepest, depth * 2)
    }
  }

  private static let deepest = 10_000

  /// How a record of a recall became visible.
  public func visibility(of record: Record) -> Visibility {
    guard record.namespace == .shared,
      record.author.map({ !$0.utf8.elementsEqual(id.utf8) }) ?? true
    else { return .own }
    return record.audience == .everyone ? .everyone : .trusted
  }

  /// The hits without shared copies of the bot's own among them.
  private func unique(_ hits: [Recall.Hit]) -> [Recall.Hit] {
    let own = Set(hits.filter { $0.record.namespace == memories.namespace }.map(\.record.id.text))
    return hits.filter { hit in
      guard hit.record.namespace == .shared, visibility(of: hit.record) == .own,
        case .string(let origin)? = hit.record.metadata[Self.originKey]
      else { return true }
      return !own.contains(origin)
    }
  }

  // MARK: Trust

  /// Trusts an author: what they share with those who trust them is seen from the next recall on.
  ///
  /// ```swift
  /// try await bot.trust("bob")
  /// ```
  /// - Parameter author: The author's id; nobody has to have it yet.
  /// - Returns: Whether the author was not trusted before.
  /// - Throws: ``LociError/Code/invalidArgument`` for what is no id, and
  ///   ``LociError/Code/conflict`` where a thousand are trusted.
  @discardableResult
  public func trust(_ author: String) async throws -> Bool { try await authors.add(author) }

  /// Trusts an author no longer.
  ///
  /// ```swift
  /// try await bot.distrust("bob")
  /// ```
  /// - Returns: Whether the author was trusted.
  @discardableResult
  public func distrust(_ author: String) async throws -> Bool { try await authors.remove(author) }

  /// The authors whom the bot trusts, sorted.
  ///
  /// ```swift
  /// print(try await bot.trusted())
  /// ```
  public func trusted() async throws -> [String] { try await authors.authors }

  private var authors: AuthorList {
    AuthorList(memory: memories.memory, namespace: memories.namespace)
  }
}
