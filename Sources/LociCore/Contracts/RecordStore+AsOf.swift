package import Foundation

extension RecordStore {
  /// Records with the texts that were known at a time: where a text was replaced later, the earlier
  /// one. Everything else of a record is as it is now.
  ///
  /// - Parameter time: Nil for now.
  package func texts(
    of records: [Record], in namespace: Namespace, knownAt time: Date?
  ) async throws -> [Record] {
    guard let time = time?.wholeMilliseconds, !records.isEmpty else { return records }
    let later = try await versions(of: records.map(\.id), in: namespace)
      .filter { time < $0.knownUntil }
    // Oldest first: the first one that was not replaced by then.
    let known = Dictionary(later.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
    return records.map { record in
      var record = record
      if let text = known[record.id] { record.text = text }
      return record
    }
  }
}
