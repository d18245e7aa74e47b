import LociIngest
package import LociJSON
package import LociMemory

extension IngestReport {
  /// The report as JSON, whole.
  package func json(path: String) -> JSON {
    [
      "path": .string(path), "files": .integer(fileCount), "read": .integer(readCount),
      "skipped": .array(
        skipped.map {
          [
            "path": .string($0.path), "code": .string($0.reason.code.rawValue),
            "message": .string($0.reason.message),
          ]
        }),
      "left_out": .array(
        leftOut.map(\.json) + endings.map { Self.json(ending: $0.ending, count: $0.count) }),
      "moved_sources": .array(
        movedSources.map { ["from": .string($0.from), "to": .string($0.to)] }),
      "removed_sources": .array(removedSources.map(JSON.string)),
      "kept_sources": .array(keptSources.map(JSON.string)),
      "added": .integer(addedCount), "moved": .integer(movedCount),
      "unchanged": .integer(unchangedCount), "removed": .integer(removedCount),
      "embedded": .integer(embeddedCount), "pending": .integer(pendingCount),
      "unreadable": .integer(unreadableCount),
    ]
  }

  private static func json(ending: String, count: Int) -> JSON {
    ["reason": "ending", "ending": .string(ending), "count": .integer(count)]
  }

  /// The endings that were left out, those with most files first.
  package var endings: [(ending: String, count: Int)] {
    otherEndings.map { (ending: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.ending < $1.ending }
  }
}

extension LeftOut {
  fileprivate var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("reason", .string(reason.code)), ("path", .string(path)),
      ("kind", isFolder ? "folder" : "file"),
    ]
    if case .ignored(let file) = reason { members.append(("by", .string(file))) }
    return .object(members)
  }
}

extension LeftOut.Reason {
  /// The stable name of the reason.
  fileprivate var code: String {
    switch self {
    case .hidden: "hidden"
    case .madeByTools: "made_by_tools"
    case .ignored: "ignored"
    case .excluded: "excluded"
    case .symbolicLink: "symbolic_link"
    case .noPlainFile: "no_plain_file"
    case .noText: "no_text"
    }
  }
}

extension BackfillReport {
  /// The report as JSON.
  package var json: JSON {
    [
      "examined": .integer(examined), "embedded": .integer(embedded),
      "failed": .integer(failed), "unreadable": .integer(unreadable),
    ]
  }
}
