import LociCore
public import LociMemory

extension MemoryNamespace {
  /// Verifies the namespace's audit log, whose lines are a chain, and compares its records with
  /// what their newest lines say. Nothing is changed.
  ///
  /// ```swift
  /// let report = try await ada.verify()
  /// if let found = report.firstBreak { print("line \(found.sequence) was \(found.kind)") }
  /// print(report.head)
  /// ```
  /// - Parameters:
  ///   - record: Compares only this record; the whole log is verified in any case.
  ///   - head: A head that was printed earlier, and must be in the log: so it is seen where the
  ///     log's end was cut off.
  /// - Complexity: O(lines + records); it keeps a hash for each record.
  public func verify(
    record: RecordID? = nil, head: ChainHash? = nil
  ) async throws -> AuditReport {
    let lines = try await walk(expecting: head)
    var report = lines.report
    var suspects: Set<RecordID> = []
    if let record {
      suspects = [record]
    } else {
      var unseen = Set(lines.newest.keys)
      var cursor: RecordID?
      while true {
        let page = try await memory.records.list(
          in: namespace, where: Filter(statuses: nil), after: cursor, limit: Self.pageSize)
        guard let last = page.last else { break }
        try Task.checkCancellation()
        for record in page {
          unseen.remove(record.id)
          report.recordCount += 1
          switch record.agrees(with: lines.newest[record.id]) {
          case true?: break
          case false?: suspects.insert(record.id)
          case nil: report.unknownCount += 1
          }
        }
        cursor = last.id
      }
      suspects.formUnion(unseen)
    }
    try await examine(suspects, &report, isCounting: record != nil)
    return report
  }

  private static var pageSize: Int { 1000 }

  private func walk(expecting head: ChainHash?) async throws -> ChainWalk {
    var walk = ChainWalk(in: namespace, expecting: head)
    var sequence = Int64.min
    while true {
      let page = try await memory.records.auditLog(
        of: namespace, after: sequence, limit: Self.pageSize)
      guard let last = page.last else { return walk }
      try Task.checkCancellation()
      for entry in page { walk.take(entry) }
      sequence = last.sequence
    }
  }

  /// Looks at records again by themselves, since others may be writing them.
  private func examine(
    _ suspects: Set<RecordID>, _ report: inout AuditReport, isCounting: Bool
  ) async throws {
    guard !suspects.isEmpty else { return }
    let damaged = Set(try await memory.records.damagedRecords())
    for id in suspects.sorted() {
      let (found, line) = try await settled(id)
      let newest: AuditLink?? = line.flatMap { $0.action == .delete ? nil : .some($0.link) }
      guard let record = found else {
        if damaged.contains(DamagedRecord(namespace: namespace.name, id: id.text)) {
          report.damaged.append(id)
        } else if newest != nil {
          report.missing.append(id)
        } else if line == nil {
          throw missing(id)
        }
        continue
      }
      if isCounting { report.recordCount += 1 }
      switch record.agrees(with: newest) {
      case true?: break
      case false?: report.differing.append(id)
      case nil: report.unknownCount += 1
      }
    }
  }

  /// A record and its newest line, with no write of it in between, as far as that can be had.
  private func settled(_ id: RecordID) async throws -> (Record?, AuditEntry?) {
    func newest() async throws -> AuditEntry? {
      try await memory.records.audit(namespace, record: id, limit: 1).first
    }
    var (record, line) = (try await get(id), try await newest())
    for _ in 0..<Self.attempts {
      let before = line
      (record, line) = (try await get(id), try await newest())
      if line?.sequence == before?.sequence { break }
    }
    return (record, line)
  }

  private static var attempts: Int { 100 }

  // MARK: Quarantine

  /// Hides records whose verification failed: they are not recalled, and kept as they are, until
  /// ``unforget(_:actor:)`` lets them out.
  ///
  /// ```swift
  /// try await ada.quarantine(ada.verify().differing)
  /// for record in try await ada.quarantined() { print(record.id) }
  /// ```
  /// - Returns: How many of the ids were there.
  @discardableResult
  public func quarantine(_ ids: [RecordID], actor: String? = nil) async throws -> Int {
    try await hide(ids, actor: actor, as: .quarantine)
  }

  /// The records in quarantine, in the order of ids.
  public func quarantined(after cursor: RecordID? = nil, limit: Int = 100) async throws -> [Record]
  {
    let filter = Filter(
      statuses: [.forgotten],
      metadata: [MetadataCondition(HiddenKey.quarantine, .equal, true)])
    return try await list(where: filter, after: cursor, limit: limit)
  }
}

extension Record {
  /// Whether it is what its newest line says; nil where the line does not tell.
  ///
  /// - Parameter newest: The link of that line; nil where no line says that it is there.
  fileprivate func agrees(with newest: AuditLink??) -> Bool? {
    guard let newest else { return false }
    guard let link = newest, let state = link.state else { return nil }
    return state == AuditChain.state(of: self, after: link.previous)
      && WriteHash.holds(for: self)
  }
}
