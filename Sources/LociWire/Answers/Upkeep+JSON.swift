import Foundation
package import LociAgents
package import LociJSON

extension UpkeepReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "dry_run": .bool(isDryRun), "resumed": .bool(isResumed), "complete": .bool(isComplete),
      "steps": .array(steps.map(\.json)),
    ]
  }
}

extension UpkeepReport.Step {
  fileprivate var json: JSON {
    [
      "step": .string(step.rawValue), "outcome": .string(outcome.rawValue),
      "examined": .integer(examinedCount), "changed": .integer(changedCount),
      "records": .integer(recordCount), "transactions": .integer(transactionCount),
      "file": JSON(file?.path, JSON.string), "reason": JSON(reason, JSON.string),
      "error": JSON(failure.map { ErrorReport($0).message }, JSON.string),
    ]
  }
}
