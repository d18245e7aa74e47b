import Loci
import LociWire

extension IngestReport {
  /// The report on one line.
  func text(path: String) -> String {
    let skippedText = skipped.isEmpty ? "" : ", \(skipped.count) skipped"
    return "\(Printable.line(path)): \(Count.of(fileCount, "file"))\(skippedText); "
      + "chunks: \(addedCount) new, \(movedCount) moved, \(unchangedCount) unchanged, "
      + "\(removedCount) removed"
  }

  /// What else there is to say; bounded, however much was skipped.
  var notes: [String] {
    var notes = skipped.prefix(Self.mostNamed).map {
      Printable.line("Skipped \($0.path): \($0.reason)")
    }
    if skipped.count > Self.mostNamed {
      notes.append("Skipped \(skipped.count - Self.mostNamed) more; --json lists them all.")
    }
    notes += movedSources.prefix(Self.mostNamed).map {
      Printable.line("\($0.from) is now \($0.to).")
    }
    if movedSources.count > Self.mostNamed {
      notes.append("\(movedSources.count - Self.mostNamed) more were moved; --json lists them all.")
    }
    if let text = leftOutText { notes.append(text) }
    if !keptSources.isEmpty {
      notes.append(
        "\(Count.of(keptSources.count, "remembered source")) seem gone; nothing was removed, since "
          + "a disk may just not be mounted. If they are gone, add --remove-vanished.")
    }
    if unreadableCount > 0 {
      notes.append(
        Count.of(unreadableCount, "chunk holds", "chunks hold")
          + " next to no word that the model knows, and can be found by words only.")
    }
    if pendingCount > 0 {
      notes.append(
        "\(Count.of(pendingCount, "chunk")) could not be embedded; `loci backfill` makes up for it."
      )
    }
    return notes
  }

  private static let mostNamed = 10

  private var leftOutText: String? {
    var parts: [String] = []
    let otherCount = otherEndings.values.reduce(0, +)
    if otherCount > 0 {
      let named = endings.prefix(Self.mostNamed).map { ending in
        (ending.ending.isEmpty ? "none" : "." + Printable.line(ending.ending)) + " \(ending.count)"
      }
      let more = endings.count > Self.mostNamed ? ", ..." : ""
      parts.append(
        "\(Count.of(otherCount, "file")) of other endings ("
          + "\(named.joined(separator: ", "))\(more))")
    }
    let groups = Dictionary(grouping: leftOut, by: \.reason.words)
    for (words, group) in groups.sorted(by: { $0.key < $1.key }) {
      let named = group.prefix(3).map { Printable.line($0.name) }.joined(separator: ", ")
      parts.append("\(group.count) \(words) (\(named)\(group.count > 3 ? ", ..." : ""))")
    }
    guard !parts.isEmpty else { return nil }
    return "Left out: \(parts.joined(separator: "; ")). --include takes them."
  }

  /// What is asked before much is removed.
  func question(path: String) -> String {
    "\(Count.of(keptSources.count, "remembered source")) seem gone from \(Printable.line(path)). "
      + "Remove them from the memory?"
  }

  /// What an interrupted run says; `report` is the last one that it gave.
  static func interruption(after report: IngestReport?) -> String {
    guard let report, report.fileCount > 0 else {
      return "Interrupted before the first file; run the same command to go on."
    }
    let count = report.waitingCount
    let waiting = count > 0 ? ", \(Count.of(count, "chunk")) wait to be embedded" : ""
    return "Interrupted: \(report.readCount) of \(Count.of(report.fileCount, "file")) "
      + "\(report.readCount == 1 ? "is" : "are") in\(waiting); run the same command to go on."
  }
}

extension LeftOut {
  /// The last part of the path; a folder's ends with a slash.
  fileprivate var name: String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    return String(decoding: name, as: UTF8.self) + (isFolder ? "/" : "")
  }
}

extension LeftOut.Reason {
  /// What stands behind the count.
  fileprivate var words: String {
    switch self {
    case .hidden: "hidden"
    case .madeByTools: "made by tools"
    case .ignored: "in an ignore file"
    case .excluded: "excluded"
    case .symbolicLink: "behind symbolic links"
    case .noPlainFile: "no plain file"
    case .noText: "without text"
    }
  }
}
