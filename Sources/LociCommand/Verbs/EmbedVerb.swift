import Loci
import LociJSON
import LociWire

/// The filter that turns texts into vectors.
enum EmbedVerb {
  static let verb = Verb(
    "embed", "turn JSON lines of texts into JSON lines of vectors",
    details: """
      Reads {"id": ..., "text": ...} a line and writes {"id": ..., "vector": [...]} a line, in the
      same order, while it reads. Ids are strings or numbers and come back byte for byte.

        loci embed < texts.jsonl > vectors.jsonl
      """,
    flags: [
      .choice(
        "role", EmbeddingRole.allCases.map(\.rawValue),
        "What the texts are for: to be found (passage, the default) or to search with (query).")
    ],
    action: embed)

  // Enough texts to fill batches of like length; few enough that output keeps flowing.
  private static let windowSize = 256

  private static func embed(_ session: Session) async throws {
    let role = session.arguments.value("role").flatMap(EmbeddingRole.init) ?? .passage
    let reader = LineReader(.standard)
    let embedder = try await session.embedder()
    let progress = Progress(session.console)
    defer { progress.end() }
    var (count, unreadable) = (0, 0)
    while true {
      let (items, failure) = try readWindow(reader)
      guard !items.isEmpty else {
        progress.end()
        if unreadable > 0 {
          session.console.note(
            Count.of(unreadable, "text holds", "texts hold")
              + " next to no word that the model knows: vectors of such texts are alike.")
        }
        if let failure { throw failure }
        return
      }
      let embeddings = try await embedder.checkedEmbeddings(of: items.map(\.text), as: role)
      var output = ""
      for (item, embedding) in zip(items, embeddings) {
        output += EmbedAnswer(id: item.id, vector: embedding.vector).json.line + "\n"
      }
      try session.console.write(output)
      count += items.count
      unreadable += try items.count { try !embedder.canRead($0.text) }
      progress.show("Embedded", count, of: nil)
      if let failure { throw failure }
    }
  }

  // What stands before a bad line is answered before the error is.
  private static func readWindow(_ reader: LineReader) throws -> ([Item], (any Error)?) {
    var items: [Item] = []
    do {
      for line in try reader.nextWindow(limit: windowSize) {
        items.append(try Item(line, of: reader))
      }
    } catch {
      return (items, error)
    }
    return (items, nil)
  }

  private struct Item {
    /// The id as it is written: a string with its quotes and escapes, or a number's digits.
    let id: String
    let text: String

    init(_ line: Line, of reader: LineReader) throws {
      let members = try Members(line, of: reader)
      func required(_ name: String) throws -> Members.Written {
        guard let member = members.found[name] else {
          throw reader.malformed(line.number, "it has no \"\(name)\"")
        }
        return member
      }
      let (id, text) = (try required("id"), try required("text"))
      switch id.value {
      case .string, .integer, .literal: self.id = String(decoding: id.bytes, as: UTF8.self)
      default: throw reader.malformed(line.number, "\"id\" is neither a string nor a number")
      }
      guard case .string(let string) = text.value else {
        throw reader.malformed(line.number, "\"text\" is not a string")
      }
      self.text = string
    }
  }

  /// The members of a line's object that count here.
  private struct Members {
    typealias Written = (value: JSON, bytes: ArraySlice<UInt8>)
    let found: [String: Written]

    init(_ line: Line, of reader: LineReader) throws {
      var found: [String: Written] = [:]
      var twice: String?
      do {
        // The line reader has seen to the size.
        var json = try JSONReader(Array(line.text.utf8), maximumBytes: .max)
        try json.readObject { (json, key) throws(LociError) in
          let written = try json.readWritten()
          guard key == "id" || key == "text" else { return }
          if found.updateValue(written, forKey: key) != nil { twice = key }
        }
        try json.expectEnd()
      } catch {
        throw reader.malformed(line.number, "it is no valid JSON object")
      }
      if let twice { throw reader.malformed(line.number, "it has \"\(twice)\" twice") }
      self.found = found
    }
  }
}
