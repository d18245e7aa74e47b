import Foundation
import Loci
import LociEmbedding
import LociJSON
import LociWire

extension ModelListing {
  private var folder: URL? {
    switch location {
    case .models(let folder), .hubCache(let folder): folder
    case nil: nil
    }
  }

  /// What an answer tells of it.
  var answer: ModelAnswer {
    ModelAnswer(
      id: id, alias: entry?.alias, dimension: entry?.dimension,
      maximumTokens: entry?.maximumTokens, license: entry?.license, folder: folder?.path,
      bytes: Int(bytes), fetchBytes: entry.map { Int($0.fetchBytes) })
  }

  func text(on console: Console) -> String {
    let facts = entry.map {
      [
        Count.of($0.dimension, "dimension"), Count.of($0.maximumTokens, "token"), $0.license,
      ].joined(separator: ", ")
    }
    let fetch = entry.map { ", about \($0.fetchBytes >> 20) MiB to fetch" } ?? ""
    let place = folder.map { "here (\(bytes >> 20) MiB): \($0.path)" } ?? "not here" + fetch
    return console.bold(id) + "\n   "
      + [facts, place].compactMap(\.self).joined(separator: "\n   ")
  }
}

extension MemoryStatus {
  func text(on console: Console) -> String {
    let size = byteCount.map { ", " + Format.mebibytes($0) } ?? ""
    var rows = [(name: "store", value: "\(location) (\(engine)\(size))")]
    rows.append(("vectors", side.place.description))
    let model = currentSpace.map { "\($0.model), revision \($0.revision)" }
    rows.append(("model", model ?? "\(side.model), which can't be loaded"))
    if let wantedSide {
      rows.append(("configured", "\(wantedSide): the next recall or change goes there"))
    }
    for note in modelNotes { rows.append(("note", note)) }
    if let modelProblem { rows.append(("problem", modelProblem.description)) }
    for space in spaces where space != currentSpace {
      rows.append(("other vectors", "\(space.model), revision \(space.revision)"))
    }
    for contents in namespaces {
      let pending = contents.pendingCount.map { ", \($0) without a vector" } ?? ""
      let unread = contents.unreadableCount ?? 0
      let unreadable = unread == 0 ? "" : ", \(unread) that the model can't read"
      rows.append(
        (
          contents.namespace.name,
          "\(contents.activeCount) active of \(Count.of(contents.totalCount, "record"))"
            + pending + unreadable
        ))
    }
    if namespaces.isEmpty { rows.append(("records", "none yet")) }
    return Format.table(rows, on: console)
  }
}

extension HealthCheck {
  func text(on console: Console) -> String {
    let style: Style =
      switch state {
      case .good: .good
      case .warning: .warning
      case .bad: .bad
      }
    let head = console.styled(state.rawValue, style) + "  " + console.bold(subject) + ": "
    let room = console.isTerminal ? max(2, console.width - 6) : .max
    let lines = Wrap.lines(
      of: Printable.message(finding), width: room,
      startingAt: Wrap.columns(of: "\(state.rawValue)  \(subject): ") - 6, breaksWords: false)
    let rest = remedy.map {
      Wrap.lines(of: Printable.message($0), width: room, breaksWords: false)
    }
    return head + (lines + (rest ?? [])).joined(separator: "\n      ")
  }
}

extension Configuration.Entry {
  /// What an answer tells of it.
  var answer: SettingAnswer {
    SettingAnswer(
      key: setting.key, value: JSON(value, \.json), origin: "\(origin)",
      variable: setting.variable, summary: setting.summary)
  }
}

extension SettingValue {
  fileprivate var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .boolean(let boolean): .bool(boolean)
    }
  }
}

extension CompactionReport {
  package var text: String {
    guard let byteCountBefore, let byteCountAfter else { return "Compacted." }
    return "The store takes \(Format.mebibytes(byteCountAfter)); it took "
      + "\(Format.mebibytes(byteCountBefore))."
  }
}
