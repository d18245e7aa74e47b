import Foundation
import Glibc

/// The measurements that run in a process of their own: `LociBenchmark task NAME …`.
enum Measurement {
  static func run(_ arguments: ArraySlice<String>) async throws {
    var rest = arguments
    let name = rest.popFirst() ?? ""
    let words = Array(rest)
    func folder(_ index: Int) throws -> URL {
      guard words.indices.contains(index) else { throw Failure("\(name) needs a folder.") }
      return URL(filePath: words[index])
    }
    func number(_ index: Int) throws -> Int {
      guard words.indices.contains(index), let number = Int(words[index]) else {
        throw Failure("\(name) needs a number.")
      }
      return number
    }
    var answer = Answer()
    switch name {
    case "load": answer = try await EmbeddingTasks.load()
    case "embedding": answer = try await EmbeddingTasks.embedding(in: folder(0))
    case "data":
      try SearchData.write(
        Workload(), count: number(1), queries: number(2),
        shares: words.count > 3 ? SearchData.Share.allCases : [.all], to: folder(0))
    case "index": answer = try await SearchTasks.index(in: folder(0))
    case "fill": answer = try await SearchTasks.fill(in: folder(0))
    case "store": answer = try await SearchTasks.store(in: folder(0))
    case "records": answer = try await CommandTasks.records(in: folder(0), count: number(1))
    case "cold": answer = try CommandTasks.cold(in: folder(0), runs: number(1))
    case "warm": answer = try await RecallTasks.warm(in: folder(0), count: number(1))
    case "policy": answer = try RecallTasks.policy()
    case "ingest": answer = try CommandTasks.ingest(in: folder(0), bytes: number(1))
    case "import": answer = try await BulkTasks.imports(in: folder(0), count: number(1))
    case "remember": answer = try await BulkTasks.remembers(in: folder(0), count: number(1))
    case "duplicates": answer = try await AgentTasks.duplicates(in: folder(0), count: number(1))
    case "sharing": answer = try await AgentTasks.sharing(in: folder(0), count: number(1))
    case "verify": answer = try await AgentTasks.verify(in: folder(0), count: number(1))
    case "crowd":
      answer = try await AgentTasks.crowd(
        in: folder(0), processes: number(1), writes: number(2))
    case "crowd-member":
      answer = try await AgentTasks.member(in: folder(0), number: number(1), writes: number(2))
    case "backend", "backend-again":
      let task = try BackendTask(Backend(named: words.first), folder(1), data: folder(2))
      answer = try await name == "backend" ? task.everything() : task.again()
    default: throw Failure("\(name) is no measurement.")
    }
    show(String(decoding: try JSONEncoder().encode(answer), as: UTF8.self))
  }
}

/// Times in milliseconds.
struct Times {
  private(set) var milliseconds: [Double] = []

  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    defer { milliseconds.append(Self.milliseconds(since: start)) }
    return try body()
  }

  mutating func measure<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    let start = ContinuousClock.now
    defer { milliseconds.append(Self.milliseconds(since: start)) }
    return try await body()
  }

  /// The time below which a share of the times lie, 0…1.
  func percentile(_ share: Double) -> Double {
    let sorted = milliseconds.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }

  var median: Double { percentile(0.5) }

  static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) * 1000 + Double(attoseconds) / 1e15
  }
}

/// Memory in MiB, as the kernel counts it.
enum Memory {
  /// What this process holds now without the pages of files, which the kernel may take back.
  static func own() -> Double {
    number("RssAnon:", in: "/proc/self/status").map { $0 / 1024 } ?? .nan
  }

  /// What a process and all that it started hold; shared pages are shared out.
  static func ofTree(_ root: Int) -> Double {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var children: [Int: [Int]] = [:]
    for process in processes.compactMap({ Int($0) }) {
      guard let parent = number("PPid:", in: "/proc/\(process)/status") else { continue }
      children[Int(parent), default: []].append(process)
    }
    func sum(_ process: Int) -> Double {
      (children[process] ?? []).reduce(shared(process)) { $0 + sum($1) }
    }
    return sum(root)
  }

  /// What a process holds, its part of shared pages included.
  static func shared(_ process: Int) -> Double {
    (number("Pss:", in: "/proc/\(process)/smaps_rollup") ?? 0) / 1024
  }

  private static func number(_ name: String, in path: String) -> Double? {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return line.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Double($0) }
  }

  /// The most that this process held, pages of files included.
  static func peak() -> Double { maximum(__rusage_who_t(RUSAGE_SELF.rawValue)) }
  /// The same of the largest process that this one ran.
  static func peakOfChildren() -> Double { maximum(__rusage_who_t(RUSAGE_CHILDREN.rawValue)) }

  private static func maximum(_ who: __rusage_who_t) -> Double {
    var usage = rusage()
    guard unsafe getrusage(who, &usage) == 0 else { return .nan }
    return Double(usage.ru_maxrss) / 1024
  }
}
