import Foundation
package import Loci
import LociJSON
package import LociWire

/// Metadata and conditions as somebody types them. What could be misread is refused.
extension Arguments {
  private static let signs = "=!<>"

  /// The metadata of texts such as `KEY=VALUE`.
  package static func metadata(_ texts: [String]) throws(Misfit) -> Metadata {
    var metadata: Metadata = [:]
    for text in texts {
      let (key, isQuoted, rest) = try Self.key(of: text[...])
      guard rest.first == "=" else {
        throw Misfit(
          needs: "a key, an equals sign and a value",
          remedy: "Give KEY=VALUE; a key that holds =, !, < or > stands in double quotes.")
      }
      let value = rest.dropFirst()
      guard value.first != "=", isQuoted || key == key.trimmingCharacters(in: .whitespaces) else {
        throw Misfit(
          problem: " takes one equals sign, with no space before it.",
          remedy: "Give KEY=VALUE; double quotes keep a key or a value as it is.")
      }
      metadata[key] = Self.metadataValue(value)
    }
    return metadata
  }

  /// A value as somebody would type it: `true`, `4.5`, `blue`, `["a", 2]`; in quotes it is text in
  /// any case.
  ///
  /// It is a number only where it is printed with the same digits, and a list only where it is one
  /// of JSON.
  package static func metadataValue(_ text: some StringProtocol) -> MetadataValue {
    quoted(text).map(MetadataValue.string) ?? list(text) ?? MetadataValue(written: String(text))
  }

  private static func list(_ text: some StringProtocol) -> MetadataValue? {
    guard text.hasPrefix("["),
      let json = try? JSON(reading: Array(text.utf8), maximumBytes: 1 << 20, maximumDepth: 1)
    else { return nil }
    return try? MetadataValue(json)
  }

  /// A condition such as `year>=2020`.
  package static func condition(_ text: String) throws(Misfit) -> MetadataCondition {
    let text = text.drop(while: \.isWhitespace)
    let (key, isQuoted, rest) = try Self.key(of: text)
    let comparing = rest.drop(while: \.isWhitespace)
    let sign = comparing.prefix { signs.contains($0) }
    let value = comparing.dropFirst(sign.count).trimmingCharacters(in: .whitespaces)
    guard !sign.isEmpty else {
      throw Misfit(
        needs: "a key, a comparison and a value",
        remedy: "Give for example 'year>=2020' or 'colour=blue'.")
    }
    let comparison = try Self.comparison(String(sign))
    guard !value.isEmpty || [.equal, .notEqual].contains(comparison) else {
      throw Misfit(needs: "a value", remedy: "Give for example 'year>=2020'.")
    }
    guard !value.prefix(1).contains(where: { signs.contains($0) }) else {
      throw Misfit(
        problem: " has two comparisons in a row.",
        remedy: "A value that begins with =, !, < or > stands in double quotes.")
    }
    return MetadataCondition(
      isQuoted ? key : key.trimmingCharacters(in: .whitespaces), comparison,
      compared(value, by: comparison))
  }

  /// What an order asks for is a number wherever one can be meant; what is equal to a text such as
  /// `02134` or `1.10`, which is stored as text, is that text.
  private static func compared(
    _ value: String, by comparison: MetadataCondition.Comparison
  ) -> MetadataValue {
    let typed = metadataValue(value)
    guard case .string = typed, quoted(value) == nil, ![.equal, .notEqual].contains(comparison),
      let number = Numeral.exactNumber(value)
    else { return typed }
    return .number(number)
  }

  private static func comparison(
    _ sign: String
  ) throws(Misfit) -> MetadataCondition.Comparison {
    let alike = ["==": "=", "<>": "!="]
    if let known = MetadataCondition.Comparison(rawValue: alike[sign] ?? sign) { return known }
    let meant = ["=>": ">=", "=<": "<=", "!": "!=", "=!": "!=", "===": "=", "!==": "!="][sign]
    throw Misfit(
      problem: " does not know the comparison \(sign).",
      remedy: (meant.map { "Did you mean \($0)? " } ?? "")
        + "There are = != < <= > >=; a key or a value that holds one stands in double quotes.")
  }

  /// The key that a text begins with, plain or in double quotes as in JSON, and what follows.
  private static func key(
    of text: Substring
  ) throws(Misfit) -> (key: String, isQuoted: Bool, rest: Substring) {
    guard text.first == "\"" else {
      let key = text.prefix { !signs.contains($0) }
      guard !key.allSatisfy(\.isWhitespace) else { throw noKey }
      return (String(key), false, text[key.endIndex...])
    }
    guard let match = text.prefixMatch(of: #/"(?:[^"\\]|\\.)*"/#),
      let key = try? JSONDecoder().decode(String.self, from: Data(match.output.utf8)), !key.isEmpty
    else { throw noKey }
    return (key, true, text[match.range.upperBound...])
  }

  private static let noKey = Misfit(
    needs: "a key", remedy: "Give for example 'year=2020' or '\"a<b\"=blue'.")

  private static func quoted(_ text: some StringProtocol) -> String? {
    text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
      ? String(text.dropFirst().dropLast()) : nil
  }
}
