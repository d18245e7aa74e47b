/// What a simulated store is asked to do, as fault rules and statistics name it.
public enum SimulatedOperation: String, Hashable, Sendable, CaseIterable {
  /// `RecordStore.apply`
  case applyRecords = "records.apply"
  /// `RecordStore.get`
  case getRecords = "records.get"
  /// `RecordStore.list`
  case listRecords = "records.list"
  /// `RecordStore.count`
  case countRecords = "records.count"
  /// `RecordStore.namespaces` and `RecordStore.sourceURIs`
  case surveyRecords = "records.survey"
  /// `RecordStore.search`
  case searchRecords = "records.search"
  /// `RecordStore.recordAccess`
  case recordAccess = "records.access"
  /// `RecordStore.audit` and `RecordStore.auditLog`
  case readAudit = "records.audit"
  /// `RecordStore.note`
  case readNote = "records.note"
  /// `RecordStore.setNote`
  case setNote = "records.setNote"
  /// `RecordStore.keyValue`, `RecordStore.keyValues` and `RecordStore.allKeyValues`
  case readKeyValues = "records.keyValues"
  /// `RecordStore.setKeyValue`
  case setKeyValue = "records.setKeyValue"
  /// `RecordStore.takeOver`
  case takeOverRecords = "records.takeOver"
  /// `VectorStore.ensure`
  case ensureSpace = "vectors.ensure"
  /// `VectorStore.spaces` and `VectorStore.namespaces`
  case surveyVectors = "vectors.survey"
  /// `VectorStore.upsert`
  case upsertVectors = "vectors.upsert"
  /// `VectorStore.delete`
  case deleteVectors = "vectors.delete"
  /// `VectorStore.get` and `VectorStore.contentHashes`
  case getVectors = "vectors.get"
  /// `VectorStore.search`
  case searchVectors = "vectors.search"
  /// `VectorStore.count`
  case countVectors = "vectors.count"
  /// `VectorStore.scan`
  case scanVectors = "vectors.scan"
  /// `VectorStore.rebuildIndex` and `VectorStore.compact`
  case tendVectors = "vectors.tend"

  /// Whether it changes what is stored.
  public var isWrite: Bool { Self.writes.contains(self) }

  /// Whether a part of it may be done: a vector store writes its batches row by row where it has no
  /// transactions, a record store always has them.
  var canBeTorn: Bool { self == .upsertVectors || self == .deleteVectors }

  private static let writes: Set<SimulatedOperation> = [
    .applyRecords, .recordAccess, .setNote, .setKeyValue, .takeOverRecords, .ensureSpace,
    .upsertVectors, .deleteVectors,
  ]
}
