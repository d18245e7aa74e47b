import Foundation
import LociCore

/// The lines of the audit log, with their numbers.
///
/// Where two memories are merged, a line whose number another one has here, or that would stand
/// before lines of its namespace, gets a new number at the end. One that does not continue its
/// namespace's chain is tied to it anew: its order is what it says, and what its record was is not
/// known to this chain. None is added of what is here already.
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
    let body = try line.decode(AuditBody.self)
    guard let change = try? body.value() else { throw line.malformed("a hash of it is none") }
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
      if attempt == 0 {
        waiting = try await Self.unknown(waiting, to: log)
        report.auditCount += waiting.count
      }
      guard !waiting.isEmpty else { return }
      var end = try await LogEnd(of: log)
      let placed = try await end.placed(waiting, taken: Set(there.keys))
      if attempt == 0 {
        report.renumberedCount +=
          zip(placed, waiting).count { $0.entry.sequence != $1.entry.sequence }
      }
      try await log.takeOver(RecordTransfer(log: placed.sorted(by: Self.isBefore)))
      waiting = placed
    }
    throw LociError(
      .busy, "Others write to the audit log so fast that no line finds a number.",
      remedy: "Import again when it is quieter; it goes on where it stopped.")
  }

  /// The lines that are not here under other numbers. Of two alike, each counts.
  ///
  /// A line never gets a smaller number than it had, so what is beyond the log's end is not here.
  private static func unknown(
    _ lines: [LoggedChange], to log: any RecordStore
  ) async throws -> [LoggedChange] {
    let last = try await log.lastNumber()
    var unknown = lines.filter { $0.entry.sequence > last }
    let others = lines.filter { $0.entry.sequence <= last }
    for (name, group) in Dictionary(grouping: others, by: \.name) {
      var known: [LoggedChange: Int] = [:]
      let entries = try await log.audit(
        name.namespace, record: name.record, limit: longestLog)
      for entry in entries {
        let change = LoggedChange(namespace: name.namespace, entry: entry)
        known[change.unplaced, default: 0] += 1
      }
      for line in group {
        let count = known[line.unplaced] ?? 0
        if count > 0 { known[line.unplaced] = count - 1 } else { unknown.append(line) }
      }
    }
    return unknown.sorted(by: isBefore)
  }

  private static func isBefore(_ left: LoggedChange, _ right: LoggedChange) -> Bool {
    left.entry.sequence < right.entry.sequence
  }
}

/// Where lines can be added to a log, and what the next line of each namespace continues.
private struct LogEnd {
  private struct Chain {
    var head: ChainHash
    /// The number of its last line; 0 where there is none.
    var last: Int64
    /// Whether a line was put at the log's end, so that all that follow must be.
    var isAtEnd = false
  }

  private let log: any RecordStore
  private var last: Int64
  private var chains: [Namespace: Chain] = [:]

  init(of log: any RecordStore) async throws {
    self.log = log
    last = try await log.lastNumber()
  }

  /// Lines with the numbers and links that they can have here, in the same order.
  ///
  /// - Parameters:
  ///   - lines: By rising numbers.
  ///   - taken: The numbers that others have.
  mutating func placed(
    _ lines: [LoggedChange], taken: Set<Int64>
  ) async throws -> [LoggedChange] {
    last = max(last, lines.last { !taken.contains($0.entry.sequence) }?.entry.sequence ?? 0)
    var placed: [LoggedChange] = []
    for line in lines {
      var chain = try await chain(of: line.namespace)
      var number = line.entry.sequence
      if chain.isAtEnd || taken.contains(number) || number <= chain.last {
        last += 1
        (number, chain.isAtEnd) = (last, true)
      }
      let placedLine = line.numbered(number, after: chain.head)
      (chain.head, chain.last) = (placedLine.entry.link?.hash ?? chain.head, number)
      chains[line.namespace] = chain
      placed.append(placedLine)
    }
    return placed
  }

  private mutating func chain(of namespace: Namespace) async throws -> Chain {
    if let known = chains[namespace] { return known }
    let newest = try await log.audit(namespace, record: nil, limit: 1).first
    return Chain(head: newest?.link?.hash ?? .start, last: newest?.sequence ?? 0)
  }
}

private struct LoggedName: Hashable {
  let namespace: Namespace
  let record: RecordID
}

extension LoggedChange {
  fileprivate var name: LoggedName { LoggedName(namespace: namespace, record: entry.record) }

  /// The line as it is wherever it stands.
  fileprivate var unplaced: LoggedChange { change(number: 0, link: nil) }

  /// The line with a number, tied to the one before it.
  fileprivate func numbered(_ number: Int64, after previous: ChainHash) -> LoggedChange {
    guard entry.link?.previous != previous else { return change(number: number, link: entry.link) }
    return change(
      number: number, link: AuditChain.link(entry, in: namespace, nil, after: previous))
  }

  private func change(number: Int64, link: AuditLink?) -> LoggedChange {
    LoggedChange(
      namespace: namespace,
      entry: AuditEntry(
        sequence: number, time: entry.time, action: entry.action, record: entry.record,
        actor: entry.actor, link: link))
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
  let previous: String?
  let state: String?
  let hash: String?

  init(_ line: LoggedChange) {
    (sequence, time, action) = (line.entry.sequence, line.entry.time, line.entry.action)
    (namespace, record, actor) = (line.namespace, line.entry.record, line.entry.actor)
    (previous, state) = (line.entry.link?.previous.description, line.entry.link?.state?.description)
    hash = line.entry.link?.hash.description
  }

  /// - Throws: ``LociError/Code/invalidArgument`` for a hash that is none.
  func value() throws -> LoggedChange {
    let link: AuditLink? =
      if let previous, let hash {
        AuditLink(
          previous: try ChainHash(previous), state: try state.map { try ChainHash($0) },
          hash: try ChainHash(hash))
      } else {
        nil
      }
    return LoggedChange(
      namespace: namespace,
      entry: AuditEntry(
        sequence: sequence, time: time, action: action, record: record, actor: actor, link: link))
  }
}
