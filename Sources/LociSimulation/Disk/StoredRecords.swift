import Foundation
import LociCore

/// The records, words, audit log and notes of one store.
struct StoredRecords {
  private var rows: [RecordName: StoredRecord] = [:]
  /// The earlier texts of each record, oldest first.
  private var versions: [RecordName: [RecordVersion]] = [:]
  /// Sorted by number.
  private(set) var log: [LoggedChange] = []
  private(set) var notes = StoreNotes()
  /// By their names.
  var keyValues: [KeyName: KeyValue] = [:]
  /// What was written in this transaction.
  private var touched: [RecordName] = []

  subscript(name: RecordName) -> Record? { rows[name]?.record }

  var namespaces: [Namespace] { Set(rows.keys.map(\.namespace)).sorted() }

  /// Everything of a namespace, in no particular order.
  func rows(of namespace: Namespace) -> [StoredRecord] {
    rows.values.filter { $0.record.namespace == namespace }
  }

  func passing(_ filter: Filter, in namespace: Namespace) -> [Record] {
    rows(of: namespace).map(\.record).filter { filter.matches(VectorAttributes(of: $0)) }
  }

  /// An entry as it is stored where vectors follow records; nil where it is outdated.
  func followed(by entry: VectorEntry) -> VectorEntry? {
    let name = RecordName(namespace: entry.attributes.namespace, id: entry.id)
    guard let record = self[name], record.contentHash == entry.contentHash else { return nil }
    return entry.following(record)
  }

  func versions(of name: RecordName) -> [RecordVersion] { versions[name] ?? [] }

  mutating func add(_ version: RecordVersion, to name: RecordName) {
    versions[name, default: []].append(version)
  }

  mutating func setVersions(of name: RecordName, to all: [RecordVersion]) { versions[name] = all }

  /// Stores a record with its words, or erases one, with its earlier texts.
  mutating func set(_ name: RecordName, to record: Record?) {
    if record == nil { versions[name] = nil }
    rows[name] = record.map { StoredRecord($0, after: rows[name]) }
    touched.append(name)
  }

  /// What was written since the last call, in order.
  mutating func takeTouched() -> [RecordName] {
    defer { touched = [] }
    return touched
  }

  mutating func addLine(
    _ action: AuditEntry.Action, _ name: RecordName, _ record: Record?, actor: String?,
    at time: Date
  ) {
    var entry = AuditEntry(
      sequence: (log.last?.entry.sequence ?? 0) + 1, time: time, action: action, record: name.id,
      actor: actor)
    let last = log.last { $0.namespace == name.namespace }
    entry.link = AuditChain.link(
      entry, in: name.namespace, record, after: last?.entry.link?.hash ?? .start)
    log.append(LoggedChange(namespace: name.namespace, entry: entry))
  }

  /// Adds a line of another store's log with its number; one whose number is there is passed over.
  mutating func takeOver(_ line: LoggedChange) {
    let place = log.lastIndex { $0.entry.sequence <= line.entry.sequence }
    if let place, log[place].entry.sequence == line.entry.sequence { return }
    log.insert(line, at: place.map { $0 + 1 } ?? 0)
  }

  mutating func setNotes(
    _ new: StoreNotes, replacing expected: StoreNotes
  ) throws(LociError) {
    try notes.require(toBe: expected)
    notes = new
  }

  /// Throws where the records have moved away.
  func requireUnsealed() throws(LociError) {
    try StoreNotes.requireUnsealed(notes[.seal])
  }
}
