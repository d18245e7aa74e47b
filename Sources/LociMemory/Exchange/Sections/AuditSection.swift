import Foundation
import LociCore

/// The lines of the audit log, with their numbers.
///
/// A line whose number another one has here, because two memories are merged, gets a new number at
/// the end. None is added of what is here already.
struct AuditSection: ExchangeSection {
  static let kinds = [audit]
  private static let audit = "audit"
  private static let pageSize = 1000
  /// How often lines are numbered anew where others write to the log meanwhile.
  private static let maximumAttempts = 20
  /// The most lines of one record's log that are looked through for one that came before.
  private static let longestLog = 10_000

  private var lines: [LoggedChange] = []

  init() {}

  static func write(
    _ memory: Memory, _ options: ExportOptions, to writer: inout ExportWriter
  ) async throws {
    var sequence: Int64 = 0
    while true {
      let page = try await memory.records.auditLog(after: sequence, limit: pageSize)
      guard let last = page.last else { return }
      sequence = last.entry.sequence
      for line in page where options.namespaces?.contains(line.namespace) ?? true {
        try await writer.write(audit, AuditBody(line))
      }
    }
  }

  mutating func add(_ line: ExchangeLine) throws {
    let change = try line.decode(AuditBody.self).value
    guard change.entry.sequence > lines.last?.entry.sequence ?? 0 else {
      throw line.malformed("its number is not above the one before")
    }
    lines.append(change)
  }

  mutating func take(
    into memory: Memory, _ rule: ConflictRule, _ report: inout ImportReport
  ) async throws {
    defer { lines = [] }
    let log = memory.records
    var waiting = lines
    for attempt in 0..<Self.maximumAttempts {
      let there = try await log.lines(numbered: waiting.map(\.entry.sequence))
      waiting.removeAll { there[$0.entry.sequence] == $0 }
      var taken = waiting.filter { there[$0.entry.sequence] == nil }
      var clashing = waiting.filter { there[$0.entry.sequence] != nil }
      if attempt == 0, !clashing.isEmpty {
        clashing = try await Self.unknown(clashing, to: log)
        report.renumberedCount += clashing.count
      }
      if attempt == 0 { report.auditCount += taken.count + clashing.count }
      if !clashing.isEmpty {
        let last = max(try await log.lastNumber(), taken.last?.entry.sequence ?? 0)
        taken += clashing.enumerated().map { $1.numbered(last + 1 + Int64($0)) }
      }
      guard !taken.isEmpty else { return }
      try await log.takeOver(RecordTransfer(log: taken))
      waiting = taken
    }
    throw LociError(
      .busy, "Others write to the audit log so fast that no line finds a number.",
      remedy: "Import again when it is quieter; it goes on where it stopped.")
  }

  /// The lines that are not here under other numbers. Of two alike, each counts.
  private static func unknown(
    _ lines: [LoggedChange], to log: any RecordStore
  ) async throws -> [LoggedChange] {
    var unknown: [LoggedChange] = []
    for (name, group) in Dictionary(grouping: lines, by: \.name) {
      var known: [LoggedChange: Int] = [:]
      let entries = try await log.audit(
        name.namespace, record: name.record, limit: longestLog)
      for entry in entries {
        let change = LoggedChange(namespace: name.namespace, entry: entry)
        known[change.numbered(0), default: 0] += 1
      }
      for line in group {
        let count = known[line.numbered(0)] ?? 0
        if count > 0 { known[line.numbered(0)] = count - 1 } else { unknown.append(line) }
      }
    }
    return unknown.sorted { $0.entry.sequence < $1.entry.sequence }
  }
}

private struct LoggedName: Hashable {
  let namespace: Namespace
  let record: RecordID
}

extension LoggedChange {
  fileprivate var name: LoggedName { LoggedName(namespace: namespace, record: entry.record) }

  fileprivate func numbered(_ number: Int64) -> LoggedChange {
    LoggedChange(
      namespace: namespace,
      entry: AuditEntry(
        sequence: number, time: entry.time, action: entry.action, record: entry.record,
        actor: entry.actor))
  }
}

extension RecordStore {
  /// The lines between the first and the last of some rising numbers, by number.
  fileprivate func lines(numbered numbers: [Int64]) async throws -> [Int64: LoggedChange] {
    guard let first = numbers.min(), let last = numbers.max() else { return [:] }
    let wanted = Set(numbers)
    var (found, cursor) = ([Int64: LoggedChange](), first - 1)
    while cursor < last {
      let page = try await auditLog(after: cursor, limit: 1000)
      guard let end = page.last else { break }
      for line in page where wanted.contains(line.entry.sequence) {
        found[line.entry.sequence] = line
      }
      cursor = end.entry.sequence
    }
    return found
  }

  /// The highest number of the log; 0 where it is empty. Complexity: O(log(number)) reads.
  fileprivate func lastNumber() async throws -> Int64 {
    var (low, high) = (Int64(0), Int64.max)
    while low < high {
      let middle = low + (high - low) / 2
      if let next = try await auditLog(after: middle, limit: 1).first {
        low = next.entry.sequence
      } else {
        high = middle
      }
    }
    return low
  }
}

/// A line of the log as a line of an export holds it.
private struct AuditBody: Codable {
  let sequence: Int64
  let time: Date
  let action: AuditEntry.Action
  let namespace: Namespace
  let record: RecordID
  let actor: String?

  init(_ line: LoggedChange) {
    (sequence, time, action) = (line.entry.sequence, line.entry.time, line.entry.action)
    (namespace, record, actor) = (line.namespace, line.entry.record, line.entry.actor)
  }

  var value: LoggedChange {
    LoggedChange(
      namespace: namespace,
      entry: AuditEntry(
        sequence: sequence, time: time, action: action, record: record, actor: actor))
  }
}
