package import LociAgents
package import LociCore
package import LociJSON
package import LociMemory

/// Verifies a namespace's audit log and its records.
package struct VerifyOperation: NamespaceOperation {
  package static let name = "verify"
  package static let summary = "verify the chain of the audit log, and records against it"
  package static let access = StoreAccess.writing

  /// Only this record; nil is all.
  package var record: RecordID?
  /// A head that was printed earlier.
  package var head: String?
  /// Whether what fails is put in quarantine.
  package var quarantines = false
  /// Who does it, for the audit log.
  package var actor: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("record", \.record, "Compare only this record with its line."),
    Parameter(
      "head", \.head, "The head that was printed earlier, and must be in the log.",
      kind: .text("HASH")),
    Parameter(
      "quarantine", \.quarantines,
      "Hide records that differ from their lines; `unforget` lets them out."),
    .actor(\.actor),
  ]

  private var expected: ChainHash? {
    get throws(LociError) {
      guard let head else { return nil }
      return try ChainHash(head)
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> VerifyAnswer {
    let report = try await namespace.verify(record: record, head: expected)
    guard quarantines, !report.differing.isEmpty else {
      return VerifyAnswer(report: report, quarantinedCount: 0)
    }
    return VerifyAnswer(
      report: report,
      quarantinedCount: try await namespace.quarantine(report.differing, actor: actor))
  }
}

/// What was found, and how much of it is in quarantine now.
package struct VerifyAnswer: Sendable {
  /// What was found.
  package let report: AuditReport
  /// The records that were put in quarantine.
  package let quarantinedCount: Int

  /// The report as JSON.
  package var json: JSON {
    func ids(_ ids: [RecordID]) -> JSON { .array(ids.map { .string($0.text) }) }
    return [
      "whole": .bool(report.isWhole), "lines": .integer(report.lineCount),
      "head": .string(report.head.description),
      "break": JSON(report.firstBreak) { found in
        [
          "kind": .string(found.kind.rawValue), "sequence": .integer(Int(found.sequence)),
          "record": .string(found.record.text),
        ]
      },
      "head_found": JSON(report.holdsExpectedHead, JSON.bool),
      "records": .integer(report.recordCount), "unknown": .integer(report.unknownCount),
      "differing": ids(report.differing), "missing": ids(report.missing),
      "damaged": ids(report.damaged), "quarantined": .integer(quarantinedCount),
    ]
  }
}

/// Lists what is in quarantine.
package struct QuarantinedOperation: NamespaceOperation {
  package static let name = "quarantined"
  package static let summary = "list the records in quarantine"
  package static let access = StoreAccess.reading

  /// The most records.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "limit", \.limit, "The most records; 100 by default.", kind: .integer(1...1_000_000)),
    Parameter("after", \.after, "Go on after this id."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> ListAnswer {
    ListAnswer(try await namespace.quarantined(after: after, limit: limit), limit: limit)
  }
}
