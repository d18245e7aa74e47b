import Foundation

/// The comparison of the backends as a Markdown page with charts.
struct BackendReport {
  /// How often Loci and an engine take turns, not counting the first time.
  static let roundCount = 12

  /// One figure of every backend.
  struct Line {
    let key: String
    let name: String
    let unit: String
  }

  /// What Loci and the engine itself took for the same work, one right after the other.
  struct Round {
    let loci: Answer
    let direct: Answer
  }

  /// What is reported, in this order.
  static let lines = [
    Line(key: "ten_p50_ms", name: "search, k = 10, p50", unit: "ms"),
    Line(key: "ten_p95_ms", name: "search, k = 10, p95", unit: "ms"),
    Line(key: "hundred_p50_ms", name: "search, k = 100, p50", unit: "ms"),
    Line(key: "half_p50_ms", name: "search, k = 10, filter of 50 %, p50", unit: "ms"),
    Line(key: "hundredth_p50_ms", name: "search, k = 10, filter of 1 %, p50", unit: "ms"),
    Line(key: "ten_recall", name: "recall@10", unit: ""),
    Line(key: "half_recall", name: "recall@10, filter of 50 %", unit: ""),
    Line(key: "hundredth_recall", name: "recall@10, filter of 1 %", unit: ""),
    Line(key: "insert_ms", name: "insert one", unit: "ms"),
    Line(key: "update_ms", name: "update one", unit: "ms"),
    Line(key: "delete_ms", name: "delete one", unit: "ms"),
    Line(key: "batch_100_ms", name: "insert a batch of 100", unit: "ms"),
    Line(key: "batch_10000_ms", name: "insert a batch of 10,000", unit: "ms"),
    Line(key: "fill_s", name: "insert all, in batches of 10,000", unit: "s"),
    Line(key: "build_s", name: "build the index", unit: "s"),
    Line(key: "compact_s", name: "compact", unit: "s"),
    Line(key: "disk_mb", name: "disk, compacted", unit: "MiB"),
    Line(key: "memory_mb", name: "memory of the process", unit: "MiB"),
    Line(key: "engine_mb", name: "memory of the worker or server", unit: "MiB"),
  ]

  let machine: Report
  /// The processes that wanted to run in the last minute before this began.
  private let load = Report.load()
  var answers: [Int: [Backend: Answer]] = [:]
  /// The same work through Loci and without it, some rounds of both.
  var direct: [Int: [Backend: [Round]]] = [:]
  /// What took no part, and why.
  var missing: [String] = []

  init(machine: Report) { self.machine = machine }

  /// Writes `report.md` and its charts into a folder.
  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var page = [opening]
    for size in answers.keys.sorted() {
      page.append("## \(size.formatted()) × \(SearchData.dimension)\n")
      for chart in charts(size) {
        let name = "\(chart.name)-\(size).svg"
        try Data(chart.picture.svg().utf8).write(to: folder.appending(path: name))
        page.append("![\(chart.picture.title)](\(name))\n")
      }
      page.append(table(size))
    }
    page.append(directTable)
    if !missing.isEmpty {
      page.append("Took no part:\n\n" + missing.map { "- \($0)\n" }.joined())
    }
    try Data(page.joined(separator: "\n").utf8).write(to: folder.appending(path: "report.md"))
  }

  private var opening: String {
    """
    # The vector backends, measured

    `make bench-backends` wrote this page on \(machine.date) on \(machine.cores) cores of \
    \(machine.machine), \(Report.system()); the load before it began was \(load). Every backend \
    had the same data in the same run, a process of its own, and its turn; files were in the page \
    cache. Every figure is through Loci's own API, durable writes and filters included.

    The data are synthetic: \(SearchData.dimension)-dimensional unit vectors around 1000 random \
    centres (seed \(machine.seed)), as texts on 1000 subjects give them. Recall is held against a \
    float64 scan. The filter of 50 % and that of 1 % each ask for one category. Indexes are those \
    of Loci's default settings; LanceDB builds one from 10,000 entries on, and PostgreSQL's is \
    built when the table is full. LanceDB's disk holds the versions of the last minute, too.

    """
  }

  private func charts(_ size: Int) -> [(name: String, picture: BarChart)] {
    func chart(
      _ name: String, _ title: String, _ axis: String, _ groups: [(String, String)]
    ) -> (name: String, picture: BarChart) {
      let figures = groups.map { name, key in
        BarChart.Group(name: name, values: Backend.allCases.map { answers[size]?[$0]?[key] })
      }
      return (
        name,
        BarChart(
          title: "\(title), \(size.formatted()) vectors", axis: axis,
          series: Backend.allCases.map(\.rawValue), groups: figures)
      )
    }
    return [
      chart(
        "search", "Searching", "median time of a search, ms (logarithmic; shorter is better)",
        [
          ("k = 10", "ten_p50_ms"), ("k = 100", "hundred_p50_ms"),
          ("k = 10, 50 % pass", "half_p50_ms"), ("k = 10, 1 % pass", "hundredth_p50_ms"),
        ]),
      chart(
        "writes", "Writing", "median time of a call, ms (logarithmic; shorter is better)",
        [
          ("insert one", "insert_ms"), ("update one", "update_ms"), ("delete one", "delete_ms"),
          ("batch of 100", "batch_100_ms"), ("batch of 10,000", "batch_10000_ms"),
        ]),
      chart(
        "room", "Room", "MiB (logarithmic; shorter is better)",
        [
          ("disk", "disk_mb"), ("process", "memory_mb"), ("worker or server", "engine_mb"),
        ]),
    ]
  }

  private func table(_ size: Int) -> String {
    let names = Backend.allCases.map(\.rawValue)
    var rows = [
      "| | " + names.joined(separator: " | ") + " |",
      "|---|" + String(repeating: "---:|", count: names.count),
    ]
    let engines = Backend.allCases.map { answers[size]?[$0]?.texts["engine"] ?? "–" }
    rows.append("| engine | " + engines.joined(separator: " | ") + " |")
    rows.append("| search | " + Backend.allCases.map(\.index).joined(separator: " | ") + " |")
    for line in Self.lines {
      let cells = Backend.allCases.map { backend in
        guard let figure = answers[size]?[backend]?[line.key], figure != 0 else { return "–" }
        return Report.plain(figure)
      }
      let unit = line.unit.isEmpty ? "" : ", \(line.unit)"
      rows.append("| \(line.name)\(unit) | " + cells.joined(separator: " | ") + " |")
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private var directTable: String {
    var rows = [
      "## Loci beside the engine itself\n",
      """
      The same searches of the same tables and the same rows written to them, through Loci and \
      asked of the engine directly, in turns, in \(Self.roundCount) rounds. Times are medians; a \
      ratio is the geometric mean of the rounds' ratios with its standard error, since the \
      machine's speed changes more from minute to minute than from one to the other. A ratio of \
      1 means that Loci costs nothing. LanceDB is given rows in Arrow's own layout, and is \
      flushed after each write as Loci does it, for it never does so itself; PostgreSQL is given \
      prepared statements with binary parameters, a pipeline for 100 rows and a binary COPY for \
      10,000. The 10,000 go into an empty table that has no index of vectors.

      """,
      "| | Loci, ms | direct, ms | ratio |", "|---|---:|---:|---:|",
    ]
    for (size, backends) in direct.sorted(by: { $0.key < $1.key }) {
      for (backend, rounds) in backends.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        for line in Self.lines {
          let pairs = rounds.compactMap { round in
            round.loci[line.key].flatMap { loci in round.direct[line.key].map { (loci, $0) } }
          }
          guard !pairs.isEmpty else { continue }
          let loci = Times(milliseconds: pairs.map(\.0)).median
          let direct = Times(milliseconds: pairs.map(\.1)).median
          let (ratio, error) = Self.geometricMean(pairs.map { $0 / $1 })
          rows.append(
            "| \(backend.rawValue), \(size.formatted()), \(line.name) | \(Report.plain(loci)) | "
              + "\(Report.plain(direct)) | \(String(format: "%.2f ± %.2f", ratio, error)) |")
        }
        let flushes = Times(milliseconds: rounds.compactMap { $0.direct["flush_ms"] })
        if !flushes.milliseconds.isEmpty {
          rows.append(
            "| \(backend.rawValue), \(size.formatted()), the flush of one insert | | "
              + "\(Report.plain(flushes.median)) | |")
        }
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  /// With its standard error.
  private static func geometricMean(_ values: [Double]) -> (mean: Double, error: Double) {
    let (logs, count) = (values.map { log($0) }, Double(values.count))
    let mean = logs.reduce(0, +) / count
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return (exp(mean), exp(mean) * (variance / count).squareRoot())
  }
}
