import Foundation
import LociCore
public import LociMemory

extension MemoryNamespace {
  /// Remembers a text, unless an active record of the namespace says the same already.
  ///
  /// The text is embedded once, for the check and for its record. Two who remember the same at the
  /// same moment may both be stored.
  ///
  /// ```swift
  /// let once = try await ada.remember(
  ///   NewMemory("Alice prefers tea", category: .preference), unlessDuplicate: DuplicateRule())
  /// if let duplicate = once.duplicate { print(once.action, duplicate.record.text) }
  /// ```
  /// - Parameters:
  ///   - new: What to remember.
  ///   - rule: From which similarity on it is a duplicate, and what is done then.
  /// - Returns: The record, what was done, and the record that says the same.
  /// - Throws: As ``MemoryNamespace/remember(_:)-(NewMemory)``. Where the text can't be embedded,
  ///   nothing is stored, since nothing could be compared.
  @discardableResult
  public func remember(
    _ new: NewMemory, unlessDuplicate rule: DuplicateRule
  ) async throws -> RememberedOnce {
    let duplicate = try await duplicate(of: new, above: rule.threshold)
    guard let duplicate, rule.resolution != .store else {
      return RememberedOnce(
        action: .stored, remembered: try await remember(new), duplicate: duplicate)
    }
    guard rule.resolution == .merge else {
      return RememberedOnce(
        action: .skipped,
        remembered: Remembered(record: duplicate.record, projection: .unchanged),
        duplicate: duplicate)
    }
    return RememberedOnce(
      action: .merged, remembered: try await merge(new, into: duplicate.record.id),
      duplicate: duplicate)
  }

  /// The active record that says the same as a text, whatever its words: the nearest by meaning
  /// that is more similar than a threshold. Nothing counts as recalled.
  ///
  /// Only records of the same collection, author and whole are compared, which are so at the time
  /// from which the text is; of two events at different times, neither is the other's duplicate.
  /// Texts that differ in a number, a name or a negation never are.
  ///
  /// ```swift
  /// if let known = try await ada.duplicate(of: NewMemory("Alice likes tea best")) {
  ///   print(known.record.text, known.similarity as Any)
  /// }
  /// ```
  /// - Throws: ``LociError/Code/invalidArgument`` for what can't be remembered, and what embedding
  ///   throws.
  public func duplicate(
    of new: NewMemory, above threshold: Similarity = Similarity(0.85)
  ) async throws -> Duplicate? {
    let record = try record(for: new)
    let embedder = try await memory.embedder
    var filter = Filter(collections: [record.collection])
    filter.authors = record.author.map { [$0] }
    filter.whole = record.whole
    filter.validAt = record.validFrom ?? memory.surroundings.now()
    guard try embedder.canRead(record.text) else {
      let matches = try await memory.records.search(
        words: record.text, in: namespace, limit: Self.comparedCount, where: filter)
      return try await saying(
        record, matches.map { ($0.id, nil) }, isNearlySame: true, where: filter)
    }
    // Alone, so that the embedder's cache has it when the record is embedded.
    let embedding = try await embedder.embed(record.passage, as: .passage)
    func near(_ limit: Int, _ filter: Filter) async throws -> [VectorMatch] {
      try await memory.vectors.search(
        embedding.vector, namespace: namespace, in: embedder.space, limit: limit, where: filter
      ).filter { $0.similarity > threshold }
    }
    // Collections are partitions of the index, and few records are near enough: the rest of the
    // filter is cheaper on those, but where so many are near that others may stand behind them.
    var matches = try await near(Self.nearCount, Filter(collections: [record.collection]))
    if matches.count == Self.nearCount { matches = try await near(Self.comparedCount, filter) }
    return try await saying(
      record, matches.map { ($0.id, $0.similarity) }, isNearlySame: embedding.isTruncated,
      where: filter)
  }

  /// So many of the nearest are looked at: those before a duplicate may differ in a number or a
  /// name.
  private static var comparedCount: Int { 16 }
  /// So many are asked for first, whoever said them and whenever they hold.
  private static var nearCount: Int { 64 }

  /// The first of some records that says the same as a new one.
  private func saying(
    _ new: Record, _ matches: [(id: RecordID, similarity: Similarity?)], isNearlySame: Bool,
    where filter: Filter
  ) async throws -> Duplicate? {
    let found = try await memory.records.get(matches.map(\.id), namespace: namespace)
      .keyed(by: \.id)
    for match in matches where match.id != new.id {
      guard let record = found[match.id], filter.matches(VectorAttributes(of: record)),
        !record.happenedApart(from: new),
        record.says(new, atSomeLength: isNearlySame)
      else { continue }
      return Duplicate(record: record, similarity: match.similarity)
    }
    return nil
  }

  private func merge(_ new: NewMemory, into id: RecordID) async throws -> Remembered {
    try await update(id, actor: new.author, as: .merge) { record in
      record.importance = max(record.importance, new.importance)
      record.confidence = max(record.confidence, new.confidence)
      record.occurredAt = record.occurredAt ?? new.occurredAt
      record.category = record.category ?? new.category
      record.metadata = record.metadata.taking(new.metadata)
    }
  }
}

extension Record {
  /// Whether it tells of another time than another one.
  fileprivate func happenedApart(from other: Record) -> Bool {
    if let occurredAt, let time = other.occurredAt { occurredAt != time } else { false }
  }

  /// Whether its text says what another one's does, where their meanings are near.
  ///
  /// - Parameter atSomeLength: Whether the model did not read all of it, so that the words decide.
  func says(_ other: Record, atSomeLength: Bool) -> Bool {
    if contentHash == other.contentHash { return true }
    guard let mine = ComparableText(text), let theirs = ComparableText(other.text) else {
      return false
    }
    return atSomeLength ? mine.isNearlySame(as: theirs) : mine.mayMean(theirs)
  }
}

extension Metadata {
  /// These, and what others say beside them; of two lists, the elements of both.
  fileprivate func taking(_ others: Metadata) -> Metadata {
    var result = self
    for (key, value) in others {
      switch (result.value(ofExactly: key), value) {
      case (nil, _): result[key] = value
      case (.list(let mine)?, .list(let theirs)):
        result[key] = .list(mine + theirs.filter { !mine.contains($0) })
      default: break
      }
    }
    return result
  }
}
