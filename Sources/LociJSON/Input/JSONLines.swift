import Foundation
import LociCore

extension LineReader {
  /// Decodes one line's JSON.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number and what was expected of it.
  package func decode<Value: Decodable>(_ line: Line, as type: Value.Type) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(line.text.utf8))
    } catch let error as DecodingError {
      throw malformed(line.number, error.reason)
    }
  }

  /// Decodes every line of a file.
  package static func decodeAll<Value: Decodable>(
    _ path: String, as type: Value.Type
  ) throws -> [Value] {
    try forEach(path, as: type) { value, _, _ in value }
  }

  /// Decodes every line of a file and makes something of it; `body` also gets the reader and the
  /// line's number, for errors of its own.
  package static func forEach<Value: Decodable, Result>(
    _ path: String, as type: Value.Type, _ body: (Value, LineReader, Int) throws -> Result
  ) throws -> [Result] {
    let reader = LineReader(try InputFile(path: path))
    var results: [Result] = []
    while let line = try reader.next() {
      results.append(try body(try reader.decode(line, as: type), reader, line.number))
    }
    return results
  }
}

extension DecodingError {
  /// What was wrong, without the data.
  package var reason: String {
    switch self {
    case .keyNotFound(let key, _): "it has no \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.last.map { "\"\($0.stringValue)\" is of the wrong kind" }
        ?? "it is no JSON object"
    default: "it is not valid JSON"
    }
  }
}
