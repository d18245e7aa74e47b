public import LociCore

/// The memory of one namespace: everything that is read or written goes through here.
public struct MemoryNamespace: Sendable {
  /// The namespace.
  public let namespace: Namespace
  /// The memory that it is a part of.
  public let memory: Memory
  /// Whether `remember` and `update` return where a record was stored and could not be embedded, so
  /// that ``Remembered/projection`` has to be looked at. Else they throw then.
  ///
  /// ```swift
  /// var offline = ada
  /// offline.allowsPending = true
  /// let remembered = try await offline.remember("Alice prefers tea")
  /// if case .pending(let reason) = remembered.projection { print("Not yet by meaning:", reason) }
  /// ```
  public var allowsPending = false

  init(namespace: Namespace, memory: Memory) {
    (self.namespace, self.memory) = (namespace, memory)
  }

  /// Remembers one text. The record is stored first, then embedded: where embedding fails, the
  /// record stays, is found by words, and ``backfill(progress:)`` makes up for it. That it failed
  /// is thrown, unless ``allowsPending`` is set.
  ///
  /// ```swift
  /// try await ada.remember("Alice prefers tea to coffee", category: .preference, importance: 4)
  /// ```
  /// - Parameters: As in ``NewMemory``.
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank text or a value outside its range,
  ///   and what the store throws; then nothing was stored. Also what embedding throws, in an error
  ///   that says that the text is stored.
  @discardableResult
  public func remember(
    _ text: String, id: RecordID? = nil, collection: Record.Collection = .memories,
    category: Record.Category? = nil, importance: Int = 3, confidence: Double = 1,
    metadata: Metadata = [:], author: String? = nil, source: Record.Source? = nil
  ) async throws -> Remembered {
    let memory = NewMemory(
      text, id: id, collection: collection, category: category, importance: importance,
      confidence: confidence, metadata: metadata, author: author, source: source)
    return try await remember(memory)
  }

  /// Remembers one text with everything that can be said of it, such as when it happened, whom it
  /// is for, and when it was first stored elsewhere.
  ///
  /// ```swift
  /// var memory = NewMemory("Alice moved to Lisbon", author: "alice")
  /// memory.occurredAt = lastMay
  /// try await ada.remember(memory)
  /// ```
  /// - Throws: As
  /// ``remember(_:id:collection:category:importance:confidence:metadata:author:source:)``.
  @discardableResult
  public func remember(_ memory: NewMemory) async throws -> Remembered {
    guard let remembered = try await remember([memory]).first else {
      throw LociError(.io, "The store returned no record for a text that it stored.")
    }
    return remembered
  }

  /// Remembers many texts in one transaction, then embeds them together.
  ///
  /// ```swift
  /// try await ada.remember([
  ///   NewMemory("Alice prefers tea", category: .preference),
  ///   NewMemory("The train leaves at nine", metadata: ["city": "Lisbon"]),
  /// ])
  /// ```
  /// - Returns: One answer per text, in order.
  /// - Throws: As for one text; then none was stored.
  @discardableResult
  public func remember(_ memories: [NewMemory]) async throws -> [Remembered] {
    let changes = try memories.map { RecordChange.upsert(try record(for: $0)) }
    let stored = try await apply(changes, actor: memories.first?.author).compactMap(\.self)
    guard stored.count == memories.count else {
      throw LociError(
        .io,
        "The store answered \(Count.of(memories.count, "text")) with "
          + "\(Count.of(stored.count, "record")).")
    }
    let outcomes = try await memory.projections.project(stored)
    return try checked(zip(stored, outcomes).map { Remembered(record: $0, projection: $1) })
  }

  /// The record of an id, or nil.
  ///
  /// ```swift
  /// print(try await ada.get(id)?.text ?? "gone")
  /// ```
  public func get(_ id: RecordID) async throws -> Record? {
    try await memory.records.get([id], namespace: namespace).first
  }

  /// The earlier texts of a record, oldest first: each text that an update or another `remember`
  /// replaced. They are erased with the record.
  ///
  /// ```swift
  /// for version in try await ada.versions(of: id) { print(version.knownUntil, version.text) }
  /// ```
  public func versions(of id: RecordID) async throws -> [RecordVersion] {
    try await memory.records.versions(of: [id], in: namespace)
  }

  /// A page of records in id order. Where the filter names a time that things were known at, each
  /// comes with the text that was known then.
  ///
  /// ```swift
  /// let first = try await ada.list(limit: 50)
  /// let next = try await ada.list(after: first.last?.id, limit: 50)
  /// ```
  /// - Parameters:
  ///   - filter: Which records; by default the active ones.
  ///   - cursor: The last id of the page before; nil for the first page.
  ///   - limit: The most records to return.
  public func list(
    where filter: Filter = Filter(), after cursor: RecordID? = nil, limit: Int = 100
  ) async throws -> [Record] {
    let records = try await memory.records.list(
      in: namespace, where: filter, after: cursor, limit: limit)
    return try await memory.records.texts(of: records, in: namespace, knownAt: filter.knownAt)
  }

  /// A page of records in an order, such as the newest first.
  ///
  /// ```swift
  /// let newest = try await ada.list(orderedBy: .newestFirst, limit: 10)
  /// ```
  /// - Parameters:
  ///   - filter: Which records; by default the active ones.
  ///   - order: By which attribute, and which way; ties by id, and what has no value comes last.
  ///   - cursor: The place behind the last record of the page before; nil for the first page.
  ///   - limit: The most records to return.
  /// - Throws: ``LociError/Code/invalidArgument`` for a limit below 1 or another order's cursor.
  /// - Complexity: O(page) by ``Attribute/createdAt``, else O(records that pass).
  public func list(
    where filter: Filter = Filter(), orderedBy order: RecordOrder,
    after cursor: RecordCursor? = nil,
    limit: Int = 100
  ) async throws -> [Record] {
    let records = try await memory.records.list(
      in: namespace, where: filter, orderedBy: order, after: cursor, limit: limit)
    return try await memory.records.texts(of: records, in: namespace, knownAt: filter.knownAt)
  }

  /// How many records pass a filter; by default the active ones.
  ///
  /// ```swift
  /// print("\(try await ada.count()) memories")
  /// ```
  public func count(where filter: Filter = Filter()) async throws -> Int {
    try await memory.records.count(in: namespace, where: filter)
  }

  /// Changes some of a record's fields; a new text is embedded again.
  ///
  /// ```swift
  /// var patch = RecordPatch()
  /// patch.text = "Alice prefers coffee to tea"
  /// patch.cleared = [.category]
  /// try await ada.update(id, with: patch, expecting: remembered.record.contentHash)
  /// ```
  /// - Parameters:
  ///   - id: Which record.
  ///   - patch: What to change.
  ///   - expected: The hash that the text must still have; nil for whatever it is.
  ///   - actor: Who does it, for the audit log.
  /// - Throws: ``LociError/Code/notFound`` where there is no such record,
  ///   ``LociError/Code/conflict`` where its text is not the one that was expected, and
  ///   ``LociError/Code/invalidArgument`` for a value outside its range; what embedding throws
  ///   where the record is changed but not embedded, unless ``allowsPending`` is set.
  @discardableResult
  public func update(
    _ id: RecordID, with patch: RecordPatch, expecting expected: ContentHash? = nil,
    actor: String? = nil
  ) async throws -> Remembered {
    try checked(
      await update(
        id, with: patch, actor: actor,
        requiring: expected.map { [.contentHash(of: id, is: $0)] } ?? []))
  }

  /// How often a change is made again where others change the same record meanwhile.
  private static let updateAttempts = 100

  /// Changes a record as it is: where somebody else changes it meanwhile, the change is made again
  /// from what it is then, so that of ten at once none is lost.
  ///
  /// ```swift
  /// try await ada.update(id) { $0.importance = min(5, $0.importance + 1) }
  /// ```
  /// - Parameters:
  ///   - id: Which record.
  ///   - actor: Who does it, for the audit log.
  ///   - change: What to change; it may be called more than once. Id, namespace, collection, times
  ///     of storing and the counts of recalls stay as they are.
  /// - Throws: What `change` throws; ``LociError/Code/notFound`` where there is no such record;
  ///   ``LociError/Code/invalidArgument`` for a value outside its range, or another collection;
  ///   ``LociError/Code/conflict`` where others never let it be.
  @discardableResult
  public func update(
    _ id: RecordID, actor: String? = nil, _ change: @Sendable (inout Record) throws -> Void
  ) async throws -> Remembered {
    try await update(id, actor: actor, as: .update, change)
  }

  /// The same, under another name in the audit log.
  package func update(
    _ id: RecordID, actor: String?, as action: AuditEntry.Action,
    _ change: @Sendable (inout Record) throws -> Void
  ) async throws -> Remembered {
    var attempt = 0
    while true {
      guard let old = try await get(id) else { throw missing(id) }
      var new = old
      try change(&new)
      guard new.collection == old.collection else {
        throw LociError(
          .invalidArgument, "A record's collection can't be changed.",
          remedy: "Remember its text in the other collection, and forget it here.")
      }
      var patch = RecordPatch(from: old, to: new)
      guard patch != RecordPatch() else { return Remembered(record: old, projection: .unchanged) }
      patch.action = action
      let updated: Remembered
      do {
        updated = try await update(id, with: patch, actor: actor, requiring: [.unchanged(old)])
      } catch let error as LociError where error.code == .conflict {
        attempt += 1
        guard attempt < Self.updateAttempts else { throw error }
        try await memory.surroundings.sleep(.milliseconds(min(attempt, 20)))
        continue
      }
      return try checked(updated)
    }
  }

  package func missing(_ id: RecordID) -> LociError {
    LociError(.notFound, "There is no record \(id) in \(namespace).")
  }

  private func update(
    _ id: RecordID, with patch: RecordPatch, actor: String?, requiring conditions: [Precondition]
  ) async throws -> Remembered {
    // A text is embedded with its headings, and a vector of others has to go before they change.
    if let source = patch.source, let old = try await get(id),
      old.source?.heading != source.heading
    {
      try await memory.projections.remove([id], namespace: namespace)
    }
    let changed = try await apply([.patch(id, patch)], actor: actor, requiring: conditions)
    guard let record = changed.first ?? nil else { throw missing(id) }
    return Remembered(record: record, projection: try await projection(of: record))
  }

  /// Erases records: their text, words and vectors. What is left is a line in the audit log.
  ///
  /// To hide a record and keep its text, update its status to `forgotten`.
  ///
  /// ```swift
  /// print(try await ada.forget([id]), "forgotten")
  /// ```
  /// - Returns: How many of the ids existed.
  @discardableResult
  public func forget(_ ids: [RecordID], actor: String? = nil) async throws -> Int {
    let records = try await memory.records.get(ids, namespace: namespace)
    // What their files said holds their texts, too.
    for whole in Set(records.filter { $0.collection == .chunks }.compactMap(\.whole)).sorted() {
      try await fileShelf.dropTexts(of: whole)
    }
    var existing = records.map(\.id)
    // What is damaged can't be read, but forgotten.
    let damaged = Set(try await memory.damagedRecords)
    existing += Set(ids).filter {
      damaged.contains(DamagedRecord(namespace: namespace.name, id: $0.text))
    }.sorted()
    try await apply(existing.map { .delete($0) }, actor: actor)
    try await memory.projections.remove(ids, namespace: namespace)
    return existing.count
  }

  /// Erases every record that passes a filter: the active ones, unless it names other statuses.
  ///
  /// ```swift
  /// try await ada.forget(where: Filter(createdBefore: lastYear))
  /// ```
  /// - Parameters:
  ///   - filter: Which records.
  ///   - actor: Who does it, for the audit log.
  /// - Returns: How many records were erased.
  /// - Throws: What the store throws; records before the failing ones are erased by then.
  @discardableResult
  public func forget(where filter: Filter, actor: String? = nil) async throws -> Int {
    var count = 0
    try await memory.records.forEachPage(in: namespace, where: filter) { page in
      count += try await forget(page.map(\.id), actor: actor)
    }
    return count
  }

  /// Embeds the records that lack a fresh vector, because embedding failed or the model changed.
  ///
  /// ```swift
  /// print(try await ada.backfill().embedded, "embedded")
  /// ```
  /// - Parameter progress: Called after each page.
  /// - Throws: What loading the model throws. A record that can't be embedded is counted instead.
  @discardableResult
  public func backfill(
    progress: @Sendable (BackfillReport) -> Void = { _ in }
  ) async throws -> BackfillReport {
    try await memory.projections.backfill(namespace, progress: progress)
  }

  /// The newest audit entries, newest first.
  ///
  /// ```swift
  /// for entry in try await ada.audit(record: id) { print(entry.time, entry.action) }
  /// ```
  public func audit(record: RecordID? = nil, limit: Int = 100) async throws -> [AuditEntry] {
    try await memory.records.audit(namespace, record: record, limit: limit)
  }

  package func record(for new: NewMemory) throws(LociError) -> Record {
    try new.record(in: namespace, memory.surroundings)
  }

  /// The record is changed by now, so what fails here leaves it pending.
  func projection(of record: Record) async throws -> Remembered.Projection {
    do {
      return try await memory.projections.update(record)
    } catch  where error.endsTheWork {
      throw error
    } catch {
      return .pending(error)
    }
  }

  @discardableResult
  package func apply(
    _ changes: [RecordChange], actor: String?, requiring conditions: [Precondition] = []
  ) async throws -> [Record?] {
    guard !changes.isEmpty else { return [] }
    return try await memory.records.apply(
      changes, in: namespace, actor: actor, at: memory.surroundings.now(), requiring: conditions)
  }
}
