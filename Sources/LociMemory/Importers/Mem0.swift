import LociCore
import LociJSON

/// What mem0 answers when it is asked for everything: a list of memories, or an object with one
/// under `results`, and with relations where it keeps a graph.
struct Mem0: MemoryFile {
  private static let system = "mem0"
  private static let places = ["user_id", "agent_id", "run_id", "app_id", "actor_id", "role"]

  private var waiting: [FoundMemory] = []
  private let list: JSONArrayReader?

  init(path: String) throws {
    let file = try InputFile(path: path)
    let start = try file.read(upTo: 4096).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if start == UInt8(ascii: "[") {
      list = try JSONArrayReader(path: path, maximumBytes: Foreign.maximumBytes)
      return
    }
    list = nil
    let json = try JSON(
      reading: try InputFile(path: path).bytes(upTo: Foreign.maximumBytes), named: "The file",
      remedy: "Give the JSON of mem0's get_all or export.", maximumBytes: Foreign.maximumBytes)
    let results = (json["results"] ?? json["memories"])?.elements
    guard let results else {
      throw LociError(
        .corrupt, "The file has neither a list nor \"results\".",
        remedy: "Give the JSON of mem0's get_all or export.")
    }
    let memories = results.enumerated().map { Self.memory($1, "Result \($0 + 1)") }
    let relations = (json["relations"]?.elements ?? []).enumerated().map {
      Self.relation($1, "Relation \($0 + 1)")
    }
    waiting = (memories + relations).reversed()
  }

  mutating func next() throws -> FoundMemory? {
    guard let list else { return waiting.popLast() }
    return try list.nextValue().map { Self.memory($0.value, "The element in line \($0.line)") }
  }

  private static func memory(_ json: JSON, _ place: String) -> FoundMemory {
    guard let text = (json["memory"] ?? json["text"] ?? json["data"])?.string else {
      return Foreign.unusable(place, "it has no \"memory\"")
    }
    let user = json["user_id"]?.string ?? ""
    let name = json["id"]?.string ?? json["hash"]?.string ?? text
    return Foreign.found(at: place) { () throws(LociError) in
      var memory = NewMemory(
        text, id: try Foreign.id(system, user, name), metadata: Foreign.metadata(json["metadata"]))
      memory.metadata["imported_from"] = .string(system)
      for key in places {
        if let value = json[key]?.string { memory.metadata[key] = .string(value) }
      }
      let categories = Foreign.metadata(["categories": json["categories"] ?? nil])
      memory.metadata.merge(categories) { $1 }
      memory.createdAt = Foreign.time(json["created_at"])
      return memory
    }
  }

  private static func relation(_ json: JSON, _ place: String) -> FoundMemory {
    guard let from = json["source"]?.string, let relation = json["relationship"]?.string,
      let to = (json["target"] ?? json["destination"])?.string
    else { return Foreign.unusable(place, "it lacks source, relationship or target") }
    return Foreign.found(at: place) { () throws(LociError) in
      NewMemory(
        "\(from) \(relation) \(to)", id: try Foreign.id(system, "relation", from, relation, to),
        category: .fact, metadata: ["imported_from": .string(system)])
    }
  }
}
