package import LociCore
package import LociJSON
package import LociMemory

extension ExportReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "lines": .integer(lineCount), "bytes": .integer(byteCount),
      "counts": .object(
        counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: .integer($0.value)) }),
    ]
  }
}

/// What an import did, and what became of vectors.
package struct ImportAnswer: Sendable {
  /// What was taken in.
  package let report: ImportReport
  /// What was embedded afterwards; nil where that was not asked for or failed.
  package var backfill: BackfillReport?
  /// Why nothing could be embedded; what was taken in is there all the same.
  package var embeddingFailure: LociError?

  /// Whether everything that was to be embedded is.
  package var isComplete: Bool { embeddingFailure == nil && backfill?.failed ?? 0 == 0 }

  /// The answer as JSON.
  package var json: JSON {
    [
      "lines": .integer(report.lineCount), "added": .integer(report.addedCount),
      "unchanged": .integer(report.unchangedCount), "replaced": .integer(report.replacedCount),
      "kept": .integer(report.keptCount), "keys": .integer(report.keyValueCount),
      "audit": .integer(report.auditCount),
      "renumbered": .integer(report.renumberedCount), "vectors": .integer(report.vectorCount),
      "vectors_left_out": .integer(report.leftOutVectorCount),
      "backfill": JSON(backfill, \.json),
      "reason": JSON(embeddingFailure.map { ErrorReport($0).message }, JSON.string),
    ]
  }
}
