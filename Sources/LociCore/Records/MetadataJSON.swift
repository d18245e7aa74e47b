import Foundation

/// Metadata as the JSON that stores can look into.
///
/// SQLite's JSON functions end a string at a NUL and PostgreSQL has none at all, so U+0000 and
/// U+0001 are written as U+0001 U+0001 and U+0001 U+0002. That keeps the order of UTF-8 bytes, so
/// comparisons stay right.
package enum MetadataJSON {
  /// Encodes metadata; keys in order, so that equal metadata has equal JSON.
  package static func encode(_ metadata: Metadata) throws -> String {
    guard !metadata.isEmpty else { return "{}" }
    let escaped = Dictionary(
      uniqueKeysWithValues: metadata.map { (escape($0.key), mapStrings($0.value, escape)) })
    return try text(escaped)
  }

  /// Decodes stored metadata, or throws ``LociError/Code/corrupt``.
  package static func decode(_ json: String) throws -> Metadata {
    guard json != "{}" else { return [:] }
    do {
      let escaped = try JSONDecoder().decode(Metadata.self, from: Data(json.utf8))
      return Dictionary(
        escaped.map { (unescape($0.key), mapStrings($0.value, unescape)) },
        uniquingKeysWith: { $1 })
    } catch {
      throw LociError(
        .corrupt, "A record's metadata in the store is not the JSON that was written.",
        remedy: "Restore the store from a backup.", underlying: error)
    }
  }

  /// Encodes ids or names as a JSON array, for `json_each`.
  package static func array(_ texts: some Sequence<String>) throws -> String {
    try text(Array(texts))
  }

  /// Encodes a number as it stands in metadata.
  package static func number(_ value: Double) throws -> String { try text(value) }

  /// A text without U+0000, in the same order of UTF-8 bytes.
  package static func escape(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 2 }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 2 { result.append("\u{1}") }
      result.append(scalar.value == 0 ? "\u{1}" : scalar.value == 1 ? "\u{2}" : scalar)
    }
    return String(result)
  }

  /// The text that was escaped.
  package static func unescape(_ text: String) -> String {
    guard text.utf8.contains(1) else { return text }
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        result.append(scalar.value == 1 ? "\0" : "\u{1}")
        isEscaped = false
      } else if scalar.value == 1 {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func mapStrings(
    _ value: MetadataValue, _ change: (String) -> String
  ) -> MetadataValue {
    switch value {
    case .string(let text): .string(change(text))
    case .list(let values): .list(values.map { mapStrings($0, change) })
    case .number, .bool: value
    }
  }

  private static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
