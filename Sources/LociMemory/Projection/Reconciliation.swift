import LociCore

/// What a comparison of records and vectors found and did.
public struct ReconciliationReport: Hashable, Sendable {
  /// Records looked at.
  public internal(set) var examined = 0
  /// Records that had no vector.
  public internal(set) var missing = 0
  /// Records whose vector was made from another text.
  public internal(set) var stale = 0
  /// Vectors whose filters saw attributes that their record has no longer.
  public internal(set) var outdated = 0
  /// Vectors whose record is gone.
  public internal(set) var orphaned = 0
  /// Records that need no vector, because the model can't read their text.
  public internal(set) var unreadable = 0

  /// Vectors that were copied from another side.
  public internal(set) var copied = 0
  /// Vectors that were made anew.
  public internal(set) var embedded = 0
  /// Records that still have no fresh vector.
  public internal(set) var pending = 0

  /// How many places records and vectors disagreed in.
  public var disagreements: Int { missing + stale + outdated + orphaned }

  /// Adds what another pass over the same records did.
  mutating func add(_ pass: Self) {
    let (examined, pending, unreadable) = (pass.examined, pass.pending, pass.unreadable)
    self += pass
    (self.examined, self.pending, self.unreadable) = (examined, pending, unreadable)
  }

  static func += (left: inout Self, right: Self) {
    left.examined += right.examined
    left.missing += right.missing
    left.stale += right.stale
    left.outdated += right.outdated
    left.orphaned += right.orphaned
    left.unreadable += right.unreadable
    left.copied += right.copied
    left.embedded += right.embedded
    left.pending += right.pending
  }
}

/// Compares the records with the vectors of one space on one side, and makes the vectors follow.
///
/// It is idempotent, it may run while others write, and a run that was cut off is made up for by
/// the next one. Complexity: O(records + vectors).
struct Reconciliation: Sendable {
  let space: EmbeddingSpace
  /// The side that is to follow the records.
  let projection: VectorProjection
  /// Where fresh vectors of the same space may be copied from.
  var source: (any VectorStore)?
  /// Whether what can't be copied is embedded.
  var embeds = false
  /// Which texts the space's model can read; a pass over another space's vectors can't ask it.
  var canRead: @Sendable (String) throws -> Bool = { _ in true }
  /// How many vectors a text has; a pass over another space's vectors can't tell.
  var partCount: @Sendable (Record) throws -> Int? = { _ in nil }
  /// Whether anything is changed at all.
  var repairs = true

  private static let pageSize = 256
  private var records: any RecordStore { projection.records }

  /// Goes through every namespace.
  func run(_ progress: (ReconciliationReport) -> Void = { _ in }) async throws
    -> ReconciliationReport
  {
    var report = ReconciliationReport()
    if repairs { try await projection.side.vectors().ensure(space) }
    for namespace in try await records.namespaces().sorted() {
      try await records.forEachPage(of: namespace, size: Self.pageSize) { page in
        report += try await follow(page)
        progress(report)
      }
    }
    for namespace in try await projection.side.vectors().namespaces(in: space).sorted() {
      report.orphaned += try await removeOrphans(of: namespace)
      progress(report)
    }
    return report
  }

  private func follow(_ page: [Record]) async throws -> ReconciliationReport {
    guard let namespace = page.first?.namespace else { return ReconciliationReport() }
    let vectors = try await projection.side.vectors()
    let found = try await vectors.get(page.map(\.id), namespace: namespace, in: space)
    let entries = Dictionary(grouping: found, by: \.id)
    var report = ReconciliationReport()
    report.examined = page.count
    var (lacking, stale, refreshed): ([Record], [RecordID], [VectorEntry]) = ([], [], [])
    for record in page {
      guard try canRead(record.text) else {
        report.unreadable += 1
        // A vector of such a text was made by somebody who did not look.
        if entries[record.id] != nil { stale.append(record.id) }
        continue
      }
      let parts = entries[record.id] ?? []
      let isStale = parts.contains { $0.contentHash != record.contentHash }
      let wanted = parts.isEmpty || isStale ? nil : try partCount(record)
      if isStale {
        lacking.append(record)
        stale.append(record.id)
      } else if parts.count < wanted ?? 1 {
        lacking.append(record)
        report.missing += 1
      } else {
        refreshed += parts.compactMap { $0.refreshed(from: record) }
      }
    }
    report.stale = stale.count
    report.outdated = Set(refreshed.map(\.id)).count
    guard repairs else {
      report.pending = lacking.count
      return report
    }
    if !stale.isEmpty { try await vectors.delete(stale, namespace: namespace, in: space) }
    if !refreshed.isEmpty { try await projection.write(refreshed, in: space) }
    report += try await fill(lacking)
    return report
  }

  private func fill(_ lacking: [Record]) async throws -> ReconciliationReport {
    var report = ReconciliationReport()
    let copies = try await copies(of: lacking)
    if !copies.isEmpty { try await projection.write(copies, in: space) }
    let copied = Set(copies.map(\.id))
    report.copied = copied.count
    let rest = lacking.filter { !copied.contains($0.id) }
    guard embeds, !rest.isEmpty else {
      report.pending = rest.count
      return report
    }
    for outcome in try await projection.project(rest) {
      switch outcome {
      case .pending: report.pending += 1
      case .unreadable: report.unreadable += 1
      case .embedded, .unchanged: report.embedded += 1
      }
    }
    return report
  }

  /// The source's fresh vectors of records.
  private func copies(of lacking: [Record]) async throws -> [VectorEntry] {
    guard let source, let namespace = lacking.first?.namespace else { return [] }
    let byID = lacking.keyed(by: \.id)
    return try await source.get(lacking.map(\.id), namespace: namespace, in: space)
      .compactMap { entry in
        guard let record = byID[entry.id], entry.contentHash == record.contentHash else {
          return nil
        }
        return entry.following(record)
      }
  }

  private func removeOrphans(of namespace: Namespace) async throws -> Int {
    let vectors = try await projection.side.vectors()
    var (count, cursor): (Int, RecordID?) = (0, nil)
    while true {
      try Task.checkCancellation()
      let found = try await vectors.scan(
        namespace, in: space, after: cursor, limit: Self.pageSize
      ).map(\.id)
      guard let last = found.last else { return count }
      let page = Set(found).sorted()
      let living = Set(try await records.get(page, namespace: namespace).map(\.id))
      let orphans = page.filter { !living.contains($0) }
      if repairs, !orphans.isEmpty {
        try await vectors.delete(orphans, namespace: namespace, in: space)
      }
      count += orphans.count
      cursor = last
    }
  }
}
