public import LociCore
import LociMemory

extension Episodes {
  /// Erases an episode and what was said in it: texts, words and vectors. What is left is a line in
  /// the audit log for each. It takes small transactions, and the episode goes with the last of
  /// what was said, so that a run that is cut off can be started again.
  ///
  /// ```swift
  /// print(try await ada.episodes.forget(id), "records erased")
  /// ```
  /// - Returns: How many records were erased, the episode among them.
  /// - Throws: ``LociError/Code/notFound`` where there is no such episode, and what the store
  ///   throws; what was erased before is gone.
  @discardableResult
  public func forget(_ id: RecordID) async throws -> Int {
    var count = 0
    try await memories.whileOthersWrite(id, missing: Self.noEpisode(id)) { old, _ in
      guard Episode(old) != nil else { throw Self.noEpisode(id) }
      try await erase(old, actor: author?.id) { count += $0 }
    }
    return count
  }

  /// Erases an episode as it is.
  ///
  /// - Parameter done: Told of each transaction how many records it erased.
  /// - Throws: ``LociError/Code/conflict`` where it was changed meanwhile; what was erased before
  ///   is gone.
  func erase(
    _ episode: Record, actor: String?, _ done: (Int) -> Void
  ) async throws {
    while true {
      try Task.checkCancellation()
      let page = try await memories.list(
        where: .turns(of: episode.id, nil), orderedBy: .asSaid, limit: Self.recordsATransaction
      ).map(\.id)
      let isLast = page.count < Self.recordsATransaction
      let ids = isLast ? page + [episode.id] : page
      try await memories.change(
        ids.map(RecordChange.delete), actor: actor, requiring: [.unchanged(episode)])
      done(ids.count)
      if isLast { return }
    }
  }

  /// Moves the turns of an episode from one status to another, in small transactions.
  ///
  /// - Returns: How many transactions it took.
  @discardableResult
  func setStatus(
    ofTurns id: RecordID, from old: Record.Status, to new: Record.Status,
    as action: AuditEntry.Action, actor: String? = nil
  ) async throws -> Int {
    var transactions = 0
    while true {
      try Task.checkCancellation()
      let page = try await memories.list(
        where: .turns(of: id, [old]), orderedBy: .asSaid, limit: Self.recordsATransaction)
      guard !page.isEmpty else { return transactions }
      var patch = RecordPatch()
      patch.status = new
      patch.action = action
      do {
        try await memories.change(
          page.map { .patch($0.id, patch) }, actor: actor ?? author?.id,
          requiring: page.map(Precondition.unchanged))
        transactions += 1
      } catch let error as LociError where [.conflict, .notFound].contains(error.code) {
        // Somebody else changed or erased one of them meanwhile: it is read again.
        continue
      }
    }
  }
}

extension MemoryNamespace {
  /// Erases what was said in those records that are episodes; the episodes themselves stay.
  package func forgetTurns(ofEpisodes ids: [RecordID], actor: String?) async throws {
    let episodes = try await memory.records.get(ids, namespace: namespace).filter {
      Episode($0) != nil
    }
    for episode in episodes {
      try await forget(where: .turns(of: episode.id, nil), actor: actor)
    }
  }
}
