import LociCore

/// A record and its words.
struct StoredRecord {
  let record: Record
  let words: RecordWords

  /// Takes the words of the record before where text and heading are the same.
  init(_ record: Record, after old: StoredRecord?) {
    self.record = record
    if let old, old.record.hasSameWords(as: record) {
      words = old.words
    } else {
      words = RecordWords(record)
    }
  }
}
