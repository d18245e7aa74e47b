import Loci
import LociWire

extension FsckReport {
  func text(on console: Console) -> String {
    let found = findings
    let counts =
      "\(found.missing) missing, \(found.stale) stale, \(found.outdated) with old attributes, "
      + "\(found.orphaned) without a record"
    let lines = [
      console.styled(counts, isClean ? .good : .bad),
      wasRepaired ? "\(found.embedded) embedded, \(found.pending) left without a vector" : nil,
    ]
    return console.bold(space.model) + ": \(Count.of(found.examined, "record")) compared\n   "
      + lines.compactMap(\.self).joined(separator: "\n   ")
  }
}

extension MigrationReport {
  func text(on console: Console) -> String {
    guard from != to else { return "The vectors are in \(to) already." }
    guard !isDryRun else {
      return "Moving \(path) would bring over \(changes.pending) of "
        + "the vectors of \(Count.of(recordCount, "record")), refresh \(changes.outdated) and "
        + "delete \(changes.orphaned). Nothing was changed."
    }
    var lines = [
      "Moved \(path): \(Count.of(recordCount, "record")), "
        + "\(Count.of(changes.copied, "vector")) copied, \(changes.embedded) embedded."
    ]
    if let verification { lines.append(verification.text) }
    if changes.pending > 0 {
      lines.append(
        Count.of(changes.pending, "record has", "records have")
          + " no vector, as before; `loci backfill` tries.")
    }
    lines.append("The old side stays as it is; `loci migrate --rollback` goes back.")
    return lines.joined(separator: "\n")
  }

  /// From where to where; what stays the same is left out.
  private var path: String {
    if from.model == to.model { return "from \(from.place) to \(to.place)" }
    if from.place == to.place { return "from \(from.model) to \(to.model)" }
    return "from \(from) to \(to)"
  }
}

extension MigrationReport.Verification {
  fileprivate var text: String {
    let share = Format.number(agreement * 100, decimals: 1)
    let answers =
      queryCount == 0
      ? "No answers were compared."
      : Count.of(queryCount, "query agrees", "queries agree")
        + " on \(share) % of \(queryCount == 1 ? "its" : "their") ten best hits."
    guard let checksum else { return answers }
    return Count.of(comparedCount, "vector is", "vectors are")
      + " the same bit by bit (SHA-256 \(checksum.prefix(16))…); " + answers
  }
}

extension MigrationProgress {
  var text: String {
    let label =
      switch step {
      case .records: "Copying records"
      case .vectors: "Bringing vectors over"
      case .index: "Building the index"
      case .verification: "Comparing both sides"
      case .cutOver: "Bringing over the last writes"
      }
    let count = total.map { "\(completed) of \($0)" } ?? "\(completed)"
    return completed == 0 ? label : "\(label): \(count)"
  }
}

extension RecordMoveReport {
  var text: String {
    guard from != to else { return "The records are in \(to) already." }
    guard !isDryRun else {
      return "Moving from \(from) to \(to) would copy \(differingCount) of "
        + "\(Count.of(recordCount, "record")), with their log and their vectors. "
        + "Nothing was changed."
    }
    return "Moved records and vectors from \(from) to \(to): "
      + "\(Count.of(recordCount, "record")), the same byte for byte "
      + "(SHA-256 \(checksum.prefix(16))…).\n"
      + "The old store stays as it is; `loci migrate --rollback` goes back."
  }
}

extension AbandonReport {
  var text: String {
    let last = lastChange.map { ", the last change of \(Format.time($0))" } ?? ""
    var lines = [
      "Gave up \(abandoned.joined(separator: " and ")): the file serves again.",
      "Records here: \(recordCount)\(last). What was written there since is not here.",
      "`loci fsck --repair` makes the vectors that may be missing.",
    ]
    if !conflictingSettings.isEmpty {
      lines.append("Take out first: \(conflictingSettings.joined(separator: ", ")).")
    }
    return lines.map { Printable.message($0) }.joined(separator: "\n")
  }
}

extension RollBackReport {
  func text(on console: Console) -> String {
    switch self {
    case .givenUp(let side): "The move to \(side) was given up; the old side goes on serving."
    case .vectors(let report): report.text(on: console)
    case .records(let report): report.text
    }
  }
}
