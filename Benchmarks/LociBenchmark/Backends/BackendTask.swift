import Foundation
import LociCore

/// All measurements of one backend on one size, in a process of its own.
struct BackendTask {
  private let backend: Backend
  private let folder: URL
  private let data: SearchData
  private let namespace: Namespace
  private let space = SearchData.space
  private static let largeBatch = 10_000

  init(_ backend: Backend, _ folder: URL, data: URL) throws {
    self.backend = backend
    self.folder = folder
    self.data = try SearchData(data)
    namespace = try Namespace("bench")
  }

  /// Fills a store, builds its index, searches and writes.
  func everything() async throws -> Answer {
    var answer = Answer()
    answer.texts["engine"] = try await backend.engine(in: folder)
    let filling = try await backend.open(in: folder, isFilling: true)
    try await fill(filling, &answer)
    let store = backend == .postgres ? try await backend.open(in: folder) : filling
    var building = Times()
    try await building.measure { try await store.rebuildIndex(in: space) }
    answer["build_s"] = building.median / 1000
    for search in Search.allCases { try await measure(search, store, &answer) }
    answer["memory_mb"] = Memory.own()
    answer["engine_mb"] = try engineMemory()
    try await write(store, &answer)
    var compacting = Times()
    try await compacting.measure { try await store.compact() }
    answer["compact_s"] = compacting.median / 1000
    answer["disk_mb"] = Double(try await backend.byteCount(in: folder)) / 1_048_576
    return answer
  }

  /// The worker is this process's child; the server is not.
  private func engineMemory() throws -> Double {
    let own = Int(ProcessInfo.processInfo.processIdentifier)
    return backend == .postgres
      ? Memory.ofTree(try ServerNote(in: folder).process)
      : Memory.ofTree(own) - Memory.shared(own)
  }

  /// Searches a store that is filled and writes to it, to be compared with its engine.
  func again() async throws -> Answer {
    var answer = Answer()
    let store = try await backend.open(in: folder)
    for search in [Search.ten, .hundred] { try await measure(search, store, &answer) }
    guard backend != .sqliteVec else { return answer }  // Its writes are not compared.
    try await write(store, &answer)
    try await writeLargeBatch(&answer)
    try await store.compact()
    return answer
  }

  // MARK: - Filling

  private func fill(_ store: any VectorStore, _ answer: inout Answer) async throws {
    try await store.ensure(space)
    var times = Times()
    var batch: [VectorEntry] = []
    try await data.forEachPage { first, vectors in
      for (offset, vector) in vectors.enumerated() {
        batch.append(try entry("\(first + offset)", vector))
      }
      guard batch.count >= Self.largeBatch || first + vectors.count >= data.count else { return }
      try await times.measure { try await store.upsert(batch, in: space) }
      batch = []
    }
    answer["batch_10000_ms"] = times.median
    answer["fill_s"] = times.milliseconds.reduce(0, +) / 1000
  }

  /// New entries have names that are no numbers, and no category.
  private func entry(_ id: String, _ vector: UnitVector) throws -> VectorEntry {
    let number = Int(id)
    func isIn(_ share: SearchData.Share) -> Bool { number.map(share.contains) ?? false }
    return VectorEntry(
      id: try RecordID(id), contentHash: ContentHash(of: id), vector: vector,
      attributes: VectorAttributes(
        namespace: namespace,
        category: isIn(.half) ? .fact : isIn(.hundredth) ? .preference : nil,
        createdAt: Date(timeIntervalSince1970: 1_700_000_000)))
  }

  // MARK: - Searching

  private enum Search: String, CaseIterable {
    case ten, hundred, half, hundredth

    var limit: Int { self == .hundred ? 100 : SearchData.top }
    var share: SearchData.Share {
      switch self {
      case .ten, .hundred: .all
      case .half: .half
      case .hundredth: .hundredth
      }
    }
  }

  /// Each query once, but no longer than some seconds.
  private func measure(
    _ search: Search, _ store: any VectorStore, _ answer: inout Answer
  ) async throws {
    var filter = Filter()
    switch search.share {
    case .all: break
    case .half: filter.categories = [.fact]
    case .hundredth: filter.categories = [.preference]
    }
    func found(_ query: UnitVector) async throws -> [VectorMatch] {
      try await store.search(
        query, namespace: namespace, in: space, limit: search.limit, where: filter)
    }
    for query in data.queries.prefix(3) { _ = try await found(query) }
    var times = Times()
    var matches: [[Int]] = []
    let start = ContinuousClock.now
    for query in data.queries {
      let answer = try await times.measure { try await found(query) }
      guard answer.count == search.limit else {
        throw Failure("\(backend.rawValue) found \(answer.count) of \(search.limit).")
      }
      matches.append(answer.prefix(SearchData.top).compactMap { Int($0.id.text) })
      if Times.milliseconds(since: start) > 4000 { break }
    }
    answer["\(search.rawValue)_p50_ms"] = times.median
    answer["\(search.rawValue)_p95_ms"] = times.percentile(0.95)
    answer["\(search.rawValue)_recall"] = data.recall(matches, of: search.share)
  }

  // MARK: - Writing

  private static let (singles, batches, batch) = (30, 10, 100)
  /// More than of the rest: a server deletes thirty in a few milliseconds.
  private static let deletions = 230

  /// Writes new entries one by one and in batches, changes some, and leaves all as it was.
  private func write(_ store: any VectorStore, _ answer: inout Answer) async throws {
    let fresh = try data.fresh()
    let new = try fresh.enumerated().map { try entry("new-\($0)", $1) }
    let changed = try (0..<Self.singles).map {
      try entry("\(7 * $0)", fresh[Self.singles + Self.batches * Self.batch + $0])
    }
    let before = try await store.get(changed.map(\.id), namespace: namespace, in: space)
    func median(_ count: Int, _ body: (Int) async throws -> Void) async throws -> Double {
      var times = Times()
      for number in 0..<count { try await times.measure { try await body(number) } }
      return times.median
    }
    func part(_ number: Int) -> [VectorEntry] {
      Array(new[(Self.singles + number * Self.batch)...].prefix(Self.batch))
    }
    answer["insert_ms"] = try await median(Self.singles) {
      try await store.upsert([new[$0]], in: space)
    }
    answer["batch_100_ms"] = try await median(Self.batches) {
      try await store.upsert(part($0), in: space)
    }
    answer["update_ms"] = try await median(Self.singles) {
      try await store.upsert([changed[$0]], in: space)
    }
    answer["delete_ms"] = try await median(Self.deletions) {
      try await store.delete([new[$0].id], namespace: namespace, in: space)
    }
    let rest = new[Self.deletions..<(Self.singles + Self.batches * Self.batch)]
    try await store.delete(rest.map(\.id), namespace: namespace, in: space)
    // Who comes next shall not find the changed vectors, which to replace by themselves is easy.
    try await store.upsert(before, in: space)
  }

  /// The first batch of all into a store of its own.
  private func writeLargeBatch(_ answer: inout Answer) async throws {
    let room = folder.appending(path: "empty-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: room) }
    try backend.prepare(room, beside: folder)
    let store = try await backend.open(in: room, isFilling: true)
    try await store.ensure(space)
    var (times, entries) = (Times(), [VectorEntry]())
    try await data.forEachPage(upTo: Self.largeBatch) { first, vectors in
      entries += try vectors.enumerated().map { try entry("\(first + $0)", $1) }
    }
    try await times.measure { try await store.upsert(entries, in: space) }
    answer["batch_10000_ms"] = times.median
    // A server would go on tending to what is left there.
    try await store.delete(entries.map(\.id), namespace: namespace, in: space)
    try await store.compact()
  }
}
