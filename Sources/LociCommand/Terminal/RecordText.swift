import Foundation
import Loci
import LociJSON
import LociWire

extension Record {
  /// Where it came from, else its id; files below the working folder by their path from there.
  var origin: String {
    guard let source else { return id.text }
    var text = source.uri
    let here = FileManager.default.currentDirectoryPath + "/"
    if text.hasPrefix(here) { text.removeFirst(here.count) }
    if let lines = source.lines { text += ":\(lines.lowerBound)-\(lines.upperBound)" }
    if let heading = source.heading, !heading.isEmpty { text += " › " + heading }
    return Printable.message(text)
  }

  /// The record on one line of the terminal.
  func line(on console: Console) -> String {
    let head = "\(Printable.name(id.text))  \(Format.day(createdAt))  "
    let kind = category.map { "[\(Printable.message($0.name))] " } ?? ""
    let left = console.width - Wrap.columns(of: head) - Wrap.columns(of: kind)
    // Where there is no room beside it, the text has a line of its own.
    let isBelow = console.isTerminal && left < 16
    let (gap, room) = isBelow ? ("\n   ", max(2, console.width - 3)) : ("", max(20, left))
    let text = Wrap.lines(of: text, width: room, limit: 1).first ?? ""
    return console.faint(head) + kind + gap + text
  }

  /// The record with all its fields.
  func text(on console: Console) -> String {
    var rows: [(name: String, value: String)] = [
      ("id", id.text), ("namespace", namespace.name), ("collection", collection.name),
      ("status", status.rawValue), ("importance", "\(importance)"), ("confidence", "\(confidence)"),
      ("created", Format.time(createdAt)), ("updated", Format.time(updatedAt)),
      (
        "recalled",
        lastAccessedAt.map { Count.of(accessCount, "time") + ", last " + Format.time($0) }
          ?? "never"
      ),
    ]
    if let category { rows.append(("category", category.name)) }
    if let author { rows.append(("author", author)) }
    if source != nil { rows.append(("source", origin)) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      rows.append(("metadata \(key)", value.json.line))
    }
    return Format.table(rows, on: console) + "\n\n" + Printable.text(text)
  }
}
