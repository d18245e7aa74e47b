import Foundation
package import Loci

/// How judged data lies on the disk; docs/formats/judged.md describes each.
package enum JudgedLayout: String, Sendable, CaseIterable {
  /// `turns.jsonl`, `sessions.jsonl` and `questions.jsonl`: conversations.
  case locomo
  /// `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`: one collection.
  case beir
  /// One JSON file: a list of questions, each with its own haystack of sessions.
  case longmemeval
  /// `records.jsonl` and `questions.jsonl`, for data of one's own.
  case lines

  /// The layout of a file or folder, by what is there.
  ///
  /// - Throws: ``LociError/Code/notFound`` and ``LociError/Code/invalidArgument``.
  package static func detect(_ path: String) throws(LociError) -> JudgedLayout {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard unsafe files.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw LociError(
        .notFound, "\(Printable.message(path)) does not exist.", remedy: "Check the path.")
    }
    guard isFolder.boolValue else { return .longmemeval }
    func has(_ name: String) -> Bool { files.fileExists(atPath: path + "/" + name) }
    if has("turns.jsonl") { return .locomo }
    if has("corpus.jsonl") { return .beir }
    if has("records.jsonl") { return .lines }
    if try !longMemEvalFiles(in: path).isEmpty { return .longmemeval }
    throw LociError(
      .invalidArgument,
      "\(Printable.message(path)) holds no judged data in a layout that is known.",
      remedy: "There should be turns.jsonl (LoCoMo), corpus.jsonl (BEIR), records.jsonl, or a "
        + ".json file of LongMemEval.")
  }

  /// The one file of LongMemEval that a path names or holds.
  static func longMemEvalFile(_ path: String) throws(LociError) -> String {
    let found = try longMemEvalFiles(in: path)
    guard found.count < 2 else {
      throw LociError(
        .invalidArgument, "\(Printable.message(path)) holds \(found.count) files of LongMemEval.",
        remedy: "Name one of them instead of the folder.")
    }
    return found.first ?? path
  }

  private static func longMemEvalFiles(in path: String) throws(LociError) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".json") && $0.hasPrefix("longmemeval") }.sorted()
      .map { path + "/" + $0 }
  }
}

/// Judged data that is read a collection at a time.
package struct JudgedData {
  /// How it lies there.
  package let layout: JudgedLayout
  /// How many collections there are; nil where that is not known before the end.
  package let collectionCount: Int?
  private let read: () throws -> JudgedCollection?

  /// Opens a file or folder.
  ///
  /// - Parameters:
  ///   - layout: How it lies there; nil finds out.
  ///   - split: Of BEIR, which queries and judgements.
  package init(_ path: String, layout: JudgedLayout? = nil, split: String = "test") throws {
    let layout = try layout ?? JudgedLayout.detect(path)
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    switch layout {
    case .locomo: self.init(layout, try LoCoMo.collections(in: folder))
    case .beir: self.init(layout, [try BEIR.collection(in: folder, split: split)])
    case .lines: self.init(layout, try JudgedLines.collections(in: folder))
    case .longmemeval:
      let reader = try LongMemEval(path: JudgedLayout.longMemEvalFile(path))
      self.init(layout: layout, collectionCount: nil, read: reader.next)
    }
  }

  private init(_ layout: JudgedLayout, _ collections: [JudgedCollection]) {
    var rest = collections[...]
    self.init(layout: layout, collectionCount: collections.count) { rest.popFirst() }
  }

  private init(
    layout: JudgedLayout, collectionCount: Int?, read: @escaping () throws -> JudgedCollection?
  ) {
    (self.layout, self.collectionCount, self.read) = (layout, collectionCount, read)
  }

  /// The next collection; nil at the end.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with a place in the file and none of its text.
  package func next() throws -> JudgedCollection? { try read() }

  /// All that are left.
  package func all() throws -> [JudgedCollection] {
    var collections: [JudgedCollection] = []
    while let collection = try next() { collections.append(collection) }
    return collections
  }
}
