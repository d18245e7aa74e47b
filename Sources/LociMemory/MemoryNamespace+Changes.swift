package import LociCore

extension MemoryNamespace {
  /// Applies changes in one transaction, then makes vectors follow.
  ///
  /// - Returns: For each change the record as it is now, and what became of its vector; nil where
  ///   it is gone.
  /// - Throws: What ``RecordStore/apply(_:in:actor:at:requiring:)`` throws, and then nothing was
  ///   changed; what embedding throws where a new text is stored but not embedded, unless
  ///   ``allowsPending`` is set.
  @discardableResult
  package func change(
    _ changes: [RecordChange], actor: String?, requiring conditions: [Precondition] = []
  ) async throws -> [Remembered?] {
    let records = try await apply(changes, actor: actor, requiring: conditions)
    let erased = zip(changes, records).filter { $1 == nil }.map(\.0.id)
    if !erased.isEmpty { try await memory.projections.remove(erased, namespace: namespace) }
    let patched = zip(changes, records).filter { !$0.0.hasText }.compactMap(\.1)
    if !patched.isEmpty { try await memory.projections.follow(patched) }
    let new = zip(changes, records).filter { $0.0.isInsertion }.compactMap(\.1)
    // One by one, each would be a transaction of the vectors' own.
    var outcomes: [RecordID: Remembered.Projection] = [:]
    if new.count > 1 {
      for (record, outcome) in zip(new, try await memory.projections.project(new)) {
        outcomes[record.id] = outcome
      }
    }
    var answers: [Remembered?] = []
    for (change, record) in zip(changes, records) {
      guard let record else {
        answers.append(nil)
        continue
      }
      var outcome = outcomes[record.id] ?? .unchanged
      if change.hasText, outcomes[record.id] == nil {
        outcome = try await projection(of: record)
      }
      answers.append(Remembered(record: record, projection: outcome))
    }
    for answer in answers { if let answer { _ = try checked(answer) } }
    return answers
  }
}

extension RecordChange {
  fileprivate var isInsertion: Bool { if case .insert = self { true } else { false } }

  /// Whether it may bring another text.
  fileprivate var hasText: Bool {
    switch self {
    case .insert, .upsert: true
    case .patch(_, let patch): patch.text != nil || patch.source != nil
    case .delete: false
    }
  }
}
