import Foundation
import Loci
import LociEmbedding

extension ModelListing {
  private var folder: URL? {
    switch location {
    case .models(let folder), .hubCache(let folder): folder
    case nil: nil
    }
  }

  var json: JSON {
    [
      "id": .string(id), "alias": JSON(entry?.alias, JSON.string),
      "dimension": JSON(entry?.dimension, JSON.integer),
      "maximum_tokens": JSON(entry?.maximumTokens, JSON.integer),
      "license": JSON(entry?.license, JSON.string), "folder": JSON(folder?.path, JSON.string),
      "bytes": .integer(Int(bytes)),
      "fetch_bytes": JSON(entry?.fetchBytes) { .integer(Int($0)) },
    ]
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
  var json: JSON {
    [
      "store": .string(location), "engine": .string(engine),
      "bytes": JSON(byteCount) { .integer(Int($0)) },
      "vector_backend": .string(side.backend),
      "vector_location": JSON(side.location, JSON.string),
      "serving_model": .string(side.model),
      "wanted": JSON(wantedSide) { .string($0.description) },
      "model": JSON(currentSpace?.model, JSON.string),
      "model_problem": JSON(modelProblem?.message, JSON.string),
      "model_notes": .array(modelNotes.map(JSON.string)),
      "spaces": .array(
        spaces.map {
          [
            "key": .string($0.key), "model": .string($0.model), "revision": .string($0.revision),
            "dimension": .integer($0.dimension), "current": .bool($0 == currentSpace),
          ]
        }),
      "namespaces": .array(
        namespaces.map {
          [
            "namespace": .string($0.namespace.name), "active": .integer($0.activeCount),
            "total": .integer($0.totalCount), "pending": JSON($0.pendingCount, JSON.integer),
            "unreadable": JSON($0.unreadableCount, JSON.integer),
          ]
        }),
    ]
  }

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
  var json: JSON {
    [
      "subject": .string(subject), "state": .string(state.rawValue), "finding": .string(finding),
      "remedy": JSON(remedy, JSON.string),
    ]
  }

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
  var json: JSON {
    [
      "key": .string(setting.key), "value": JSON(value, \.json), "origin": .string("\(origin)"),
      "variable": .string(setting.variable), "summary": .string(setting.summary),
    ]
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
  package var json: JSON {
    [
      "bytes_before": JSON(byteCountBefore) { .integer(Int($0)) },
      "bytes_after": JSON(byteCountAfter) { .integer(Int($0)) },
    ]
  }

  package var text: String {
    guard let byteCountBefore, let byteCountAfter else { return "Compacted." }
    return "The store takes \(Format.mebibytes(byteCountAfter)); it took "
      + "\(Format.mebibytes(byteCountBefore))."
  }
}
