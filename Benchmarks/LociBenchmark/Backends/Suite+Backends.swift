import Foundation
import LociCore
import LociTestKit

extension Suite {
  /// Every backend on the same data, one after the other, and each engine asked directly.
  func backends(on server: PostgresServer, _ report: inout Report, in folder: URL) throws {
    var comparison = BackendReport(machine: report)
    for size in options.sizes where size <= 100_000 {
      let data = folder.appending(path: "data-\(size)")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      let queries = options.isQuick ? "20" : "100"
      _ = try Participant.loci("data", data.path, "\(size)", queries, "shares").answer()
      for backend in Backend.allCases {
        let room = folder.appending(path: "\(backend.rawValue)-\(size)")
        try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: room) }
        if backend == .postgres { try server.note(schema: "bench_\(size)").write(in: room) }
        try measure(backend, size, in: room, data: data, &report, &comparison)
      }
    }
    guard let place = options.report else { return }
    try comparison.write(to: place)
    show("written to \(place.path)")
  }

  private func measure(
    _ backend: Backend, _ size: Int, in room: URL, data: URL, _ report: inout Report,
    _ comparison: inout BackendReport
  ) throws {
    do {
      let answer = try Participant.loci("backend", backend.rawValue, room.path, data.path).answer()
      comparison.answers[size, default: [:]][backend] = answer
      for line in BackendReport.lines {
        guard let figure = answer[line.key] else { continue }
        report.add(
          Row(
            what: "\(size.formatted()), \(backend.rawValue), \(line.name)", unit: line.unit,
            loci: figure))
      }
    } catch {
      let reason = "\(backend.rawValue) at \(size.formatted()) took no part: \(error)"
      report.add(missing: reason)
      comparison.missing.append(reason)
      return
    }
    guard options.peers != nil, backend != .native, backend != .simulated else { return }
    // In turns, each on the same table, so that what else the machine does harms both alike. The
    // first round is not counted: it alone meets a table that nobody has changed. Who begins
    // changes: what one left in a server's table decides what the other meets.
    var rounds: [BackendReport.Round] = []
    for round in 0...BackendReport.roundCount {
      var (loci, direct) = (Answer?.none, Answer?.none)
      for isLoci in round.isMultiple(of: 2) ? [false, true] : [true, false] {
        try withCopy(of: room, backend) { copy in
          if isLoci {
            loci = try Participant.loci("backend-again", backend.rawValue, copy.path, data.path)
              .answer()
          } else {
            direct = peerAnswer("\(backend.rawValue), asked directly,", &report) { peers in
              try directly(backend, copy, data, peers)
            }
          }
        }
      }
      guard let loci, let direct else { return }
      if round > 0 { rounds.append(BackendReport.Round(loci: loci, direct: direct)) }
    }
    comparison.direct[size, default: [:]][backend] = rounds
  }

  /// Hands out a folder like a backend's, which goes afterwards. LanceDB's files never change, so
  /// that both can share them; a server's tables are the same ones, which whoever writes to them
  /// leaves as they were.
  private func withCopy(
    of room: URL, _ backend: Backend, _ body: (URL) throws -> Void
  ) throws {
    let copy = room.appendingPathExtension("copy")
    _ = try Participant(
      executable: URL(filePath: "/usr/bin/env"),
      arguments: ["cp", backend == .lancedb ? "-al" : "-a", room.path, copy.path]
    ).output()
    defer { try? FileManager.default.removeItem(at: copy) }
    try body(copy)
  }

  /// The engine without Loci, on the tables that Loci made; nil for those that are Loci's.
  private func directly(
    _ backend: Backend, _ room: URL, _ data: URL, _ peers: URL
  ) throws -> Participant? {
    let table = SearchData.space.key
    switch backend {
    case .native, .simulated: return nil
    case .sqliteVec:
      return .peer("direct.py", backend.rawValue, room.path, table, data.path, from: peers)
    case .lancedb:
      return .peer(
        "direct.py", backend.rawValue, room.path, table, data.path, from: Backend.lanceEngine)
    case .postgres:
      let note = try ServerNote(in: room)
      let program = data.appending(path: "direct")
      if !FileManager.default.isExecutableFile(atPath: program.path) {
        _ = try Participant(
          executable: URL(filePath: "/usr/bin/env"),
          arguments: [
            "cc", "-O2", "-I/usr/include/postgresql", Participant.source("direct.c").path, "-lpq",
            "-lm", "-o", program.path,
          ]
        ).output()
      }
      return Participant(
        executable: program,
        arguments: [note.connection, note.schema, "vector_\(table)", data.path])
    }
  }
}

extension PostgresServer {
  /// Where it is, for a store in a schema.
  fileprivate func note(schema: String) throws -> ServerNote {
    let file = folder.appending(path: "data/postmaster.pid")
    let process = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").first
    return ServerNote(
      connection: conninfo(), schema: schema, process: process.flatMap { Int($0) } ?? 0)
  }
}
