import Loci
import LociWire

extension BulkAnswer {
  var text: String {
    var text =
      "Remembered \(Count.of(report.storedCount, "text")), \(report.unchangedCount) were there "
      + "already; \(report.embeddedCount) embedded."
    if report.pendingCount > 0 {
      text += " \(report.pendingCount) not yet: `loci backfill` makes up for it."
    }
    if report.unreadableCount > 0 {
      text += " \(report.unreadableCount) can't be read by the model; words find them."
    }
    if rejectedCount > 0 { text += " \(rejectedCount) could not be used." }
    return text
  }
}
