import Foundation
import LociCore
import LociSQL

/// Reading and writing records inside the caller's transaction.
extension Connection {
  /// The records of the ids that exist, locked until the transaction ends; nil for damaged ones.
  func lockedRecords(
    _ ids: Set<RecordID>, in namespace: Namespace
  ) throws -> [RecordID: Record?] {
    let names = Names(ids, in: namespace)
    let pairs = try rows(
      """
      SELECT \(RecordRow.selection) FROM record WHERE \(names.condition) ORDER BY id FOR UPDATE
      """, names.values
    ) { (try RecordID(RecordCodec.name($0).id), try? RecordCodec.decode($0)) }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  /// Applies changes with their audit rows; see ``RecordStore/apply(_:in:actor:at:)``.
  func apply(
    _ changes: [RecordChange], in namespace: Namespace, actor: String?, at time: Date
  ) throws -> [Record?] {
    var batch = RecordBatch(
      try lockedRecords(Set(changes.map(\.id)), in: namespace), in: namespace, at: time)
    let answers = try changes.map { try batch.apply($0) }
    let entries = AuditLog.additions(batch.log, in: namespace, actor: actor, at: time)
    try runUnsealed(try batch.statements() + [entries])
    return answers
  }

  /// Runs statements that a sealed store refuses. The last of them must lock the audit log's head,
  /// which also whoever sets the seal holds.
  func runUnsealed(_ statements: [Statement]) throws {
    let answer = try run(statements + [Notes.readingSeal]).last
    try StoreNotes.requireUnsealed(answer?.rows.map { $0.text(0) }.first)
  }

  /// Takes over another store's contents; see ``RecordStore/takeOver(_:)``.
  func takeOver(_ page: RecordTransfer) throws {
    var statements: [Statement] = []
    for (namespace, ids) in page.erased.sorted(by: { $0.key < $1.key }) {
      let names = Names(ids, in: namespace)
      statements.append(Statement("DELETE FROM record WHERE \(names.condition)", names.values))
    }
    try run(statements)
    let pages = Dictionary(grouping: page.records, by: \.namespace)
    for (namespace, records) in pages.sorted(by: { $0.key < $1.key }) {
      let old = try lockedRecords(Set(records.map(\.id)), in: namespace)
      let new = records.keyed(by: \.id)
      try run(
        new.values.sorted { $0.id < $1.id }.flatMap { record -> [Statement] in
          try record.validate()
          return switch old[record.id] {
          case nil: try RecordRow.insertions(record)
          case .some(let old?): try RecordRow.updates(from: old, to: record)
          case .some(.none):
            try [RecordRow.deletion(record.id, in: namespace)] + RecordRow.insertions(record)
          }
        })
    }
    if !page.log.isEmpty { try run(AuditLog.takings(page.log)) }
  }
}
