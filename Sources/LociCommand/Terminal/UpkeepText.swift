import Foundation
import Loci
import LociWire

extension UpkeepStep {
  /// What it is about, as the beginning of a line.
  var text: String {
    switch self {
    case .examination: "Examine the store"
    case .retention: "Erase old episodes"
    case .archive: "Put away unused episodes"
    case .decay: "Note what is left of episodes"
    case .consolidation: "Unite episodes that say the same"
    case .embedding: "Embed what lacks a vector"
    case .optimization: "Tidy indexes"
    case .compaction: "Give room back"
    case .backup: "Back up"
    }
  }
}

extension UpkeepReport {
  var text: String {
    let lines = steps.map { "\($0.step.text): \($0.result(isDryRun: isDryRun))" }
    return ((isResumed ? ["Went on where a run was cut off."] : []) + lines)
      .joined(separator: "\n")
  }
}

extension UpkeepReport.Step {
  fileprivate func result(isDryRun: Bool) -> String {
    switch outcome {
    case .skipped: return "nothing. " + (reason ?? "")
    case .doneBefore: return "done by the run that was cut off."
    case .failed: return "failed: " + Printable.message(failure?.description ?? "")
    case .done: break
    }
    let would = isDryRun ? "would be " : ""
    switch step {
    case .retention:
      return "\(changedCount) of \(Count.of(examinedCount, "episode")) \(would)erased, "
        + "\(Count.of(recordCount, "record"))."
    case .archive:
      return "\(changedCount) of \(Count.of(examinedCount, "episode")) \(would)archived, "
        + "\(Count.of(recordCount, "record"))."
    case .decay:
      return "\(changedCount) of \(Count.of(examinedCount, "episode")) \(would)noted anew."
    case .consolidation: return "\(Count.of(changedCount, "episode")) \(would)united with others."
    case .embedding:
      return "\(changedCount) of \(Count.of(examinedCount, "record")) \(would)embedded."
    case .examination: return "it is whole."
    case .optimization, .compaction: return isDryRun ? "would be done." : "done."
    case .backup: return isDryRun ? "would be written." : (file?.path ?? "written.")
    }
  }
}
