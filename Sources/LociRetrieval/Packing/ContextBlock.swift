import Foundation
import LociCore

/// What is packed of one whole, or one record, and how it is written.
struct ContextBlock {
  private var pieces: [(record: Record, quoted: String)] = []

  mutating func add(_ record: Record, _ quoted: String) { pieces.append((record, quoted)) }

  func quoted(_ id: RecordID) -> String? { pieces.first { $0.record.id == id }?.quoted }

  mutating func replace(_ id: RecordID, by quoted: String) {
    guard let index = pieces.firstIndex(where: { $0.record.id == id }) else { return }
    pieces[index].quoted = quoted
  }

  /// The pieces by their places.
  var inReadingOrder: ContextBlock {
    var block = self
    block.pieces.sort {
      ($0.record.position ?? 0, $0.record.id) < ($1.record.position ?? 0, $1.record.id)
    }
    return block
  }

  /// By time, and then by the first record.
  static func comesBefore(_ left: ContextBlock, _ right: ContextBlock) -> Bool {
    guard let first = left.pieces.first?.record, let other = right.pieces.first?.record else {
      return false
    }
    return (first.time, first.id) < (other.time, other.id)
  }

  // MARK: Writing

  func passage(number: Int) -> PackedContext.Passage? {
    pieces.first.map { first in
      PackedContext.Passage(
        number: number, whole: first.record.whole, records: pieces.map(\.record.id),
        namespace: first.record.namespace, sourceURI: first.record.source?.uri,
        time: first.record.time)
    }
  }

  func text(number: Int) -> String {
    guard let first = pieces.first else { return "" }
    var lines = [Self.head(of: first.record, number: number)]
    var last: Record?
    for (record, quoted) in pieces {
      if let last, !record.follows(last) { lines.append(Self.gap(before: record)) }
      lines.append(quoted)
      last = record
    }
    return lines.joined(separator: "\n")
  }

  /// What stands around a record at most, for counting.
  static func frame(of record: Record, isNew: Bool) -> String {
    (isNew ? "\n\n" + head(of: record, number: 9_999) : "\n" + gap(before: record)) + "\n"
  }

  private static func head(of record: Record, number: Int) -> String {
    let head =
      record.source.map { source in
        ([source.uri] + [source.heading].compactMap(\.self).filter { !$0.isEmpty })
          .joined(separator: Record.Source.separator) + (source.lines.map(text) ?? "")
      } ?? record.time.formatted(.iso8601.year().month().day())
    return "[\(number)] \(onOneLine(head))"
  }

  /// What says that something is left out, and where what follows stands.
  private static func gap(before record: Record) -> String {
    guard let source = record.source else { return "> …" }
    let place = [source.heading ?? "", source.lines.map(text) ?? ""].joined()
    return place.isEmpty ? "> …" : "> … (\(onOneLine(place)))"
  }

  private static func text(_ lines: ClosedRange<Int>) -> String {
    ", lines \(lines.lowerBound)–\(lines.upperBound)"
  }

  /// A text, each of its lines marked as quoted, after who said it.
  static func quoted(_ record: Record, _ text: String) -> String {
    let author = (record.authorName ?? record.author).map { onOneLine($0) + ": " } ?? ""
    return (author + shown(text)).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
  }

  /// A text whose lines all end in the same way, without characters that nobody sees.
  private static func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 10 where isAfterReturn: break
      case 10...13, 0x85, 0x2028, 0x2029: shown.append("\n")
      case 9: shown.append(scalar)
      case ..<0x20, 0x7F..<0xA0: break
      default: shown.append(scalar)
      }
      isAfterReturn = scalar == "\r"
    }
    return String(shown)
  }

  private static func onOneLine(_ text: String) -> String {
    shown(text).replacing("\n", with: " ")
  }
}

extension Record {
  /// When it happened, or else was stored.
  fileprivate var time: Date { occurredAt ?? createdAt }

  fileprivate func follows(_ other: Record) -> Bool {
    guard let place, let before = other.place else { return false }
    return place == before.moved(by: 1)
  }
}
