import Loci
import LociWire

extension RecallAnswer {
  /// The answer for people.
  func text(on console: Console) -> String {
    var parts = recall.hits.enumerated().map {
      $1.text(rank: $0 + 1, on: console, isExplained: isExplained, note: authorship(of: $1.record))
    }
    if parts.isEmpty { parts = [hint ?? "Nothing relevant was found."] }
    if let line = recall.timeLine { parts.append(console.faint(line)) }
    if isExplained { parts.append(recall.explanation(on: console)) }
    return parts.joined(separator: "\n\n")
  }
}

extension RecallAnswer {
  /// Who wrote a record, and how the reader came to see it; nil where nobody asked as a reader.
  fileprivate func authorship(of record: Record) -> String? {
    guard let reader else { return nil }
    let name = Printable.message(record.authorName ?? record.author ?? "nobody known")
    return switch reader.visibility(of: record) {
    case .own: "Written by \(name), its own"
    case .everyone: "Written by \(name), shared with everyone"
    case .trusted: "Written by \(name), whom \(Printable.message(reader.id)) trusts"
    }
  }
}

extension Recall {
  /// How the times were understood that the question names; nil where it names none.
  fileprivate var timeLine: String? {
    guard !times.isEmpty else { return nil }
    return "time: " + times.map(\.interval.line).joined(separator: ", ")
  }

  fileprivate func explanation(on console: Console) -> String {
    let mode = modeUsed == modeRequested ? "" : " (asked for: \(modeRequested.rawValue))"
    var rows = [(name: "mode", value: modeUsed.rawValue + mode)]
    if let fallbackReason { rows.append(("fallback", fallbackReason)) }
    if let rerankFailure { rows.append(("reranking", rerankFailure)) }
    rows += stages.map { stage in
      let time = Format.number(WireFormat.milliseconds(stage.duration), decimals: 2)
      return (stage.name, "\(time) ms, \(stage.count)")
    }
    rows.append(("dropped", "\(droppedCount) not relevant"))
    return Format.table(rows, on: console)
  }
}

extension TimeSpan {
  /// `2023-05-01 … 2023-06-01`: from the first moment to the first that does not belong to it.
  fileprivate var line: String {
    let bounds = [from, before].map { bound in
      guard let bound else { return "" }
      let time = WireFormat.time(bound)
      return time.hasSuffix("T00:00:00.000Z") ? String(time.prefix(10)) : String(time.prefix(16))
    }
    return bounds.joined(separator: " … ")
  }
}

extension Recall.Hit {
  fileprivate func text(
    rank: Int, on console: Console, isExplained: Bool, note: String?
  ) -> String {
    let score = Format.number(relevance.value, decimals: 3)
    let cosine = similarity.map { Format.number(Double($0.value), decimals: 3) } ?? "unknown"
    let scores = "relevance \(score), similarity \(cosine), \(Format.day(record.createdAt))"
    let head = "\(rank). \(record.origin)"
    let size = Wrap.columns(of: head) + 2 + Wrap.columns(of: scores)
    let gap = console.isTerminal && size > console.width ? "\n   " : "  "
    let text = Wrap.block(
      of: record.text, width: max(2, console.width - 3), limit: 6, keepsLines: record.isCode)
    let places =
      (spelling.map { [console.faint("joined words: \($0.name)")] } ?? [])
      + explanation.description.split(separator: "\n").map { console.faint(String($0)) }
      + placements.map {
        console.faint(
          "\($0.leg): rank \($0.rank), \($0.scoreName) \(Format.number($0.score, decimals: 4))")
      }
    let title = "\(rank). \(console.bold(record.origin))\(gap)\(console.faint(scores))"
    let same =
      copyCount == 0
      ? []
      : [
        console.faint(
          "and \(copyCount) more that \(copyCount == 1 ? "says" : "say") nearly the same: "
            + copies.prefix(3).map { Printable.name($0.text) }.joined(separator: ", ")
            + (copyCount > 3 ? " …" : ""))
      ]
    let company = neighbours.map { console.faint("beside it: " + $0.line(on: console)) }
    let written = note.map { [console.faint($0)] } ?? []
    return
      ([title] + (text + written + same + company + (isExplained ? places : [])).map { "   " + $0 })
      .joined(separator: "\n")
  }
}

extension Record {
  /// Whether it comes from a file whose every line counts.
  fileprivate var isCode: Bool {
    let name = source?.uri.split(separator: "/").last.map(String.init)
    return name.flatMap { TextFormat(fileName: $0) } == .lines
  }
}
