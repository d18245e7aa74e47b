package import Loci
import LociJSON

/// Reads a tab-separated file whose first line names the columns. There is no quoting.
package struct TabSeparated {
  private let reader: LineReader
  private let columns: [String]

  /// Opens a file and reads its header.
  package init(path: String) throws {
    reader = LineReader(try InputFile(path: path))
    columns = try reader.next().map(Self.fields) ?? []
  }

  /// The place of a column.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the header does not name it.
  package func place(of column: String) throws -> Int {
    guard let place = columns.firstIndex(of: column) else {
      throw reader.malformed(1, "the header names no column \"\(column)\"")
    }
    return place
  }

  /// The next row's fields.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number where a row is of another width.
  package func next() throws -> Row? {
    guard let line = try reader.next() else { return nil }
    let fields = Self.fields(line)
    guard fields.count == columns.count else {
      throw reader.malformed(
        line.number, "it has \(Count.of(fields.count, "column")), the header \(columns.count)")
    }
    return Row(number: line.number, fields: fields, reader: reader)
  }

  private static func fields(_ line: Line) -> [String] {
    line.text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  /// One row.
  package struct Row {
    /// Its line's number.
    package let number: Int
    /// Its fields, as many as the header has.
    package let fields: [String]
    fileprivate let reader: LineReader

    /// A field as a whole number; what lies between two is rounded.
    package func integer(at place: Int) throws -> Int {
      guard let value = Int(exactly: try number(at: place).rounded()) else {
        throw reader.malformed(number, "column \(place + 1) is too large")
      }
      return value
    }

    /// A field as a record's id.
    package func recordID(at place: Int) throws -> RecordID {
      do {
        return try RecordID(fields[place])
      } catch {
        throw reader.malformed(number, "column \(place + 1) can't be an id: \(error.message)")
      }
    }

    /// A field as a number.
    package func number(at place: Int) throws -> Double {
      guard let value = Numeral.number(fields[place]) else {
        throw reader.malformed(number, "column \(place + 1) is no number")
      }
      return value
    }
  }
}
