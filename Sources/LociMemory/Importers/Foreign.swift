import Foundation
import LociCore
import LociJSON

/// What the files of other systems have in common.
enum Foreign {
  /// The most bytes of an element that is read at once, and of a file that can only be read whole.
  static let maximumBytes = 256 << 20
  /// The most keys of metadata that are taken.
  private static let maximumKeys = 64

  /// The id of something that another system calls by these names: the same whenever it comes, so
  /// that nothing is taken in twice.
  static func id(_ names: String...) throws(LociError) -> RecordID {
    try RecordID(
      (names.first ?? "") + "-"
        + Hexadecimal.text(SHA256.digest(fields: Array(names.dropFirst())).prefix(16)))
  }

  /// A time in ISO 8601, or in seconds since 1970.
  static func time(_ json: JSON?) -> Date? {
    if let seconds = json?.double, abs(seconds) < 1e11 {
      return Date(timeIntervalSince1970: seconds)
    }
    guard let text = json?.string else { return nil }
    return [true, false].lazy.compactMap { hasFraction in
      try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }.first
  }

  /// The plain values of an object: texts, numbers, truths, and lists of these.
  static func metadata(_ json: JSON?) -> Metadata {
    var metadata: Metadata = [:]
    for (key, value) in json?.members.prefix(maximumKeys) ?? [] {
      if let value = self.value(value) { metadata[key] = value }
    }
    return metadata
  }

  private static func value(_ json: JSON) -> MetadataValue? {
    switch json {
    case .string(let text): return .string(text)
    case .bool(let value): return .bool(value)
    case .array(let values):
      let elements = values.compactMap { element -> MetadataValue? in
        if case .array = element { nil } else { value(element) }
      }
      return elements.count == values.count ? .list(elements) : nil
    default: return json.double.map(MetadataValue.number)
    }
  }

  /// Something to remember, or why it can't be.
  ///
  /// - Parameters:
  ///   - place: Where it stands, as the start of a sentence.
  ///   - make: Makes it; nothing of what it throws may show a text.
  static func found(at place: String, _ make: () throws(LociError) -> NewMemory) -> FoundMemory {
    do throws(LociError) {
      let memory = try make()
      try memory.validate()
      return .memory(memory)
    } catch {
      return .unusable(LociError(error.code, "\(place): \(error.message)", remedy: error.remedy))
    }
  }

  static func unusable(_ place: String, _ reason: String) -> FoundMemory {
    .unusable(LociError(.corrupt, "\(place) can't be used: \(reason)."))
  }

  static func isBlank(_ text: String) -> Bool {
    !text.unicodeScalars.contains { !$0.properties.isWhitespace }
  }
}

/// A line of text, for messages and names of one speaker.
struct ForeignMessage {
  let speaker: String
  let text: String
  let time: Date?
}

/// A conversation of another system, as memories: each message a part of the whole.
struct ForeignConversation {
  let system: String
  let id: String
  let title: String?
  let messages: [ForeignMessage]

  /// Its messages, in order.
  func memories(at place: String) -> [FoundMemory] {
    messages.enumerated().map { position, message in
      Foreign.found(at: "\(place), message \(position + 1)") { () throws(LociError) in
        var memory = NewMemory(
          message.text, id: try Foreign.id(system, id, "\(position)", message.text),
          metadata: ["imported_from": .string(system)], author: message.speaker)
        if let title { memory.metadata["conversation"] = .string(title) }
        memory.whole = try Foreign.id(system, id)
        memory.position = position
        (memory.occurredAt, memory.createdAt) = (message.time, message.time)
        return memory
      }
    }
  }
}
