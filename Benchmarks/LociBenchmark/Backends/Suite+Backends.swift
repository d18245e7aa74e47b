import Foundation

extension Suite {
  /// Every backend on the same data, one after the other, and each engine asked directly.
  func backends(_ report: inout Report, in folder: URL) throws {
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
    let answer: Answer
    do {
      answer = try Participant.loci("backend", backend.rawValue, room.path, data.path).answer()
    } catch {
      report.add(missing: "\(backend.rawValue), \(size.formatted()): \(error)")
      comparison.missing.append("\(backend.rawValue) at \(size.formatted()): \(error)")
      return
    }
    comparison.answers[size, default: [:]][backend] = answer
    for line in BackendReport.lines {
      guard let figure = answer[line.key] else { continue }
      report.add(
        Row(
          what: "\(size.formatted()), \(backend.rawValue), \(line.name)", unit: line.unit,
          loci: figure))
    }
    guard backend.isComparedDirectly else { return }
    // In turns, and the best of each: what else the machine does then harms both alike.
    var (loci, direct) = (Answer?.none, Answer?.none)
    for _ in 0..<(options.isQuick ? 1 : 3) {
      guard let asked = askDirectly(backend, room, data, &report) else { return }
      direct = asked.least(with: direct)
      loci = try Participant.loci("backend-again", backend.rawValue, room.path, data.path)
        .answer().least(with: loci)
    }
    comparison.direct[size, default: [:]][backend] = loci.flatMap { loci in
      direct.map { (loci: loci, direct: $0) }
    }
  }

  private func askDirectly(
    _ backend: Backend, _ room: URL, _ data: URL, _ report: inout Report
  ) -> Answer? {
    peerAnswer("\(backend.rawValue), asked directly,", &report) { peers in
      .peer("direct.py", backend.rawValue, room.path, data.path, from: peers)
    }
  }
}
