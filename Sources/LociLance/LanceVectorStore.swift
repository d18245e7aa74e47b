public import Foundation
public import LociCore
import Synchronization

/// Vectors in LanceDB: a folder, or a prefix of an object store. LanceDB runs in a worker process,
/// which all stores of this process share.
///
/// Each space has a table, and the table's schema holds the space. A table of an earlier version
/// keeps its name. A search is exact until
/// ``rebuildIndex(in:)`` has built the index that the settings name; cosines are exact always.
public struct LanceVectorStore: VectorStore {
  /// The LanceDB that this Loci works with.
  public static let engineVersion = LanceEngine.version

  /// Where set-up puts LanceDB.
  public static func engine(in folders: Folders) -> URL {
    folders.engines.appending(path: "lancedb/\(engineVersion)")
  }

  private static let longTimeoutFactor = 120

  private let settings: LanceSettings
  private let share: WorkerShare
  private let knowledge = Knowledge()

  /// What answers have told about the store.
  private final class Knowledge: Sendable {
    let hasIndex = Atomic<Bool>(false)
  }

  private init(_ settings: LanceSettings) {
    self.settings = settings
    share = WorkerShare(.serving, settings)
  }

  /// Opens a store. That is cheap: the first call starts LanceDB, which takes about a second.
  ///
  /// - Parameters:
  ///   - settings: Where the store is, and how it is run.
  ///   - access: What for; reading makes no folder, and a missing one is `notFound` then. Nobody
  ///     looks whether there is something in an object store.
  /// - Throws: ``LociError/Code/missingLibrary`` where the engine is not installed;
  ///   ``LociError/Code/invalidConfiguration`` for an empty location;
  ///   ``LociError/Code/notFound`` for a missing folder that is to be read.
  public static func open(
    _ settings: LanceSettings, access: StoreAccess = .writing
  ) async throws -> LanceVectorStore {
    guard !settings.location.isEmpty else {
      throw LociError(
        .invalidConfiguration, "The LanceDB store has no location.",
        remedy: "Name a folder, or an address such as s3://bucket/prefix.")
    }
    let python = settings.engine.appending(path: "python3").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw LanceEngine.missing(settings.engine, because: "It is not in \(settings.engine.path).")
    }
    if access == .reading, settings.isLocal,
      !FileManager.default.fileExists(atPath: settings.location)
    {
      throw LociError.noStore(at: settings.location)
    }
    return LanceVectorStore(settings)
  }

  /// Gives the worker process up; it ends with the last store that uses it. A later call starts it
  /// again.
  public func close() { share.end() }

  /// Exact as far as answers have told: until a search has met the index that another handle built,
  /// this handle does not know of it.
  public var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "lancedb", isExact: !knowledge.hasIndex.load(ordering: .relaxed),
      sharesTransactionsWithRecords: false)
  }

  /// The bytes of all files in the store's folder; nil for an object store. Complexity: O(files).
  public var byteCount: Int64? {
    guard settings.isLocal else { return nil }
    let files = FileManager.default.enumerator(
      at: URL(filePath: settings.location), includingPropertiesForKeys: [.fileSizeKey])
    return files?.reduce(0) { sum, file in
      let size = try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey]).fileSize
      return sum + Int64(size ?? 0)
    } ?? 0
  }

  // MARK: Spaces

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  public func ensure(_ space: EmbeddingSpace) async throws {
    _ = try await call(.ensure, in: space)
  }

  /// The spaces that this store holds.
  public func spaces() async throws -> [EmbeddingSpace] {
    let (answer, _) = try await call(.spaces)
    return try (answer.texts ?? []).map { try EmbeddingSpace(definition: $0).namedByPublisher }
  }

  /// The namespaces that hold entries of a space.
  public func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    let (answer, _) = try await call(.namespaces, in: space)
    return try (answer.texts ?? []).map { try Namespace($0) }
  }

  // MARK: Entries

  /// Adds entries, replacing those of the same namespace and id; the last of two wins. A batch is
  /// one commit. Calls that come in at the same time share a commit.
  public func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    for entry in entries { try entry.vector.requireDimension(space.dimension) }
    guard !entries.isEmpty else { return }
    var columns = ColumnWriter()
    try columns.append(entries)
    _ = try await call(.upsert, in: space) { request in
      request.count = entries.count
      request.vectors = entries.map(\.vector)
      request.columns = columns.bytes
    }
  }

  /// Deletes entries; unknown ids are no error. Returns how many there were.
  @discardableResult
  public func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    let (answer, _) = try await call(.delete, in: space) {
      $0.where = Self.named(ids, namespace)
    }
    return answer.count ?? 0
  }

  /// The entries of the ids that exist, in no particular order.
  public func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    guard !ids.isEmpty else { return [] }
    return try entries(
      try await call(.get, in: space) { $0.where = Self.named(ids, namespace) }, space)
  }

  /// The content hashes of the ids that exist.
  public func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    guard !ids.isEmpty else { return [:] }
    let (answer, frame) = try await call(.hashes, in: space) {
      $0.where = Self.named(ids, namespace)
    }
    guard let count = answer.count, count > 0 else { return [:] }
    var columns = ColumnReader(frame)
    let found = try columns.texts(count).map { try RecordID($0) }
    return Dictionary(zip(found, try columns.hashes(count)), uniquingKeysWith: { $1 })
  }

  /// A page of a namespace's entries in id order, after `cursor`; empty at the end.
  public func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try Limit.check(limit)
    let page = try entries(
      try await call(.scan, in: space) { request in
        let start = SQL.quote(cursor?.text ?? "")
        request.where = SQL.test("namespace", isIn: [namespace.name]) + " AND id > \(start)"
        request.limit = min(limit, Self.maximumRows)
      }, space)
    return page.sorted { ($0.id, $0.part) < ($1.id, $1.part) }
  }

  // MARK: Searching

  /// The nearest entries that pass the filter, best first, ties by id; see ``VectorStore``.
  ///
  /// Conditions that order metadata are beyond LanceDB: candidates are tested, and more are fetched
  /// until enough pass. Such a search may read as much as all rows that pass the rest.
  public func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    let condition = FilterSQL(filter, in: namespace)
    var count = min(limit, Self.maximumRows)
    while true {
      let parts = try await nearest(query, in: space, count: count, condition)
      let found = VectorMatch.records(of: parts)
      guard parts.count >= count, found.count < limit, count < Self.maximumRows else {
        return Array(found.prefix(limit))
      }
      count = min(VectorMatch.more(than: count), Self.maximumRows)
    }
  }

  /// The nearest entries, ties at the cut included.
  private func nearest(
    _ query: UnitVector, in space: EmbeddingSpace, count: Int, _ condition: FilterSQL
  ) async throws -> [VectorMatch] {
    let (answer, frame) = try await call(.search, in: space) { request in
      request.where = condition.sql
      request.conditions = condition.conditions
      request.limit = count
      request.vectors = [query]
    }
    learn(answer)
    guard let found = answer.count, found > 0 else { return [] }
    var columns = ColumnReader(frame)
    let ids = try columns.texts(found).map { try RecordID($0) }
    let cosines: [Float] = try columns.numbers(found)
    return zip(ids, cosines).map { VectorMatch(id: $0, similarity: Similarity($1)) }
  }

  /// How many entries pass the filter.
  public func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter)
    async throws -> Int
  {
    let condition = FilterSQL(filter, in: namespace)
    let (answer, _) = try await call(.count, in: space) { request in
      request.where = condition.sql
      request.conditions = condition.conditions
    }
    return answer.count ?? 0
  }

  // MARK: Upkeep

  /// Builds the index that the settings name, where the space has at least 10,000 entries; fewer
  /// are scanned as fast. Reads and writes go on meanwhile.
  ///
  /// It has a process of its own, which ends afterwards: building takes the threads that LanceDB
  /// has, and every other call would wait for it.
  public func rebuildIndex(in space: EmbeddingSpace) async throws {
    let builder = WorkerShare(.building, settings)
    defer { builder.end() }
    _ = try await call(.rebuild, in: space, of: builder) { $0.index = settings.index.rawValue }
    let (answer, _) = try await call(.indexed, in: space)
    learn(answer)
  }

  /// Joins small files, brings indexes up to date and drops versions older than
  /// ``LanceSettings/oldVersionsKept``. Happens by itself after many writes, too.
  public func compact() async throws {
    _ = try await call(.compact) { $0.keptSeconds = settings.oldVersionsKept.inSeconds }
  }

  /// Writes rows and indexes anew, and drops every older version; readers that still use one look
  /// again.
  ///
  /// - Returns: For an object store, what the bucket itself may keep.
  public func scrub() async throws -> [String] {
    let builder = WorkerShare(.building, settings)
    defer { builder.end() }
    _ = try await call(.scrub, of: builder) { $0.index = settings.index.rawValue }
    return settings.location.contains("://") ? ["versions of objects that the bucket keeps"] : []
  }

  // MARK: Asking

  /// The worker's process, for tests that harm it; starts one where there is none.
  package var workerProcessIdentifier: Int32 {
    get async throws { try await share.worker.running().processIdentifier }
  }

  /// More rows than any machine holds, and fewer than LanceDB's counters.
  private static let maximumRows = 1 << 30

  private static func named(_ ids: [RecordID], _ namespace: Namespace) -> String {
    SQL.test("namespace", isIn: [namespace.name]) + " AND "
      + SQL.test("id", isIn: Set(ids).map(\.text))
  }

  private func entries(_ reply: (Answer, Frame), _ space: EmbeddingSpace) throws -> [VectorEntry] {
    guard let count = reply.0.count, count > 0 else { return [] }
    var columns = ColumnReader(reply.1)
    return try columns.entries(count, dimension: space.dimension)
  }

  private func learn(_ answer: Answer) {
    if let isIndexed = answer.isIndexed {
      knowledge.hasIndex.store(isIndexed, ordering: .relaxed)
    }
  }

  private func call(
    _ operation: Request.Operation, in space: EmbeddingSpace? = nil, of share: WorkerShare? = nil,
    _ fill: (inout Request) -> Void = { _ in }
  ) async throws -> (Answer, Frame) {
    var request = Request(op: operation)
    request.location = settings.location
    request.options = settings.storageOptions
    request.table = space?.key
    if let former = space?.namedByEngine, former != space { request.formerTable = former.key }
    if operation == .ensure || operation == .upsert {
      request.definition = try space?.definition()
    }
    fill(&request)
    let isLong = [.rebuild, .compact, .scrub].contains(operation)
    return try await (share ?? self.share).worker.call(
      request, timeout: settings.requestTimeout * (isLong ? Self.longTimeoutFactor : 1))
  }
}
