import LociCore

/// What lies on a simulated disk: stores of records and of vectors, by name.
struct DiskContents {
  var records: [String: StoredRecords] = [:]
  var vectors: [String: StoredVectors] = [:]
}

/// The name of a record, and so of its vectors.
struct RecordName: Hashable {
  let namespace: Namespace
  let id: RecordID
}
