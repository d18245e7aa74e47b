import LociCore
import LociJSON

/// `memory.jsonl` of MCP's reference server: entities with observations, and relations, a line
/// each. Every observation and every relation becomes a memory.
struct MCPMemory: MemoryFile {
  private static let system = "mcp-memory"

  private let lines: LineReader
  private var waiting: [FoundMemory] = []

  init(path: String) throws {
    lines = LineReader(try InputFile(path: path), maximumBytes: Foreign.maximumBytes)
  }

  mutating func next() throws -> FoundMemory? {
    while waiting.isEmpty {
      guard let line = try lines.next() else { return nil }
      waiting = Self.memories(of: line).reversed()
    }
    return waiting.removeLast()
  }

  private static func memories(of line: Line) -> [FoundMemory] {
    let place = "Line \(line.number)"
    guard let json = try? JSON(reading: Array(line.text.utf8), maximumBytes: .max) else {
      return [Foreign.unusable(place, "it is not valid JSON, or has a key twice")]
    }
    switch json["type"]?.string {
    case "entity":
      guard let name = json["name"]?.string else {
        return [Foreign.unusable(place, "the entity has no name")]
      }
      return observations(of: name, json, at: place)
    case "relation":
      guard let from = json["from"]?.string, let to = json["to"]?.string,
        let relation = json["relationType"]?.string
      else { return [Foreign.unusable(place, "the relation lacks from, to or relationType")] }
      return [
        Foreign.found(at: place) { () throws(LociError) in
          NewMemory(
            "\(from) \(relation) \(to)", id: try Foreign.id(system, "relation", from, relation, to),
            category: .fact,
            metadata: [
              "imported_from": .string(system), "from": .string(from), "to": .string(to),
              "relation": .string(relation),
            ])
        }
      ]
    default: return [Foreign.unusable(place, "it is neither an entity nor a relation")]
    }
  }

  private static func observations(
    of name: String, _ entity: JSON, at place: String
  ) -> [FoundMemory] {
    let type = entity["entityType"]?.string
    let observations = entity["observations"]?.elements ?? []
    // An entity of which nothing was observed is still one of its type.
    let texts = observations.isEmpty ? [JSON.string(type ?? "")] : observations
    return texts.map { observation in
      guard let text = observation.string, !Foreign.isBlank(text) else {
        return Foreign.unusable(place, "an observation is no text, or blank")
      }
      return Foreign.found(at: place) { () throws(LociError) in
        var memory = NewMemory(
          "\(name): \(text)", id: try Foreign.id(system, "entity", name, text), category: .fact,
          metadata: ["imported_from": .string(system), "entity": .string(name)])
        if let type { memory.metadata["entity_type"] = .string(type) }
        return memory
      }
    }
  }
}
