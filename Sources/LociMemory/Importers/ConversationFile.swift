import LociJSON

/// A system whose export is a list of conversations.
protocol ConversationSystem {
  /// What an element must have, as the end of "it has no …".
  static var needed: String { get }
  /// Reads an element; nil where something needed is missing.
  static func conversation(_ json: JSON) -> ForeignConversation?
}

/// A JSON array of conversations, each message a memory.
struct ConversationFile<System: ConversationSystem>: MemoryFile {
  private let list: JSONArrayReader
  /// The messages of a conversation that are still to come, the next one last.
  private var waiting: [FoundMemory] = []

  init(path: String) throws {
    list = try JSONArrayReader(path: path, maximumBytes: Foreign.maximumBytes)
  }

  mutating func next() throws -> FoundMemory? {
    while waiting.isEmpty {
      guard let (json, line) = try list.nextValue() else { return nil }
      let place = "The conversation in line \(line)"
      guard let conversation = System.conversation(json) else {
        return Foreign.unusable(place, "it has no \(System.needed)")
      }
      waiting = conversation.memories(at: place).reversed()
    }
    return waiting.removeLast()
  }
}
