import Foundation
import LociCore
import LociJSON

/// A line of an export as it was read.
struct ExchangeLine {
  /// Its number, from 1.
  let number: Int
  /// What kind it is: the name of its first member.
  let kind: String
  /// The object with that member alone.
  let bytes: Data

  /// What the line holds.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number, and nothing of its text.
  func decode<Body: Decodable>(_ type: Body.Type) throws(LociError) -> Body {
    do {
      if let body = try Self.decoder.decode([String: Body].self, from: bytes)[kind] { return body }
    } catch {
      throw malformed((error as? DecodingError)?.reason ?? "it is no \(kind)")
    }
    throw malformed("it is no \(kind)")
  }

  /// The error of a line that can't be used.
  func malformed(_ reason: String) -> LociError {
    LociError(
      .corrupt, "Line \(number) of the export can't be used: \(reason).",
      remedy: "Export again. What stands before that line may be here already; importing the new "
        + "export finds it.")
  }

  /// Times are whole milliseconds since 1970, UTC.
  static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom {
      Date(millisecondsSince1970: try Int64(from: $0))
    }
    return decoder
  }()

  /// The same value always has the same bytes.
  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { try $0.millisecondsSince1970.encode(to: $1) }
    return encoder
  }()
}

/// The sums of lines, each of which takes in the ones before: what was changed, inserted, removed
/// or put elsewhere is seen in that line.
struct LineSums {
  /// The hexadecimal digits of a sum.
  static let digits = 16

  private var last: [UInt8] = []

  /// The sum of the next line.
  mutating func next(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    last.withSpan { hash.update($0) }
    bytes.withSpan { hash.update($0) }
    let sum = Hexadecimal.text(hash.finalize().prefix(Self.digits / 2))
    last = Array(sum.utf8)
    return sum
  }
}
