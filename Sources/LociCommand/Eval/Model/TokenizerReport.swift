import Foundation
import Loci
import LociJSON

/// Texts with the ids that a reference tokenizer gives them.
package struct TokenizedTexts: Sendable {
  /// One text.
  package struct Row: Sendable {
    /// The text.
    package let text: String
    /// Its ids, with or without special tokens around them.
    package let ids: [Int]

    /// Makes a row.
    package init(text: String, ids: [Int]) {
      self.text = text
      self.ids = ids
    }
  }

  /// The texts, in the file's order.
  package let rows: [Row]

  /// Reads a `.json` file that holds one row or a list of rows, or a file with a row a line. The
  /// ids are called `ids`, `ids_with_special` or `token_ids`.
  package init(path: String) throws {
    guard path.hasSuffix(".json") else {
      rows = try LineReader.forEach(path, as: DecodedRow.self) { row, reader, number in
        guard let ids = row.anyIDs else { throw reader.malformed(number, "it has no \"ids\"") }
        return Row(text: row.text, ids: ids)
      }
      return
    }
    let data = Data(try InputFile(path: path).text().utf8)
    let decoder = JSONDecoder()
    let decoded =
      (try? decoder.decode([DecodedRow].self, from: data))
      ?? (try? [decoder.decode(DecodedRow.self, from: data)]) ?? []
    rows = decoded.compactMap { row in row.anyIDs.map { Row(text: row.text, ids: $0) } }
    guard !rows.isEmpty, rows.count == decoded.count else {
      throw LociError(
        .corrupt, "The file does not hold rows of \"text\" and \"ids\".",
        remedy: "Give a .json file of rows, or a file with one row a line.")
    }
  }

  private struct DecodedRow: Decodable {
    let text: String
    let ids: [Int]?
    let ids_with_special: [Int]?
    let token_ids: [Int]?

    var anyIDs: [Int]? { ids ?? ids_with_special ?? token_ids }
  }
}

/// How far a tokenizer agrees with a reference.
package struct TokenizerReport: Sendable {
  /// A row on which they differ.
  package struct Mismatch: Sendable {
    /// The row, from 1.
    package let row: Int
    /// The place of the first id that differs, from 0.
    package let position: Int
    /// What the reference says.
    package let expected: [Int]
    /// What the tokenizer says.
    package let actual: [Int]
  }

  /// How many rows there are.
  package let rowCount: Int
  /// How many of them agree.
  package private(set) var matchCount = 0
  /// The first row that does not.
  package private(set) var firstMismatch: Mismatch?

  /// Compares. A row may have special tokens around its ids or not.
  ///
  /// - Parameters:
  ///   - bare: A text's ids without special tokens.
  ///   - whole: A text's ids with them.
  package init(
    _ rows: [TokenizedTexts.Row], bare: (String) throws -> [Int], whole: (String) throws -> [Int]
  ) rethrows {
    rowCount = rows.count
    for (index, row) in rows.enumerated() {
      let (bare, whole) = (try bare(row.text), try whole(row.text))
      if row.ids == bare || row.ids == whole {
        matchCount += 1
      } else if firstMismatch == nil {
        let isWhole = !row.ids.isEmpty && row.ids.first == whole.first
        let actual = isWhole ? whole : bare
        let same = zip(row.ids, actual).prefix { $0 == $1 }.count
        firstMismatch = Mismatch(
          row: index + 1, position: same, expected: row.ids, actual: actual)
      }
    }
  }
}
