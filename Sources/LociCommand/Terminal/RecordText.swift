import Foundation
import Loci

extension Record {
  /// The record as JSON.
  var json: JSON {
    [
      "id": .string(id.text), "namespace": .string(namespace.name),
      "collection": .string(collection.name), "text": .string(text),
      "category": JSON(category?.name, JSON.string), "metadata": metadataJSON,
      "author": JSON(author, JSON.string), "author_name": JSON(authorName, JSON.string),
      "audience": .string(audience.rawValue), "source": JSON(source, \.json),
      "whole": JSON(whole?.text, JSON.string), "position": JSON(position, JSON.integer),
      "occurred_at": JSON(occurredAt.map(Format.time), JSON.string),
      "valid_from": JSON(validFrom.map(Format.time), JSON.string),
      "valid_until": JSON(validUntil.map(Format.time), JSON.string),
      "known_from": JSON(knownFrom.map(Format.time), JSON.string),
      "known_until": JSON(knownUntil.map(Format.time), JSON.string),
      "status": .string(status.rawValue), "importance": .integer(importance),
      "confidence": .number(confidence), "created_at": .string(Format.time(createdAt)),
      "updated_at": .string(Format.time(updatedAt)),
      "last_accessed_at": JSON(lastAccessedAt.map(Format.time), JSON.string),
      "access_count": .integer(accessCount), "content_hash": .string(contentHash.description),
    ]
  }

  private var metadataJSON: JSON {
    .object(metadata.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.json) })
  }

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

extension MetadataValue {
  /// The value as JSON; a whole number without a decimal point, but for negative zero.
  var json: JSON {
    switch self {
    case .string(let value): return .string(value)
    case .bool(let value): return .bool(value)
    case .list(let values): return .array(values.map(\.json))
    case .number(let value):
      let whole = value == 0 && value.sign == .minus ? nil : Int(exactly: value)
      return whole.map(JSON.integer) ?? .number(value)
    }
  }
}

extension Record.Source {
  var json: JSON {
    [
      "uri": .string(uri), "heading": JSON(heading, JSON.string),
      "lines": JSON(lines) { [.integer($0.lowerBound), .integer($0.upperBound)] },
    ]
  }
}
