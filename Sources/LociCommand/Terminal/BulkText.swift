import Loci
import LociWire
import Synchronization

/// How what can't be used is told.
enum BulkText {
  /// So many places are named.
  private static let most = 20

  /// Names the first places that can't be used, on stderr.
  static func rejections(_ session: Session) -> @Sendable (LociError) -> Void {
    let told = Mutex(0)
    return { error in
      let count = told.withLock { count in
        count += 1
        return count
      }
      if count <= most { session.report(error) }
      if count == most { session.console.note("Further ones are counted only.") }
    }
  }
}

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
