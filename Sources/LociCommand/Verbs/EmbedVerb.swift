import Foundation
import Loci

/// The filter that turns texts into vectors.
enum EmbedVerb {
  static let verb = Verb(
    "embed", "turn JSON lines of texts into JSON lines of vectors",
    details: """
      Reads {"id": ..., "text": ...} a line and writes {"id": ..., "vector": [...]} a line, in the
      same order, while it reads. Ids are strings or numbers and come back as they were.

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
            "\(unreadable) texts hold next to no word that the model knows: vectors of such texts "
              + "are alike.")
        }
        if let failure { throw failure }
        return
      }
      let embeddings = try await embedder.checkedEmbeddings(of: items.map(\.text), as: role)
      var output = ""
      for (item, embedding) in zip(items, embeddings) {
        let vector = JSON.array(embedding.vector.components.map(JSON.float))
        output += JSON.object([(key: "id", value: item.id.json), ("vector", vector)]).line + "\n"
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
        items.append(try reader.decode(line, as: Item.self))
      }
    } catch {
      return (items, error)
    }
    return (items, nil)
  }

  private struct Item: Decodable {
    let id: Identifier
    let text: String
  }

  /// An id as it came: a text, or a number in its own digits.
  private enum Identifier: Decodable {
    case text(String)
    case whole(Int)
    case decimal(Decimal)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let number = try? container.decode(Int.self) {
        self = .whole(number)
      } else {
        self = .decimal(try container.decode(Decimal.self))
      }
    }

    var json: JSON {
      switch self {
      case .text(let text): .string(text)
      case .whole(let number): .integer(number)
      case .decimal(let number): .literal(number.description)
      }
    }
  }
}
