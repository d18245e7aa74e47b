import Loci
import LociWire

extension ExportReport {
  var text: String {
    let parts = [
      Count.of(counts["record"] ?? 0, "record"), Count.of(counts["version"] ?? 0, "earlier text"),
      Count.of(counts["key"] ?? 0, "value") + " by key",
      Count.of(counts["audit"] ?? 0, "line") + " of the audit log",
      Count.of(counts["vector"] ?? 0, "vector"),
    ]
    return "Exported \(parts.joined(separator: ", "))."
  }
}

extension ImportAnswer {
  var text: String {
    var lines = [
      "Imported: \(Count.of(report.addedCount, "record")) added, "
        + "\(report.replacedCount) replaced, \(report.keptCount) kept as they were here, "
        + "\(report.unchangedCount) the same already; "
        + "\(Count.of(report.auditCount, "line")) of the audit log, "
        + "\(Count.of(report.vectorCount, "vector"))."
    ]
    if report.leftOutVectorCount > 0 {
      lines.append(
        Count.of(report.leftOutVectorCount, "vector was", "vectors were")
          + " left out: their records have other texts here.")
    }
    if let backfill, backfill.embedded + backfill.failed > 0 {
      lines.append(
        "\(Count.of(backfill.embedded, "record")) embedded, \(backfill.failed) not yet.")
    }
    return lines.joined(separator: "\n")
  }
}
