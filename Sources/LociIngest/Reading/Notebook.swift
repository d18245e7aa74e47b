import Foundation
import LociCore

/// The cells of a Jupyter notebook (nbformat 3 and 4), in order: Markdown with its headings, code,
/// and raw text. What running them gave is left out.
struct Notebook {
  /// The cells' texts, with a line of the file for each of their lines.
  let text: DocumentText
  let blocks: ReadBlocks

  private struct File: Decodable {
    struct Sheet: Decodable { let cells: [Cell] }
    let cells: [Cell]?
    let worksheets: [Sheet]?
  }

  private struct Cell: Decodable {
    let kind: String
    /// The parts that the text is stored in: lines, as a rule.
    let parts: [String]
    let level: Int?

    private enum Key: String, CodingKey {
      case kind = "cell_type"
      case source, input, level
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      kind = try container.decode(String.self, forKey: .kind)
      level = try container.decodeIfPresent(Int.self, forKey: .level)
      let key = container.contains(.source) ? Key.source : .input
      if let parts = try? container.decode([String].self, forKey: key) {
        self.parts = parts
      } else {
        parts = [try container.decode(String.self, forKey: key)]
      }
    }
  }

  /// Reads a notebook.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the text is no notebook.
  init(_ json: String) throws(LociError) {
    let bytes = Array(json.utf8)
    let cells: [Cell]
    do {
      let file = try JSONDecoder().decode(File.self, from: Data(bytes))
      guard let found = file.cells ?? file.worksheets?.flatMap(\.cells) else { throw Missing() }
      cells = found
    } catch {
      throw LociError(
        .corrupt, "The text is no Jupyter notebook: there are no cells in it that can be read.",
        remedy: "Save it with Jupyter again, or ingest it as text.")
    }
    let places = NotebookLines.places(in: bytes)
    var writer = CellWriter()
    for (index, cell) in cells.enumerated() {
      writer.add(
        DataURI.withoutData(Array(cell.parts.joined().utf8)), as: cell.kind, level: cell.level,
        at: places.count == cells.count ? places[index] : [])
    }
    text = DocumentText(
      writer.bytes, sourceLines: places.count == cells.count ? writer.sourceLines : nil)
    blocks = ReadBlocks(writer.blocks)
  }

  private struct Missing: Error {}
}

/// Writes cells below each other.
private struct CellWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var sourceLines: [Int] = []
  private(set) var blocks: [Block] = []

  /// - Parameter places: The file's lines that the parts of the text begin in.
  mutating func add(_ cell: [UInt8], as kind: String, level: Int?, at places: [Int]) {
    let text = DocumentText(cell)
    let whole = text.trimmed(0..<cell.count, start: false)
    guard !whole.isEmpty else { return }
    if !bytes.isEmpty {
      bytes += Array("\n\n".utf8)
      sourceLines.append(places.first ?? 1)
    }
    let place = (offset: bytes.count, line: sourceLines.count)
    let lineCount = text.lineEnds(in: whole) + 1
    for line in 0..<lineCount {
      // Jupyter stores a part for each line; other programs store one for all.
      sourceLines.append(places.count >= lineCount ? places[line] : places.first ?? 1)
    }
    bytes += cell[whole]
    var found: [Block] = []
    switch kind {
    case "markdown":
      var reader = MarkdownBlocks(DocumentText(Array(cell[whole])))
      while let block = reader.next() { found.append(block) }
    case "heading":
      let title = TextLine.title(text.string(text.trimmed(whole, start: true)))
      let level = min(max(level ?? 1, 1), 6)
      found = [Block(kind: .heading(level: level, title: title), range: whole, line: 1)]
    case "code": found = [Block(kind: .code, range: whole, line: 1)]
    default: found = [Block(kind: .prose, range: whole, line: 1)]
    }
    blocks += found.map { $0.moved(by: place.offset, lines: place.line) }
  }
}

/// Where the texts of cells stand in a notebook's file.
private enum NotebookLines {
  /// The lines, from 1, that the parts of each cell's text begin in, in the order of the cells.
  static func places(in bytes: [UInt8]) -> [[Int]] {
    var found: [[Int]] = []
    var (depth, line, index) = (0, 1, 0)
    var key: ArraySlice<UInt8>?
    /// The depth of the list that the parts of a text are read from.
    var list: Int?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        if byte == UInt8(ascii: "["), isText(key, depth: depth - 1) {
          found.append([])
          list = depth
        }
        key = nil
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == list { list = nil }
        depth -= 1
      case UInt8(ascii: "\""):
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let string = bytes[start..<min(index, bytes.count)]
        index += 1
        if depth == list {
          found[found.count - 1].append(line)
        } else if isText(key, depth: depth) {
          found.append([line])
          key = nil
        } else {
          key = string
        }
      case UInt8(ascii: ","): if depth != list { key = nil }
      default: break
      }
    }
    return found
  }

  /// Whether the value of a key is a cell's text: cells are objects in a list of the notebook, or
  /// of a sheet in a list of it.
  private static func isText(_ key: ArraySlice<UInt8>?, depth: Int) -> Bool {
    guard let key, depth == 3 || depth == 5 else { return false }
    return key.elementsEqual("source".utf8) || key.elementsEqual("input".utf8)
  }
}

extension Block {
  /// The block in a text that stands in another one.
  fileprivate func moved(by offset: Int, lines: Int) -> Block {
    func moved(_ range: Range<Int>) -> Range<Int> {
      (range.lowerBound + offset)..<(range.upperBound + offset)
    }
    let kind: Kind = if case .table(let head) = kind { .table(head: moved(head)) } else { kind }
    return Block(
      kind: kind, range: moved(range), line: line + lines,
      children: children.map { $0.moved(by: offset, lines: lines) })
  }
}
