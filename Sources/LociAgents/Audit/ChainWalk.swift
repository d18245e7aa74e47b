import LociCore

/// Goes along the lines of a namespace's audit log, from the first on.
struct ChainWalk {
  /// So many hashes back it is looked whether a line continues an earlier one: then what stands
  /// between was inserted.
  private static let memory = 1024

  let namespace: Namespace
  let expected: ChainHash?
  private(set) var report = AuditReport()
  /// The newest line of each record that was not erased.
  private(set) var newest: [RecordID: AuditLink?] = [:]
  private var recent: [(hash: ChainHash, entry: AuditEntry?)] = [(.start, nil)]

  init(in namespace: Namespace, expecting expected: ChainHash?) {
    self.namespace = namespace
    self.expected = expected
    report.holdsExpectedHead = expected.map { $0 == .start }
  }

  /// Takes the next line. Complexity: O(length of its names).
  mutating func take(_ entry: AuditEntry) {
    report.lineCount += 1
    newest[entry.record] = entry.action == .delete ? nil : .some(entry.link)
    guard let link = entry.link else {
      // Whatever wrote it did not know of the chain.
      return found(.inserted, entry)
    }
    if link.hash != AuditChain.hash(of: entry, in: namespace, link) {
      found(.changed, entry)
    } else if link.previous != recent.last?.hash {
      let earlier = recent.lastIndex { $0.hash == link.previous }
      if let earlier, let inserted = recent[(earlier + 1)...].first?.entry {
        found(.inserted, inserted)
      } else {
        found(.removed, entry)
      }
    }
    if link.hash == expected { report.holdsExpectedHead = true }
    report.head = link.hash
    recent.append((link.hash, entry))
    if recent.count > 2 * Self.memory { recent.removeFirst(recent.count - Self.memory) }
  }

  private mutating func found(_ kind: AuditReport.Break.Kind, _ entry: AuditEntry) {
    guard report.firstBreak == nil else { return }
    report.firstBreak = AuditReport.Break(
      kind: kind, sequence: entry.sequence, record: entry.record)
  }
}
