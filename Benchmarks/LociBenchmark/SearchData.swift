import Dispatch
import Foundation
import LociCore
import Synchronization

/// Vectors, queries and the true neighbours, as files that every participant reads.
struct SearchData {
  static let dimension = 384
  static let top = 10
  /// The space that the vectors are stored in.
  static let space = EmbeddingSpace(
    provider: "benchmark", model: "synthetic", revision: "1", dimension: dimension,
    pooling: .mean, maximumTokens: 256)

  /// The share of the vectors that a search is to see, by their numbers.
  enum Share: String, CaseIterable {
    case all
    case half
    case hundredth

    /// Whether a vector belongs to it. The shares do not overlap, but for `all`.
    func contains(_ number: Int) -> Bool {
      switch self {
      case .all: true
      case .half: !number.isMultiple(of: 2)
      case .hundredth: number.isMultiple(of: 100)
      }
    }

    fileprivate var file: String { self == .all ? "truth.i32" : "truth-\(rawValue).i32" }
  }

  let count: Int
  let queries: [UnitVector]
  /// For each query the 10 nearest by a float64 scan, ties by number.
  private let truth: [Share: [[Int]]]
  private let file: URL

  /// How many vectors there are to be written beside those that are there.
  static let freshCount = 1060

  /// Makes the files of a workload.
  static func write(
    _ workload: Workload, count: Int, queries: Int, shares: [Share], to folder: URL
  ) throws {
    let vectors = parallel(count) { workload.passage($0) }
    let questions = parallel(queries) { workload.query($0) }
    try data(vectors).write(to: folder.appending(path: "vectors.f32"))
    try data(questions).write(to: folder.appending(path: "queries.f32"))
    let fresh = parallel(freshCount) { workload.passage(count + $0) }
    try data(fresh).write(to: folder.appending(path: "fresh.f32"))
    for share in shares {
      let truth = parallel(queries) { nearest(to: questions[$0], among: vectors, of: share) }
      try data(truth).write(to: folder.appending(path: share.file))
    }
  }

  /// Reads queries and answers back; the vectors stay in their file, so that a participant's memory
  /// is its own.
  init(_ folder: URL) throws {
    func read(_ name: String) throws -> Data {
      try Data(contentsOf: folder.appending(path: name))
    }
    file = folder.appending(path: "vectors.f32")
    count = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize.map { $0 / Self.width } ?? 0
    let questions = try read("queries.f32")
    queries = try (0..<questions.count / Self.width).map {
      try UnitVector(normalizing: Self.row($0, of: questions, width: Self.dimension))
    }
    var truth: [Share: [[Int]]] = [:]
    for share in Share.allCases {
      guard let answers = try? read(share.file) else { continue }
      truth[share] = (0..<queries.count).map { query in
        let row: [Int32] = Self.row(query, of: answers, width: Self.top)
        return row.map(Int.init)
      }
    }
    self.truth = truth
  }

  private static let width = dimension * MemoryLayout<Float>.size

  /// The vectors that are to be written beside those that are there.
  func fresh() throws -> [UnitVector] {
    let file = file.deletingLastPathComponent().appending(path: "fresh.f32")
    let vectors = try Data(contentsOf: file)
    return try (0..<vectors.count / Self.width).map {
      try UnitVector(normalizing: Self.row($0, of: vectors, width: Self.dimension))
    }
  }

  /// Hands out vectors in pages, each with the number of its first one: all, or pages up to a
  /// number.
  func forEachPage(
    upTo end: Int = .max, _ body: (_ first: Int, [UnitVector]) async throws -> Void
  ) async throws {
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    let size = 5000
    for first in stride(from: 0, to: min(end, count), by: size) {
      guard let page = try handle.read(upToCount: size * Self.width) else { return }
      try await body(
        first,
        (0..<page.count / Self.width).map {
          try UnitVector(normalizing: Self.row($0, of: page, width: Self.dimension))
        })
    }
  }

  /// The share of the true neighbours that were found.
  func recall(_ found: [[Int]], of share: Share = .all) -> Double {
    let hits = zip(found, truth[share] ?? []).map { Set($0).intersection($1).count }.reduce(0, +)
    return Double(hits) / Double(Self.top * max(1, found.count))
  }

  static func row<Number: BitwiseCopyable>(
    _ index: Int, of data: Data, width: Int
  ) -> [Number] {
    let size = MemoryLayout<Number>.stride
    return unsafe data.withUnsafeBytes { bytes in
      (index * width..<(index + 1) * width).map {
        unsafe bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)
      }
    }
  }

  private static func data<Number: BitwiseCopyable>(_ rows: [[Number]]) -> Data {
    var data = Data(capacity: rows.count * (rows.first?.count ?? 0) * MemoryLayout<Number>.size)
    for row in rows { unsafe row.withUnsafeBytes { unsafe data.append(contentsOf: $0) } }
    return data
  }

  private static func nearest(
    to query: [Float], among vectors: [[Float]], of share: Share
  ) -> [Int32] {
    let wide = query.map(Double.init)
    var best: [(score: Double, index: Int)] = []
    for (index, vector) in vectors.enumerated() where share.contains(index) {
      var sums = SIMD4<Double>()
      var place = 0
      while place < wide.count {
        let left = SIMD4(wide[place], wide[place + 1], wide[place + 2], wide[place + 3])
        let right = SIMD4(vector[place], vector[place + 1], vector[place + 2], vector[place + 3])
        sums += left * SIMD4<Double>(right)
        place += 4
      }
      let score = sums.sum()
      guard best.count < top || score > best[top - 1].score else { continue }
      let position = best.firstIndex { $0.score < score } ?? best.count
      best.insert((score, index), at: position)
      if best.count > top { best.removeLast() }
    }
    return best.map { Int32($0.index) }
  }
}

/// The results of a function for 0..<count, on all cores.
private func parallel<Result: Sendable>(
  _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let pieces = max(1, min(count, 64))
  let parts = Mutex<[Int: [Result]]>([:])
  DispatchQueue.concurrentPerform(iterations: pieces) { piece in
    let range = count * piece / pieces..<count * (piece + 1) / pieces
    let results = range.map(body)
    parts.withLock { $0[piece] = results }
  }
  return parts.withLock { parts in (0..<pieces).flatMap { parts[$0] ?? [] } }
}
