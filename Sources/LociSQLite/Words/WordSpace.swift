import LociCore
import LociSQL

/// A namespace's part of the index of words, and its totals, which are kept in the transactions
/// that write records.
///
/// The rows of a namespace stand together in the index, and in each part those that count before
/// the others (see ``WordStatistics/counted``): so what neighbours hold is not even read, and how
/// many records hold a word is the length of a stretch.
struct WordSpace {
  /// Its place in the index.
  let number: Int64
  /// How many records count, and how many words they have together.
  let recordCount: Int
  let totalLength: Int

  private static let (othersBit, spaceShift) = (Int64(1) << 40, Int64(41))
  private static let maximumNumber = (Int64(1) << 22) - 1

  /// The rows of the records that count.
  var counted: ClosedRange<Int64> {
    (number << Self.spaceShift)...((number << Self.spaceShift) | (Self.othersBit - 1))
  }

  /// The rows of all records.
  var all: ClosedRange<Int64> {
    (number << Self.spaceShift)...(((number + 1) << Self.spaceShift) - 1)
  }

  /// The row of the record with a number.
  func row(_ record: Int64, counts: Bool) -> Int64 {
    (number << Self.spaceShift) | (counts ? 0 : Self.othersBit) | record
  }

  /// The number of a row's record.
  static func record(_ row: Int64) -> Int64 { row & (othersBit - 1) }

  /// That of a namespace; nil where nothing was ever written to it.
  static func find(_ namespace: Namespace, _ connection: Connection) throws -> WordSpace? {
    try connection.first(
      "SELECT number, records, length FROM word_space WHERE namespace = ?",
      [.text(namespace.name)]
    ) {
      guard (1..<maximumNumber).contains($0.integer(0)) else {
        throw LociError(
          .corrupt, "The store's index of words has a namespace with a number that can't be.",
          remedy: "Restore the store from a backup, or ingest your documents into a new one.")
      }
      return WordSpace(
        number: $0.integer(0), recordCount: max(0, Int($0.integer(1))),
        totalLength: max(0, Int($0.integer(2))))
    }
  }

  /// That of a namespace, made where there is none.
  static func make(_ namespace: Namespace, _ connection: Connection) throws -> WordSpace {
    if let found = try find(namespace, connection) { return found }
    try connection.execute(
      "INSERT INTO word_space (namespace, records, length) VALUES (?, 0, 0)",
      [.text(namespace.name)])
    let made = WordSpace(number: connection.lastInsertedRow, recordCount: 0, totalLength: 0)
    guard made.number < maximumNumber else {
      throw LociError(.unsupported, "A store holds at most \(maximumNumber) namespaces.")
    }
    return made
  }

  /// Adds records that count, or takes them away, with so many words.
  func add(_ count: Int, length: Int, _ connection: Connection) throws {
    try connection.execute(
      "UPDATE word_space SET records = records + ?, length = length + ? WHERE number = ?",
      [.integer(Int64(count)), .integer(Int64(length)), .integer(number)])
  }
}
