import Foundation
import LociCore
import LociSQL

/// Reading and writing records inside the caller's transaction.
extension Connection {
  /// The records of the ids that exist, locked until the transaction ends, nil for damaged ones;
  /// and what they are in the totals of words.
  func lockedRecords(
    _ ids: Set<RecordID>, in namespace: Namespace
  ) throws -> (records: [RecordID: Record?], totals: WordTotals) {
    let names = RecordNames(ids, in: namespace)
    var parameters = names.parameters
    let counted = try WordTotals.counted(in: namespace, &parameters)
    var totals = WordTotals()
    let pairs = try rows(
      """
      SELECT \(RecordRow.selection), \(counted) FROM record WHERE \(names.condition)
      ORDER BY id FOR UPDATE
      """, parameters.values
    ) { row in
      if !row.isNull(RecordRow.columnCount) {
        totals.recordCount += 1
        totals.totalLength += Int(row.integer(RecordRow.columnCount))
      }
      return (try RecordID(RecordCodec.name(row).id), try? RecordCodec.decode(row))
    }
    return (Dictionary(pairs, uniquingKeysWith: { $1 }), totals)
  }

  /// The statement that counts a namespace's records that pass a filter.
  static func counting(_ filter: Filter, in namespace: Namespace) throws -> Statement {
    var parameters = Parameters()
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    return Statement("SELECT count(*) FROM record WHERE \(condition)", parameters.values)
  }

  /// Holds until the end of the transaction whoever counts before adding, too. It comes before
  /// every other lock, and who does not count never takes it, so nobody waits in a circle.
  private func lockCounts(of namespace: Namespace) throws {
    try execute(
      "SELECT pg_advisory_xact_lock(hashtextextended('loci ' || current_schema() || ' ' || $1, 0))",
      [.text(namespace.name)])
  }

  /// Applies changes with their audit rows; see ``RecordStore/apply(_:in:actor:at:requiring:)``.
  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date,
    _ check: PreconditionCheck
  ) throws -> [Record?] {
    if check.counts { try lockCounts(of: namespace) }
    let named = check.records.union(changes.map(\.id))
    let (records, totals) = try lockedRecords(named, in: namespace)
    try check.check(
      record: { id in
        guard let found = records[id] else { return nil }
        guard let record = found else { throw LociError.damaged(id) }
        return record
      },
      count: { filter in
        let counting = try Self.counting(filter, in: namespace)
        return Int(try integer(counting.sql, counting.values))
      })
    var batch = RecordBatch(records, in: namespace, at: time)
    let answers = try changes.map { try batch.apply($0) }
    let replaced = batch.replacedTexts
    let last = replaced.isEmpty ? [] : try versions(VersionRow.readingLast(replaced, in: namespace))
    let versions = batch.versionStatements(after: last.keyed(by: \.id), actor: actor)
    let statements = try batch.statements()
    let counting = statements.isEmpty ? [] : [try totals.change(to: named, in: namespace)]
    // The next line follows the last one that there is once nobody else can add any.
    let hash = try run(
      statements + versions + counting + [AuditLog.lock, AuditLog.last(of: namespace)]
    ).last?.rows.compactMap { try? ChainHash(bytes: $0.bytes(0)) }.first
    try runUnsealed([
      AuditLog.additions(
        batch.log, in: namespace, actor: actor, at: time, after: hash ?? .start)
    ])
    return answers
  }

  private func versions(_ reading: Statement) throws -> [RecordVersion] {
    try rows(reading.sql, reading.values, VersionCodec.decode)
  }

  /// Runs statements that a sealed store refuses. The last of them must lock the audit log's head,
  /// which also whoever sets the seal holds.
  func runUnsealed(_ statements: [Statement]) throws {
    let answer = try run(statements + [Notes.readingSeal]).last
    try StoreNotes.requireUnsealed(answer?.rows.map { $0.text(0) }.first)
  }

  /// Takes over another store's contents; see ``RecordStore/takeOver(_:)``.
  func takeOver(_ page: RecordTransfer) throws {
    let pages = Dictionary(grouping: page.records, by: \.namespace)
    var counting: [Statement] = []
    for namespace in Set(pages.keys).union(page.erased.keys).sorted() {
      let new = pages[namespace, default: []].keyed(by: \.id)
      let erased = page.erased[namespace, default: []]
      let named = Set(new.keys).union(erased)
      guard !named.isEmpty else { continue }
      let (old, totals) = try lockedRecords(named, in: namespace)
      let names = RecordNames(erased, in: namespace)
      try run(
        [Statement("DELETE FROM record WHERE \(names.condition)", names.values)]
          + new.values.sorted { $0.id < $1.id }.flatMap { record -> [Statement] in
            try record.validate()
            return switch erased.contains(record.id) ? nil : old[record.id] {
            case nil: try RecordRow.insertions(record)
            case .some(let old?): try RecordRow.updates(from: old, to: record)
            case .some(.none):
              try [RecordRow.deletion(record.id, in: namespace)] + RecordRow.insertions(record)
            }
          } + [VersionRow.deletion(new.keys.sorted(), in: namespace)]
          + new.values.flatMap(page.versions).map(VersionRow.insertion))
      counting.append(try totals.change(to: named, in: namespace))
    }
    try run(counting)
    if !page.log.isEmpty { try run(AuditLog.takings(page.log)) }
    try run(
      page.erasedKeys.sorted().map(KeyValueRow.deletion)
        + page.keyValues.sorted { $0.name < $1.name }.map {
          KeyValueRow.putting($0, expecting: .anything)
        })
  }
}
