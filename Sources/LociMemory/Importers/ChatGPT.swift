import Foundation
import LociCore
import LociJSON

/// `conversations.json` of a ChatGPT data export: what was said on the branch that each
/// conversation ended in, by the user and the assistant.
enum ChatGPT: ConversationSystem {
  static let needed = "id, or no mapping"

  static func conversation(_ json: JSON) -> ForeignConversation? {
    guard let mapping = json["mapping"], case .object(let nodes) = mapping,
      let id = (json["conversation_id"] ?? json["id"])?.string
    else { return nil }
    return ForeignConversation(
      system: "chatgpt", id: id, title: json["title"]?.string,
      messages: branch(nodes, endingIn: json["current_node"]?.string).compactMap(message))
  }

  /// The messages from the first to the last; without a last one, all by time.
  private static func branch(
    _ nodes: [(key: String, value: JSON)], endingIn last: String?
  ) -> [JSON] {
    let byID = Dictionary(nodes.map { ($0.key, $0.value) }) { first, _ in first }
    guard let last, byID[last] != nil else {
      return nodes.compactMap { $0.value["message"] }.map {
        (message: $0, time: $0["create_time"]?.double ?? .infinity)
      }.sorted { $0.time < $1.time }.map(\.message)
    }
    var (messages, place, seen) = ([JSON](), Optional(last), Set<String>())
    while let id = place, let node = byID[id], seen.insert(id).inserted {
      if let message = node["message"] { messages.append(message) }
      place = node["parent"]?.string
    }
    return messages.reversed()
  }

  private static func message(_ json: JSON) -> ForeignMessage? {
    guard let role = json["author"]?["role"]?.string, ["user", "assistant"].contains(role),
      let type = json["content"]?["content_type"]?.string,
      ["text", "multimodal_text"].contains(type)
    else { return nil }
    if case .bool(true)? = json["metadata"]?["is_visually_hidden_from_conversation"] { return nil }
    let parts = json["content"]?["parts"]?.elements.compactMap { part in
      part.string ?? part["text"]?.string
    }
    let text = (parts ?? []).joined(separator: "\n")
    guard !Foreign.isBlank(text) else { return nil }
    return ForeignMessage(speaker: role, text: text, time: Foreign.time(json["create_time"]))
  }
}
