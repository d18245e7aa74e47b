import LociCore

/// Compares two sides before one takes over from the other.
struct SideComparison: Sendable {
  let records: any RecordStore
  let old: SideHandle
  let new: SideHandle
  let surroundings: Surroundings

  /// Approximate indexes answer nearly the same; an exact one answers the same.
  static let agreementOfExactSides = 0.98
  static let agreementOfApproximateSides = 0.8
  private static let queryCount = 20
  private static let depth = 10
  private static let pageSize = 256
  /// Others may write while pages are compared.
  private static let attempts = 5

  func run(_ progress: (Int) -> Void) async throws -> MigrationReport.Verification {
    var result = MigrationReport.Verification()
    if old.side.model == new.side.model {
      (result.comparedCount, result.checksum) = try await compareVectors(progress)
    }
    try await compareAnswers(&result)
    return result
  }

  // MARK: Vectors

  private func compareVectors(_ progress: (Int) -> Void) async throws -> (Int, String) {
    var (count, oldDigest, newDigest) = (0, SHA256(), SHA256())
    let space = try await new.embedder().space
    for namespace in try await records.namespaces().sorted() {
      try await records.forEachPage(of: namespace, size: Self.pageSize) { page in
        let (left, right) = try await equalEntries(page, namespace, space)
        for (left, right) in zip(left, right) {
          oldDigest.add(left)
          newDigest.add(right)
        }
        count += left.count
        progress(count)
      }
    }
    let (oldSum, newSum) = (
      Hexadecimal.text(oldDigest.finalize()), Hexadecimal.text(newDigest.finalize())
    )
    guard oldSum == newSum else { throw Self.difference(count) }
    return (count, newSum)
  }

  /// The fresh entries of a page on both sides, by id. What differs is looked at again, since its
  /// record may just be changing.
  private func equalEntries(
    _ page: [Record], _ namespace: Namespace, _ space: EmbeddingSpace
  ) async throws -> ([VectorEntry], [VectorEntry]) {
    var ids = page.map(\.id)
    var (left, right): ([VectorEntry], [VectorEntry]) = ([], [])
    for attempt in 1...Self.attempts {
      let current = try await records.get(ids, namespace: namespace)
      let (found, copies) = (
        try await fresh(old, current, space), try await fresh(new, current, space)
      )
      var unequal: [RecordID] = []
      for record in current.sorted(by: { $0.id < $1.id }) {
        guard let entries = found[record.id] else { continue }
        guard let copy = copies[record.id], copy == entries else {
          unequal.append(record.id)
          continue
        }
        left += entries
        right += copy
      }
      if unequal.isEmpty { return (left, right) }
      if attempt == Self.attempts { throw Self.difference(unequal.count) }
      ids = unequal
      try await surroundings.sleep(.milliseconds(20 << attempt))
    }
    return (left, right)
  }

  private func fresh(
    _ side: SideHandle, _ current: [Record], _ space: EmbeddingSpace
  ) async throws -> [RecordID: [VectorEntry]] {
    guard let namespace = current.first?.namespace else { return [:] }
    let byID = current.keyed(by: \.id)
    let entries = try await side.vectors().get(
      current.map(\.id), namespace: namespace, in: space)
    var fresh = entries.filter { byID[$0.id]?.contentHash == $0.contentHash }
      .sorted { $0.part < $1.part }
    // What is written while the memory moves is embedded for each side at its own time.
    for index in fresh.indices { fresh[index].embeddedAt = nil }
    return Dictionary(grouping: fresh, by: \.id)
  }

  private static func difference(_ count: Int) -> LociError {
    LociError(
      .conflict,
      Count.of(count, "vector differs", "vectors differ")
        + " between the two sides; the old side goes on serving.",
      remedy: "Run the same command again. If it happens again, run `loci fsck --repair` first.")
  }

  // MARK: Answers

  private func compareAnswers(_ result: inout MigrationReport.Verification) async throws {
    // A model that is gone must not close the way away from it.
    if old.side.model != new.side.model, (try? await old.installedEmbedder()) == nil { return }
    let queries = try await sampledRecords()
    guard !queries.isEmpty else { return }
    var shares: [Double] = []
    for record in queries {
      let query = Self.query(from: record)
      let left = try await answer(old, query, in: record.namespace)
      let right = try await answer(new, query, in: record.namespace)
      guard !left.isEmpty else { continue }
      shares.append(Self.overlap(left, right))
    }
    guard !shares.isEmpty else { return }
    result.queryCount = shares.count
    result.agreement = shares.reduce(0, +) / Double(shares.count)
    try await requireAgreement(result)
  }

  /// Records spread evenly over all namespaces; their first words are the queries.
  private func sampledRecords() async throws -> [Record] {
    var result: [Record] = []
    let namespaces = try await records.namespaces().sorted()
    let each = max(1, Self.queryCount / max(1, namespaces.count))
    for namespace in namespaces where result.count < Self.queryCount {
      let count = try await records.count(in: namespace, where: Filter())
      let step = max(1, count / each)
      var (seen, taken) = (0, 0)
      try await records.forEachPage(of: namespace, size: Self.pageSize) { page in
        for record in page where record.status == .active {
          if seen % step == 0, taken < each {
            result.append(record)
            taken += 1
          }
          seen += 1
        }
      }
    }
    return Array(result.prefix(Self.queryCount))
  }

  private static func query(from record: Record) -> String {
    record.text.split(whereSeparator: \.isWhitespace).prefix(12).joined(separator: " ")
  }

  private func answer(
    _ side: SideHandle, _ query: String, in namespace: Namespace
  ) async throws -> [VectorMatch] {
    let embedder = try await side.embedder()
    let vector = try await embedder.embed(query, as: .query).vector
    return try await side.vectors().search(
      vector, namespace: namespace, in: embedder.space, limit: Self.depth, where: Filter())
  }

  /// The share of the left ids that the right has, too. An id that only ties with the last one
  /// counts as found.
  private static func overlap(_ left: [VectorMatch], _ right: [VectorMatch]) -> Double {
    let ids = Set(right.map(\.id))
    let last = right.last?.similarity.value ?? 2
    let found = left.count {
      ids.contains($0.id) || (right.count == left.count && abs($0.similarity.value - last) < 1e-5)
    }
    return Double(found) / Double(left.count)
  }

  private func requireAgreement(_ result: MigrationReport.Verification) async throws {
    guard old.side.model == new.side.model else { return }
    let isExact = try await new.vectors().capabilities.isExact
    let needed = isExact ? Self.agreementOfExactSides : Self.agreementOfApproximateSides
    guard result.agreement < needed else { return }
    throw LociError(
      .conflict,
      "Both sides agree on \(Int(result.agreement * 100)) % of the ten best hits of "
        + "\(Count.of(result.queryCount, "query", "queries")); "
        + "\(Int(needed * 100)) % are needed. The old side goes on "
        + "serving.",
      remedy: "Run the same command again, or choose an exact index.")
  }
}

extension SHA256 {
  fileprivate mutating func add(_ entry: VectorEntry) {
    var bytes = Array(entry.attributes.namespace.name.utf8) + [0] + Array(entry.id.text.utf8) + [0]
    bytes += Array("\(entry.part)".utf8) + [0]
    bytes += entry.contentHash.bytes
    for component in entry.vector.components {
      unsafe withUnsafeBytes(of: component.bitPattern.littleEndian) {
        unsafe bytes.append(contentsOf: $0)
      }
    }
    bytes.withSpan { update($0) }
  }
}
