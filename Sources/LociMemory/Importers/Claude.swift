import Foundation
import LociCore
import LociJSON

/// `conversations.json` of a Claude data export: what was said, and the texts that were attached.
enum Claude: ConversationSystem {
  static let needed = "uuid, or no chat_messages"

  static func conversation(_ json: JSON) -> ForeignConversation? {
    guard let id = json["uuid"]?.string, case .array(let messages)? = json["chat_messages"] else {
      return nil
    }
    let name = json["name"]?.string
    return ForeignConversation(
      system: "claude", id: id, title: name.flatMap { Foreign.isBlank($0) ? nil : $0 },
      messages: messages.flatMap(Self.messages))
  }

  private static func messages(_ json: JSON) -> [ForeignMessage] {
    let speaker: String
    switch json["sender"]?.string {
    case "human": speaker = "user"
    case "assistant": speaker = "assistant"
    default: return []
    }
    let time = Foreign.time(json["created_at"])
    var text = json["text"]?.string ?? ""
    if Foreign.isBlank(text) {
      text = (json["content"]?.elements ?? []).filter { $0["type"]?.string == "text" }
        .compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
    let attached = (json["attachments"]?.elements ?? []).compactMap {
      $0["extracted_content"]?.string
    }
    return ([text] + attached).filter { !Foreign.isBlank($0) }.map {
      ForeignMessage(speaker: speaker, text: $0, time: time)
    }
  }
}
