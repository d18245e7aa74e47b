import Synchronization

/// A record whose row in the store is not what was written: its text has another hash than the one
/// beside it, or a field holds what no field can hold.
///
/// Reads leave it out and remember it; see ``RecordStore/damagedRecords()``.
public struct DamagedRecord: Hashable, Sendable, Comparable {
  /// The name of its namespace, as the row has it.
  public let namespace: String
  /// Its id, as the row has it.
  public let id: String

  /// Names a damaged record.
  public init(namespace: String, id: String) {
    self.namespace = namespace
    self.id = id
  }

  /// Orders by UTF-8 bytes, namespaces first.
  public static func < (left: DamagedRecord, right: DamagedRecord) -> Bool {
    let (first, second) = (Array(left.namespace.utf8), Array(right.namespace.utf8))
    return first == second
      ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
      : first.lexicographicallyPrecedes(second)
  }
}

/// The damaged records that the reads of a store have met.
package final class DamageLog: Sendable {
  /// Of a store that is damaged all over, so many are named.
  private static let capacity = 1000

  private let found = Mutex<Set<DamagedRecord>>([])

  package init() {}

  /// What was met so far, sorted.
  package var records: [DamagedRecord] { found.withLock { $0 }.sorted() }

  /// What a row holds; nil where it is damaged, which is noted.
  ///
  /// - Parameters:
  ///   - name: The row's name as it is.
  ///   - decode: Reads the row, or throws ``LociError/Code/corrupt``.
  package func whole(
    _ name: @autoclosure () -> DamagedRecord, _ decode: () throws -> Record
  ) -> Record? {
    if let record = try? decode() { return record }
    let damaged = name()
    found.withLock { if $0.count < Self.capacity { $0.insert(damaged) } }
    return nil
  }

  /// Forgets records that were replaced or erased.
  package func forget(_ ids: [RecordID], in namespace: Namespace) {
    found.withLock { found in
      for id in ids { found.remove(DamagedRecord(namespace: namespace.name, id: id.text)) }
    }
  }
}

extension LociError {
  /// A record that can be replaced or erased, and nothing else.
  package static func damaged(_ id: RecordID) -> LociError {
    LociError(
      .corrupt, "The record is damaged: it is not what was written, so it can't be changed.",
      remedy: "Forget it, remember it anew under its id, or ingest its file again.",
      detail: id.text)
  }
}

extension Record {
  /// Throws ``LociError/Code/corrupt`` where the text has another hash than the one that was stored
  /// with it.
  package func requireHash(_ stored: [UInt8]) throws(LociError) {
    guard contentHash.bytes == stored else {
      throw LociError(.corrupt, "A record's text is not the one that its hash was made from.")
    }
  }
}
