import Dispatch
import Synchronization

/// A scan of all chunks by one or several threads: each takes the next chunk in turn, and they tell
/// each other how good the k-th best is already.
final class FullScan: Sendable {
  private let chunks: [CodeChunk]
  private let count: Int
  private let query: PreparedQuery
  private let limit: Int
  private let scansSigns: Bool
  private let allows: (@Sendable (Int) -> Bool)?

  private let nextChunk = Atomic(0)
  /// The bits of a cosine that the k-th best is known to reach.
  private let floor = Atomic((-Float.infinity).bitPattern)
  private let merged: Mutex<CandidateScan>

  init(
    chunks: [CodeChunk], count: Int, query: PreparedQuery, limit: Int, scansSigns: Bool,
    allows: (@Sendable (Int) -> Bool)?
  ) {
    self.chunks = chunks
    self.count = count
    self.query = query
    self.limit = limit
    self.scansSigns = scansSigns
    self.allows = allows
    merged = Mutex(CandidateScan(query: query, limit: limit))
  }

  /// The slots that may hold one of the k best.
  func run(threads: Int) -> [Int] {
    if threads == 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: min(threads, chunks.count)) { _ in work() }
    }
    return merged.withLock { $0.finish() }
  }

  private func work() {
    var scan = CandidateScan(query: query, limit: limit)
    while true {
      let chunk = nextChunk.wrappingAdd(1, ordering: .relaxed).oldValue
      guard chunk < chunks.count else { break }
      let first = chunk * chunks[chunk].shape.capacity
      let end = min(chunks[chunk].shape.capacity, count - first)
      for start in stride(from: 0, to: end, by: CandidateScan.batch) {
        scan.scan(
          chunks[chunk], start..<min(end, start + CandidateScan.batch), first: first,
          threshold: scansSigns ? knownFloor : nil, allows: allows)
        raiseFloor(to: scan.best.floor)
      }
    }
    let part = scan
    merged.withLock { $0.merge(part) }
  }

  private var knownFloor: Float { Float(bitPattern: floor.load(ordering: .relaxed)) }

  private func raiseFloor(to value: Float) {
    var known = floor.load(ordering: .relaxed)
    while value > Float(bitPattern: known) {
      let (exchanged, now) = floor.weakCompareExchange(
        expected: known, desired: value.bitPattern, ordering: .relaxed)
      if exchanged { return }
      known = now
    }
  }
}
