import Foundation
import LociCore
import LociTestKit

/// All measurements in turn.
struct Suite {
  let options: Options
  let workload = Workload()

  init(options: Options) { self.options = options }

  func run() async throws {
    var report = Report(seed: workload.seed)
    show("\(report.machine), \(report.cores) cores; seed \(report.seed)")
    show(Report.head)
    if options.parts.contains("embedding") { try part(&report, embedding) }
    if options.parts.contains("search") {
      for size in options.sizes { try part(&report) { try search(size, &$0, in: $1) } }
    }
    if options.parts.contains("ingest") { try part(&report, ingest) }
    if options.parts.contains("bulk") { try part(&report, bulk) }
    if options.parts.contains("agents") { try part(&report, agents) }
    if options.parts.contains("cold") { try part(&report, cold) }
    if options.parts.contains("recall") { try part(&report, recall) }
    if options.parts.contains("backends") {
      let server = try await PostgresServer()
      try part(&report) { try backends(on: server, &$0, in: $1) }
    }
    if let output = options.output {
      try report.write(to: output)
      show("written to \(output.path)")
    }
  }

  /// Runs a part with a folder of its own, which goes with it.
  private func part(_ report: inout Report, _ body: (inout Report, URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "loci-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(&report, folder)
  }

  // MARK: - The parts

  private func embedding(_ report: inout Report, in folder: URL) throws {
    let texts = Texts(count: options.isQuick ? 16 : 512)
    try JSONEncoder().encode(texts).write(to: folder.appending(path: "texts.json"))
    let loads = try (0..<5).map { _ in try Participant.loci("load").answer()["load_ms"] ?? .nan }
    let name = "ONNX Runtime in Python"
    // In turns, and the best of each: what else the machine does then harms both alike.
    var (peer, loci) = (Answer?.none, Answer())
    for _ in 0..<(options.isQuick ? 1 : 3) {
      let answer = peerAnswer(name, &report) { peers in
        .peer(
          "embedding.py", modelFolder.path, folder.appending(path: "texts.json").path,
          folder.appending(path: "peer.f32").path, from: peers)
      }
      peer = answer.map { $0.least(with: peer) } ?? peer
      loci = try Participant.loci("embedding", folder.path).answer().least(with: loci)
    }
    report.add(
      Row(
        what: "model load to first vector", unit: "ms", loci: loads.sorted()[2],
        peer: peer.map { _ in name }, peerFigure: peer?["load_ms"]))
    for size in [8, 128, 256] {
      let key = "latency_\(size)_ms"
      report.add(
        Row(
          what: "embed one text of \(size) tokens", unit: "ms", loci: loci[key] ?? .nan,
          peer: peer.map { _ in name }, peerFigure: peer?[key]))
    }
    let tokens = Int(loci["mixed_tokens"] ?? 0)
    report.add(
      Row(
        what: "embed \(texts.mixed.count) mixed texts, \(tokens) tokens", unit: "s",
        loci: loci["mixed_seconds"] ?? .nan,
        note: loci["cosine"].map { "least cosine of the two \($0)" },
        peer: peer.map { _ in name + ", batches of 32" }, peerFigure: peer?["mixed_seconds"]))
    report.add(
      Row(what: "embedding, peak memory", unit: "MiB", loci: loci["peak_mb"] ?? .nan))
  }

  private func search(_ count: Int, _ report: inout Report, in folder: URL) throws {
    let queries = options.isQuick ? 20 : count > 100_000 ? 100 : 200
    _ = try Participant.loci("data", folder.path, "\(count)", "\(queries)").answer()
    let title = "\(count.formatted()) x \(SearchData.dimension)"
    let index = try Participant.loci("index", folder.path).answer()
    let filled = try Participant.loci("fill", folder.path).answer()
    let store = try Participant.loci("store", folder.path).answer()
    let recall = { (answer: Answer) in "recall@10 \(Report.figure(answer["recall"] ?? .nan))" }
    for (name, answer) in [("index", index), ("store", store)] {
      for share in ["p50", "p95"] {
        report.add(
          Row(
            what: "\(title), \(name), \(share)", unit: "ms",
            loci: answer["\(share)_ms"] ?? .nan, note: recall(answer)))
      }
      report.add(
        Row(
          what: "\(title), \(name), peak memory", unit: "MiB", loci: answer["peak_mb"] ?? .nan,
          note: "\(Report.figure(answer["own_mb"] ?? .nan)) MiB without pages of files"))
    }
    for (name, answer) in [("index", index), ("store", filled)] {
      report.add(
        Row(what: "\(title), \(name), built in", unit: "s", loci: answer["build_s"] ?? .nan))
    }
    report.add(
      Row(
        what: "\(title), store, open and first", unit: "ms", loci: store["open_ms"] ?? .nan))
    for (name, engine) in [
      ("FAISS", "faiss"), ("LanceDB", "lancedb"), ("sqlite-vec", "sqlite-vec"),
    ] {
      let peer = peerAnswer(name, &report) { peers in
        .peer("vectors.py", engine, folder.path, "\(SearchData.dimension)", from: peers)
      }
      guard let peer else { continue }
      let about = [name, peer.texts["setting"] ?? "", recall(peer)].joined(separator: ", ")
      for share in ["p50", "p95"] {
        report.add(
          Row(
            what: "\(title), index, \(share)", unit: "ms", loci: index["\(share)_ms"] ?? .nan,
            peer: about, peerFigure: peer["\(share)_ms"]))
      }
    }
  }

  private func ingest(_ report: inout Report, in folder: URL) throws {
    let bytes = Int(options.ingestMebibytes * 1_048_576)
    let answer = try Participant.loci("ingest", folder.path, "\(bytes)").answer()
    let title = "ingest \(Report.figure(options.ingestMebibytes)) MiB of text"
    report.add(Row(what: title, unit: "s", loci: answer["seconds"] ?? .nan))
    report.add(Row(what: title + ", peak memory", unit: "MiB", loci: answer["peak_mb"] ?? .nan))
  }

  private func bulk(_ report: inout Report, in folder: URL) throws {
    let count = options.isQuick ? 1000 : 100_000
    let imported = try Participant.loci("import", folder.path, "\(count)").answer()
    let title = "import of \(count.formatted()) records without embedding"
    report.add(
      Row(what: title, unit: "records/s", loci: imported["per_second"] ?? .nan))
    report.add(
      Row(what: title + ", peak memory", unit: "MiB", loci: imported["peak_mb"] ?? .nan))
    let other = folder.appending(path: "remember")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    let texts = options.isQuick ? 256 : 8192
    let remembered = try Participant.loci("remember", other.path, "\(texts)").answer()
    report.add(
      Row(
        what: "remember \(texts.formatted()) texts, share of embedding alone", unit: "",
        loci: remembered["share"] ?? .nan,
        note: remembered["alone_per_second"].map {
          "\(Int($0)) texts a second by embedding alone"
        }))
  }

  private func agents(_ report: inout Report, in folder: URL) throws {
    let count = options.isQuick ? 1000 : 100_000
    let title = "of \(count.formatted()) memories"
    func answer(_ task: String, _ numbers: Int...) throws -> Answer {
      let place = folder.appending(path: task)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: place) }
      return try Participant(
        executable: Programs.benchmark,
        arguments: ["task", task, place.path] + numbers.map(String.init)
      ).answer()
    }
    let stored = try answer("duplicates", count)
    report.add(
      Row(
        what: "remember after a look for duplicates, \(title)", unit: "ms",
        loci: stored["checked_ms"] ?? .nan, peer: "remember alone",
        peerFigure: stored["plain_ms"]))
    let recalled = try answer("sharing", count)
    report.add(
      Row(
        what: "recall of one's own and of what 1,000 authors share, \(title)", unit: "ms",
        loci: recalled["shared_ms"] ?? .nan, peer: "all in one namespace",
        peerFigure: recalled["plain_ms"]))
    let verified = try answer("verify", count)
    report.add(
      Row(
        what: "verify the audit chain", unit: "lines/s", loci: verified["lines_per_second"] ?? .nan,
        note: verified["with_records_per_second"].map {
          "\(Int($0)) a second with each line's record"
        }))
    let (processes, writes) = options.isQuick ? (4, 50) : (50, 1000)
    let crowd = try answer("crowd", processes, writes)
    report.add(
      Row(
        what: "\(processes) processes that write \(writes) memories each", unit: "s",
        loci: crowd["seconds"] ?? .nan,
        note: crowd["shared"].map { "nothing lost, the chain whole, \(Int($0)) shared" }))
  }

  private func cold(_ report: inout Report, in folder: URL) throws {
    let count = options.isQuick ? 1000 : 100_000
    _ = try Participant.loci("records", folder.path, "\(count)").answer()
    let answer = try Participant.loci("cold", folder.path, options.isQuick ? "2" : "9").answer()
    let title = "cold recall, \(count.formatted()) records"
    report.add(Row(what: title, unit: "ms", loci: answer["cold_ms"] ?? .nan))
    report.add(Row(what: title + ", peak memory", unit: "MiB", loci: answer["peak_mb"] ?? .nan))
  }

  private func recall(_ report: inout Report, in folder: URL) throws {
    let count = options.isQuick ? 1000 : 100_000
    _ = try Participant.loci("records", folder.path, "\(count)").answer()
    let answer = try Participant.loci("warm", folder.path, options.isQuick ? "5" : "200").answer()
    for mode in ["hybrid", "semantic", "lexical"] {
      for share in ["p50", "p95"] {
        report.add(
          Row(
            what: "recall, \(mode), \(count.formatted()) records, \(share)", unit: "ms",
            loci: answer["\(mode)_\(share)_ms"] ?? .nan))
      }
    }
    let policy = try Participant.loci("policy").answer()
    report.add(Row(what: "judge 150 candidates", unit: "ms", loci: policy["judge_ms"] ?? .nan))
  }

  // MARK: - Peers

  /// Where set-up put the default model, which the peer reads too.
  private var modelFolder: URL {
    Folders().models.appending(path: "sentence-transformers--all-MiniLM-L6-v2")
  }

  /// A peer's answer; nil, and a line that says why, where it takes no part.
  func peerAnswer(
    _ name: String, _ report: inout Report, _ participant: (URL) throws -> Participant?
  ) -> Answer? {
    guard let peers = options.peers else { return nil }
    do {
      return try participant(peers)?.answer()
    } catch {
      report.add(missing: "\(name) took no part: \(error)")
      return nil
    }
  }
}
