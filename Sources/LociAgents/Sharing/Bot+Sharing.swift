import Foundation
import LociCore
public import LociMemory

// What a bot shares lies in the namespace `shared`, a copy of what it says: text, category,
// importance, confidence, times and tags. Each change is one transaction, in which the author is
// checked.
extension Bot {
  /// Shows one of the bot's memories to others, or changes to whom it is shown.
  ///
  /// ```swift
  /// let shared = try await bot.share(id, with: .trusting)
  /// ```
  /// - Parameters:
  ///   - id: The memory in the bot's namespace.
  ///   - audience: Its author alone, those who trust the author, or everyone.
  /// - Returns: The shared record.
  /// - Throws: ``LociError/Code/notFound`` where the bot has no such active memory;
  ///   ``LociError/Code/forbidden`` where somebody else is its author;
  ///   ``LociError/Code/conflict`` where the author shares as many as the rules let.
  @discardableResult
  public func share(
    _ id: RecordID, with audience: Record.Audience = .everyone
  ) async throws -> Record {
    guard let own = try await memories.get(id), own.status == .active else {
      throw LociError(
        .notFound, "\(self.id) has no such active memory to share.",
        remedy: "`loci list` shows the ids.")
    }
    guard own.author.map({ $0.utf8.elementsEqual(self.id.utf8) }) ?? true else {
      throw LociError(
        .forbidden, "The memory's author is somebody else, who alone can share it.",
        detail: id.text)
    }
    for _ in 0..<Self.attempts {
      if let record = try await publish(own, with: audience) { return record }
    }
    throw LociError(
      .conflict, "Others shared and deleted the same memory all the time; nothing was changed.",
      remedy: "Try again.")
  }

  /// Shows a shared memory to nobody but its author any more.
  ///
  /// ```swift
  /// try await bot.revoke(id)
  /// ```
  /// - Parameter id: The shared record's id, or that of the memory that was shared.
  /// - Throws: ``LociError/Code/notFound`` where there is no such record, and
  ///   ``LociError/Code/forbidden`` where somebody else is its author.
  @discardableResult
  public func revoke(_ id: RecordID) async throws -> Record {
    let id = try await sharedID(id)
    var patch = RecordPatch()
    (patch.audience, patch.action) = (.author, .revoke)
    let revoked = try await shared.change(
      [.patch(id, patch)], actor: self.id, requiring: [.author(of: id, is: self.id)])
    guard let record = revoked.first??.record else { throw shared.missing(id) }
    return record
  }

  /// Erases a shared memory; the bot's own stays.
  ///
  /// ```swift
  /// try await bot.unshare(id)
  /// ```
  /// - Parameter id: The shared record's id, or that of the memory that was shared.
  /// - Throws: As ``revoke(_:)``.
  public func unshare(_ id: RecordID) async throws {
    let id = try await sharedID(id)
    try await shared.change(
      [.delete(id)], actor: self.id, requiring: [.author(of: id, is: self.id)])
  }

  /// Erases what the bot shared of its own memories; returns how many there were.
  func unshare(copiesOf ids: [RecordID]) async throws -> Int {
    var count = 0
    for id in try ids.map(sharedName) {
      do {
        try await unshare(id)
        count += 1
      } catch let error as LociError where error.code == .notFound {
        continue
      }
    }
    return count
  }

  /// What the bot shares, whoever may see it.
  ///
  /// ```swift
  /// for record in try await bot.sharedMemories() { print(record.audience, record.text) }
  /// ```
  public func sharedMemories(after cursor: RecordID? = nil, limit: Int = 100) async throws
    -> [Record]
  {
    var filter = Filter(collections: [.shared])
    filter.authors = [id]
    return try await shared.list(where: filter, after: cursor, limit: limit)
  }

  var shared: MemoryNamespace { memories.memory[.shared] }

  private static let attempts = 20

  /// Adds or changes the shared record; nil where it came or went meanwhile.
  private func publish(_ own: Record, with audience: Record.Audience) async throws -> Record? {
    let id = try sharedName(of: own.id)
    var wanted = NewMemory(
      own.text, id: id, collection: .shared, category: own.category, importance: own.importance,
      confidence: own.confidence, metadata: [Self.originKey: .string(own.id.text)], author: self.id)
    wanted.authorName = name
    wanted.audience = audience
    (wanted.occurredAt, wanted.validFrom, wanted.validUntil) = (
      own.occurredAt, own.validFrom, own.validUntil
    )
    if let tags = own.metadata["tags"] { wanted.metadata["tags"] = tags }
    let old = try await shared.get(id)
    var new = try shared.record(for: wanted)
    if let old {
      new.updatedAt = old.updatedAt
      var patch = RecordPatch(from: old, to: new)
      patch.removedMetadata.remove(WriteHash.key)
      patch.action = .share
      do {
        return try await shared.change(
          [.patch(id, patch)], actor: self.id, requiring: [.author(of: id, is: self.id)]
        ).first??.record
      } catch let error as LociError where error.code == .notFound {
        return nil
      }
    }
    var authored = Filter(statuses: nil)
    (authored.collections, authored.authors) = ([.shared], [self.id])
    let cap = Precondition.fewer(than: rules.maximumShared, passing: authored)
    do {
      return try await shared.change([.insert(new)], actor: self.id, requiring: [cap])
        .first??.record
    } catch let error as LociError where error.code == .conflict {
      // Either the cap is reached, or somebody shared the same meanwhile.
      guard try await shared.get(id) != nil else { throw full(error) }
      return nil
    }
  }

  private func full(_ error: LociError) -> LociError {
    LociError(
      .conflict,
      "\(id) shares \(rules.maximumShared) memories, which is as many as one author may.",
      remedy: "Unshare some of them, or raise maximumShared.", underlying: error)
  }

  /// The shared record of a memory has one id, whoever asks: sharing it again changes it.
  private func sharedName(of own: RecordID) throws(LociError) -> RecordID {
    try RecordID("shared-" + Hexadecimal.text(SHA256.digest(fields: [id, own.text]).prefix(16)))
  }

  private func sharedID(_ id: RecordID) async throws -> RecordID {
    if try await shared.get(id) != nil { return id }
    return try sharedName(of: id)
  }

  static let originKey = "shared_from"
}
