import Foundation
import LociCore
import LociIngest

/// A folder of basic-memory's notes, or one of them: Markdown with front matter, where
/// `- [category] text #tag (context)` is an observation, and `- relation [[Note]]` a relation.
///
/// Each of these becomes a memory, and so does the rest of a note.
struct BasicMemory: MemoryFile {
  private static let system = "basic-memory"

  private let folder: FolderWalk.Findings?
  private var files: [FolderWalk.File]
  private var single: TextFile?
  private var waiting: [FoundMemory] = []

  init(path: String) throws {
    let url = URL(filePath: path)
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      (folder, files, single) = (nil, [], try TextFile(url, as: .markdown))
      return
    }
    let findings = try FolderWalk(url).findings()
    folder = findings
    files = findings.files.filter { $0.format == .markdown }.reversed()
  }

  mutating func next() throws -> FoundMemory? {
    while waiting.isEmpty {
      if let file = single {
        single = nil
        waiting = Self.memories(of: file).reversed()
      } else if let file = files.popLast(), let folder {
        do {
          waiting = Self.memories(of: try folder.text(of: file)).reversed()
        } catch {
          return .unusable(error)
        }
      } else {
        return nil
      }
    }
    return waiting.removeLast()
  }

  private static func memories(of file: TextFile) -> [FoundMemory] {
    let note = Note(file.text)
    let name = note.title ?? URL(filePath: file.uri).deletingPathExtension().lastPathComponent
    var metadata = note.metadata
    metadata["imported_from"] = .string(system)
    metadata["note"] = .string(name)
    let key: String = if case .string(let link)? = metadata["permalink"] { link } else { file.uri }
    var (found, rest) = ([FoundMemory](), [String]())
    for (index, line) in note.lines.enumerated() {
      let number = note.firstLine + index
      let place = "Line \(number) of \(file.uri)"
      let source = Record.Source(uri: file.uri, heading: name, lines: number...number)
      if let observation = Observation(line) {
        found.append(
          Foreign.found(at: place) { () throws(LociError) in
            var memory = NewMemory(
              observation.text, id: try Foreign.id(system, key, "observation", line),
              metadata: metadata, source: source)
            memory.metadata["observation"] = .string(observation.category)
            if !observation.tags.isEmpty {
              memory.metadata["tags"] = .list(observation.tags.map(MetadataValue.string))
            }
            return memory
          })
      } else if let relation = Relation(line) {
        found.append(
          Foreign.found(at: place) { () throws(LociError) in
            var memory = NewMemory(
              "\(name) \(relation.name) \(relation.target)",
              id: try Foreign.id(system, key, "relation", relation.name, relation.target),
              category: .fact, metadata: metadata, source: source)
            memory.metadata["relation"] = .string(relation.name)
            memory.metadata["to"] = .string(relation.target)
            return memory
          })
      } else {
        rest.append(line)
      }
    }
    let text = rest.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    if rest.contains(where: { !Foreign.isBlank($0) && !$0.hasPrefix("#") }) {
      let source = Record.Source(uri: file.uri, heading: name)
      found.insert(
        Foreign.found(at: file.uri) { () throws(LociError) in
          NewMemory(
            text, id: try Foreign.id(system, key, "note"), metadata: metadata, source: source)
        }, at: 0)
    }
    return found
  }

  /// `- [category] text #tag (context)`; a task and a link are none.
  private struct Observation {
    let category: String
    let text: String
    let tags: [String]

    init?(_ line: String) {
      guard let match = line.wholeMatch(of: #/\s*[-*]\s+\[([^\[\]]{1,64})\]\s+(\S.*)/#) else {
        return nil
      }
      category = match.1.trimmingCharacters(in: .whitespaces)
      guard !["", "x", "X", "-"].contains(category) else { return nil }
      text = match.2.trimmingCharacters(in: .whitespaces)
      tags = WikiMarks(of: text).tags
    }
  }

  /// `- relation [[Note]] (context)`.
  private struct Relation {
    let name: String
    let target: String

    init?(_ line: String) {
      guard
        let match = line.wholeMatch(
          of: #/\s*[-*]\s+([^\[\]]{0,64})\[\[([^\[\]]{1,256})\]\]\s*(\(.*\))?\s*/#)
      else { return nil }
      let words = match.1.trimmingCharacters(in: .whitespaces)
      name = words.isEmpty ? "relates_to" : words
      target = String(match.2)
    }
  }
}
