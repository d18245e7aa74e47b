import LociCore

extension RecordStore {
  /// Lends the records of a namespace, page by page, in id order.
  func forEachPage(
    of namespace: Namespace, size: Int, _ body: ([Record]) async throws -> Void
  ) async throws {
    try await forEachPage(in: namespace, where: Filter(statuses: nil), size: size, body)
  }

  /// Lends the records of a namespace that pass a filter, page by page, in id order.
  func forEachPage(
    in namespace: Namespace, where filter: Filter, size: Int = 1000,
    _ body: ([Record]) async throws -> Void
  ) async throws {
    var cursor: RecordID?
    while true {
      let page = try await list(in: namespace, where: filter, after: cursor, limit: size)
      guard let last = page.last else { return }
      try Task.checkCancellation()
      try await body(page)
      cursor = last.id
    }
  }

  /// Lends the audit log after a number, page by page; returns the last number.
  @discardableResult
  func forEachLogPage(
    after start: Int64, size: Int, _ body: ([LoggedChange]) async throws -> Void
  ) async throws -> Int64 {
    var sequence = start
    while true {
      try Task.checkCancellation()
      let page = try await auditLog(after: sequence, limit: size)
      guard let last = page.last else { return sequence }
      try await body(page)
      sequence = last.entry.sequence
    }
  }

  /// Lends all values by key, page by page, in the order of their names.
  func forEachKeyValuePage(
    size: Int, _ body: ([KeyValue]) async throws -> Void
  ) async throws {
    var cursor: KeyName?
    while true {
      let page = try await allKeyValues(after: cursor, limit: size)
      guard let last = page.last else { return }
      try Task.checkCancellation()
      try await body(page)
      cursor = last.name
    }
  }

  /// The records of all namespaces, whatever their status.
  package func totalCount() async throws -> Int {
    var count = 0
    for namespace in try await namespaces() {
      count += try await self.count(in: namespace, where: Filter(statuses: nil))
    }
    return count
  }
}

extension Array {
  /// The array cut into pieces of at most `size` elements, in order.
  func windows(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
