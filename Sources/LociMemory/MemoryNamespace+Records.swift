public import LociCore

extension MemoryNamespace {
  /// Every record that passes a filter, read page by page as it is asked for. What is changed
  /// meanwhile is given as it is by then.
  ///
  /// ```swift
  /// for try await record in ada.records(orderedBy: .newestFirst) { print(record.text) }
  /// ```
  /// - Parameters:
  ///   - filter: Which records; by default the active ones.
  ///   - order: By which attribute, and which way; nil is by id.
  public func records(
    where filter: Filter = Filter(), orderedBy order: RecordOrder? = nil
  ) -> Records {
    Records(namespace: self, filter: filter, order: order)
  }

  /// Records that are read as they are asked for; see
  /// ``MemoryNamespace/records(where:orderedBy:)``.
  public struct Records: AsyncSequence, Sendable {
    fileprivate let namespace: MemoryNamespace
    fileprivate let filter: Filter
    fileprivate let order: RecordOrder?

    private static let pageSize = 200

    /// Reads them from the first on.
    public func makeAsyncIterator() -> Iterator { Iterator(records: self) }

    fileprivate func page(after last: Record?) async throws -> [Record] {
      guard let order else {
        return try await namespace.list(where: filter, after: last?.id, limit: Self.pageSize)
      }
      return try await namespace.list(
        where: filter, orderedBy: order, after: last.map { RecordCursor(after: $0, in: order) },
        limit: Self.pageSize)
    }

    /// Reads a page whenever the one before is used up.
    public struct Iterator: AsyncIteratorProtocol {
      fileprivate let records: Records
      private var page: ArraySlice<Record> = []
      private var last: Record?
      private var isAtEnd = false

      fileprivate init(records: Records) { self.records = records }

      /// The next record, or nil at the end.
      public mutating func next() async throws -> Record? {
        if page.isEmpty, !isAtEnd {
          page = try await records.page(after: last)[...]
          last = page.last ?? last
          isAtEnd = page.isEmpty
        }
        return page.popFirst()
      }
    }
  }
}
