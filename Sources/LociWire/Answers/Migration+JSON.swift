import LociCore
package import LociJSON
package import LociMemory

extension ReconciliationReport {
  fileprivate var json: JSON {
    [
      "examined": .integer(examined), "missing": .integer(missing), "stale": .integer(stale),
      "outdated": .integer(outdated), "orphaned": .integer(orphaned), "copied": .integer(copied),
      "embedded": .integer(embedded), "pending": .integer(pending),
      "unreadable": .integer(unreadable),
    ]
  }
}

extension FsckReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "model": .string(space.model), "space": .string(space.key), "current": .bool(isCurrent),
      "repaired": .bool(wasRepaired), "clean": .bool(isClean), "findings": findings.json,
    ]
  }
}

extension MigrationReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "from": from.json, "to": to.json, "dry_run": .bool(isDryRun),
      "records": .integer(recordCount), "changes": changes.json,
      "verification": JSON(verification, \.json),
    ]
  }
}

extension MigrationReport.Verification {
  fileprivate var json: JSON {
    [
      "compared": .integer(comparedCount), "sha256": JSON(checksum, JSON.string),
      "queries": .integer(queryCount), "agreement": .number(agreement),
    ]
  }
}

extension VectorSide {
  fileprivate var json: JSON {
    [
      "backend": .string(backend), "location": JSON(location, JSON.string), "model": .string(model),
    ]
  }
}

extension RecordMoveReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "from": .string(from), "to": .string(to), "records": .integer(recordCount),
      "dry_run": .bool(isDryRun), "differing": .integer(differingCount),
      "sha256": .string(checksum),
    ]
  }
}

extension AbandonReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "abandoned": .array(abandoned.map(JSON.string)), "records": .integer(recordCount),
      "last_change": JSON(lastChange.map(WireFormat.time), JSON.string),
      "conflicting_settings": .array(conflictingSettings.map(JSON.string)),
    ]
  }
}

extension RollBackReport {
  /// The report of what went back as JSON.
  package var json: JSON {
    switch self {
    case .givenUp: ["given_up": .bool(true)]
    case .vectors(let report): report.json
    case .records(let report): report.json
    }
  }
}
