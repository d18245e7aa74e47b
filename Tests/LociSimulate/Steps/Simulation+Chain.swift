import LociCore
import LociSimulation

extension Simulation {
  /// The log of every namespace is a chain, and each record is what its newest line says.
  func checkChain() async throws {
    for namespace in namespaces {
      let (lines, found) = try await calmly {
        let store = try await records()
        let all = Filter(statuses: nil)
        return (
          try await store.auditLog(of: namespace, after: .min, limit: 1_000_000),
          try await store.list(in: namespace, where: all, after: nil, limit: 10_000)
        )
      }
      var previous = ChainHash.start
      var newest: [RecordID: AuditEntry] = [:]
      for line in lines {
        guard let link = line.link, link.previous == previous,
          link.hash == AuditChain.hash(of: line, in: namespace, link)
        else { throw Violation("line \(line.sequence) of \(namespace) does not follow its chain") }
        previous = link.hash
        newest[line.record] = line
      }
      for record in found {
        guard let link = newest.removeValue(forKey: record.id)?.link,
          link.state == AuditChain.state(of: record, after: link.previous)
        else { throw Violation("\(namespace)/\(record.id) is not what its newest line says") }
      }
      for (id, line) in newest where line.action != .delete {
        throw Violation("\(namespace)/\(id) is gone, and no line says so")
      }
    }
  }
}
