import Loci
import LociWire

extension Episode {
  /// The episode on one line of the terminal.
  func line(on console: Console) -> String {
    let head = "\(Printable.name(id.text))  \(Format.day(beganAt))  [\(status.rawValue)] "
    let room = max(20, console.width - Wrap.columns(of: head))
    return console.faint(head) + (Wrap.lines(of: description, width: room, limit: 1).first ?? "")
  }
}

extension EpisodeAnswer {
  /// The episode's fields, and its turns below, segment by segment.
  func text(on console: Console) -> String {
    var rows: [(name: String, value: String)] = [
      ("id", episode.id.text), ("status", episode.status.rawValue),
      ("importance", "\(episode.importance)"), ("began", Format.time(episode.beganAt)),
    ]
    if let ended = episode.endedAt { rows.append(("ended", Format.time(ended))) }
    if let outcome = episode.outcome { rows.append(("outcome", Printable.message(outcome))) }
    rows.append(("last used", Format.time(episode.lastUsedAt)))
    rows.append(("decay", Format.number(episode.decay(at: now), decimals: 2)))
    rows.append(
      (
        "turns",
        "\(episode.turnCount) in \(Count.of(episode.segmentCount, "segment"))"
      ))
    let earlier = episode.record.supersededIDs
    if !earlier.isEmpty {
      rows.append(("united from", earlier.map(\.text).joined(separator: ", ")))
    }
    let later = episode.record.successorIDs
    if !later.isEmpty { rows.append(("united in", later.map(\.text).joined(separator: ", "))) }
    var text = Format.table(rows, on: console) + "\n\n" + Printable.text(episode.description)
    var segment = 0
    for turn in turns {
      if turn.segment != segment {
        segment = turn.segment
        text += "\n\n" + console.faint("Segment \(segment)")
      }
      let when = turn.time.map { Format.time($0) + "  " } ?? ""
      let who = turn.speaker.map { Printable.message($0) + ": " } ?? ""
      text += "\n" + console.faint(when) + who + Printable.text(turn.text)
    }
    return text
  }
}

extension ConversationAnswer {
  var text: String {
    guard let episode = report.episode else { return "Nothing was said." }
    var text =
      "Added \(Count.of(report.addedCount, "turn")) to \(episode.id.text), "
      + "\(report.unchangedCount) were there already; \(Count.of(episode.turnCount, "turn")) in "
      + "\(Count.of(episode.segmentCount, "segment"))."
    if report.pendingCount > 0 {
      text += " \(report.pendingCount) not embedded yet: `loci backfill` makes up for it."
    }
    if rejectedCount > 0 { text += " \(Count.of(rejectedCount, "line")) could not be used." }
    return text
  }
}
