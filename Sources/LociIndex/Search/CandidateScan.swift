/// One thread's part of a search: it narrows vectors down to those whose cosine may be among the
/// k largest.
///
/// Every vector that gets this far is estimated from its 8-bit levels with a hard margin. The k-th
/// largest lower bound is the threshold: whatever can't reach it is dropped.
struct CandidateScan {
  /// A slot of the index, and the most that its cosine can be.
  struct Survivor {
    var slot: Int
    var upperBound: Float
  }

  private(set) var best: LargestBounds
  private(set) var survivors: [Survivor] = []
  private let query: PreparedQuery
  private var pruneAt = 4096
  private var passed: [UInt32]
  private var estimates: [Float]
  private var margins: [Float]

  /// Vectors that are handled together: few enough that the threshold rises soon.
  static let batch = 512

  init(query: PreparedQuery, limit: Int) {
    self.query = query
    best = LargestBounds(limit: limit)
    passed = [UInt32](repeating: 0, count: Self.batch)
    estimates = [Float](repeating: 0, count: Self.batch)
    margins = [Float](repeating: 0, count: Self.batch)
  }

  /// Takes in a part of a chunk, at most a batch: all of it, or what passes the sign scan.
  ///
  /// - Parameters:
  ///   - first: The index's slot of the chunk's slot 0.
  ///   - threshold: A cosine that the k-th best is known to reach; nil to skip the sign scan.
  ///   - allows: Which slots of the index may be returned.
  mutating func scan(
    _ chunk: CodeChunk, _ range: Range<Int>, first: Int, threshold: Float?,
    allows: ((Int) -> Bool)?
  ) {
    var count = range.count
    let threshold = threshold.map { max($0, best.floor) } ?? -.infinity
    if threshold > -.infinity {
      count = query.scanSigns(of: chunk, range, threshold: threshold, into: &passed)
    } else {
      for index in 0..<count {
        passed[index] = UInt32(truncatingIfNeeded: range.lowerBound + index)
      }
    }
    if let allows, count > 0 {
      var kept = 0
      for index in 0..<count where allows(first + Int(passed[index])) {
        passed[kept] = passed[index]
        kept += 1
      }
      count = kept
    }
    estimate(count, of: chunk, first: first, threshold: threshold)
  }

  /// Takes in some slots of a chunk, at most a batch.
  mutating func take(_ slots: ArraySlice<Int>, of chunk: CodeChunk, first: Int) {
    for (index, slot) in slots.enumerated() {
      passed[index] = UInt32(truncatingIfNeeded: slot - first)
    }
    estimate(slots.count, of: chunk, first: first, threshold: -.infinity)
  }

  private mutating func estimate(
    _ count: Int, of chunk: CodeChunk, first: Int, threshold: Float
  ) {
    guard count > 0 else { return }
    query.estimate(passed, count: count, of: chunk, estimates: &estimates, margins: &margins)
    for index in 0..<count {
      let upperBound = estimates[index] + margins[index]
      guard upperBound >= max(threshold, best.floor) else { continue }
      best.insert(estimates[index] - margins[index])
      survivors.append(Survivor(slot: first + Int(passed[index]), upperBound: upperBound))
    }
    if survivors.count >= pruneAt {
      prune(below: max(threshold, best.floor))
      pruneAt = max(4096, 2 * survivors.count)
    }
  }

  /// Takes in what another thread found.
  mutating func merge(_ other: CandidateScan) {
    best.merge(other.best)
    survivors += other.survivors
  }

  /// The slots that may hold one of the k best, once everything was taken in.
  mutating func finish() -> [Int] {
    prune(below: best.floor)
    return survivors.map(\.slot)
  }

  private mutating func prune(below floor: Float) {
    survivors.removeAll { $0.upperBound < floor }
  }
}
