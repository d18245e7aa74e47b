import CSQLite
import LociCore

/// `loci_occurrences(words)`: where the current row of a full-text search holds each phrase of the
/// expression, as 32-bit integers: how many words the row has; for each phrase in the expression's
/// order, how often it is there; then where, phrase by phrase.
///
/// FTS5 has the places at hand while it searches; nothing is read for them but the row's length.
enum OccurrencesFunction {
  static let name = "loci_occurrences"
  /// What places in a column are counted from, so that nothing stands beside a word of another.
  private static let columnStride: Int32 = 1 << 28

  /// Makes FTS5 know it.
  static func add(to api: UnsafeMutablePointer<fts5_api>) -> Int32 {
    guard let create = unsafe api.pointee.xCreateFunction else { return SQLITE_ERROR }
    return unsafe create(
      api, name, nil,
      { api, row, result, _, _ in unsafe OccurrencesFunction.answer(api, row, result) }, nil)
  }

  private static func answer(
    _ api: UnsafePointer<Fts5ExtensionApi>?, _ row: OpaquePointer?, _ answer: OpaquePointer?
  ) {
    guard let api = unsafe api?.pointee, let values = unsafe occurrences(api, row) else {
      return unsafe sqlite3_result_error_code(answer, SQLITE_ERROR)
    }
    unsafe values.withUnsafeBytes {
      // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
      let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      unsafe sqlite3_result_blob64(answer, $0.baseAddress, UInt64($0.count), copies)
    }
  }

  private static func occurrences(
    _ api: Fts5ExtensionApi, _ row: OpaquePointer?
  ) -> [Int32]? {
    var length: Int32 = 0
    guard let size = unsafe api.xColumnSize, unsafe size(row, -1, &length) == SQLITE_OK,
      let phraseCount = unsafe api.xPhraseCount, let first = unsafe api.xPhraseFirst,
      let next = unsafe api.xPhraseNext
    else { return nil }
    let count = unsafe Int(phraseCount(row))
    var values = [Int32](repeating: 0, count: count + 1)
    values[0] = length
    var iterator = unsafe Fts5PhraseIter()
    for phrase in 0..<count {
      var (column, place): (Int32, Int32) = (0, 0)
      let code = unsafe first(row, Int32(phrase), &iterator, &column, &place)
      guard code == SQLITE_OK else { return nil }
      while column >= 0 {
        values.append(column &* columnStride &+ place)
        unsafe next(row, &iterator, &column, &place)
      }
      // Until all are known, where the phrase's places end.
      values[phrase + 1] = Int32(values.count - count - 1)
    }
    for phrase in stride(from: count, to: 1, by: -1) { values[phrase] -= values[phrase - 1] }
    return values
  }
}

/// What ``OccurrencesFunction`` says of a row.
struct Occurrences {
  private var values: [Int32] = []
  /// Where the places of each phrase begin among the values, and where those of the last end.
  private var starts: [Int] = []
  let phraseCount: Int

  init(phraseCount: Int) { self.phraseCount = phraseCount }

  /// How many words the row has.
  var length: Int { Int(values[0]) }

  /// How often it holds a phrase.
  func count(of phrase: Int) -> Int { starts[phrase + 1] - starts[phrase] }

  /// Where it does, in rising order.
  func places(of phrase: Int) -> ArraySlice<Int32> { values[starts[phrase]..<starts[phrase + 1]] }

  /// Takes another row's.
  mutating func read(_ row: Row, _ column: Int) throws {
    values.removeAll(keepingCapacity: true)
    unsafe row.withBlob(column) { bytes in
      unsafe values.append(contentsOf: bytes.bindMemory(to: Int32.self))
    }
    starts.removeAll(keepingCapacity: true)
    var start = phraseCount + 1
    starts.append(start)
    if values.count >= start {
      for count in values[1..<start] {
        start += Int(count)
        starts.append(start)
      }
    }
    guard values.count == start else {
      throw LociError(.corrupt, "The index of words says nothing that can be read.")
    }
  }
}
