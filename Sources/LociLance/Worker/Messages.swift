import Foundation
import LociCore

/// What the worker is asked.
struct Request: Encodable, Sendable {
  enum Operation: String, Encodable {
    case ping, cancel, spaces, ensure, upsert, delete, get, hashes, search, count, scan
    case namespaces, rebuild, indexed, compact, scrub

    /// Whether asking twice does what asking once does.
    var isRepeatable: Bool { self != .delete }
  }

  let op: Operation
  var location = ""
  var options: [String: String] = [:]
  /// The space's key.
  var table: String?
  /// The key that earlier versions gave the space; its table keeps that name.
  var formerTable: String?
  /// The space, as JSON.
  var definition: String?
  var count: Int?
  var `where`: String?
  var conditions: [WireCondition] = []
  var limit: Int?
  var index: String?
  var keptSeconds: Double?
  /// Sent behind the JSON.
  var vectors: [UnitVector] = []
  /// Sent behind the vectors.
  var columns: [UInt8] = []

  enum CodingKeys: CodingKey {
    case op, location, options, table, formerTable, definition, count, `where`, conditions, limit,
      index
    case keptSeconds
  }

  /// The frame of this request.
  func frame(_ number: UInt64) throws -> Frame {
    var json = Array(try JSONEncoder().encode(self))
    // Spaces, so that the columns begin where numbers of eight bytes may stand.
    json += [UInt8](repeating: UInt8(ascii: " "), count: -json.count & 7)
    return Frame(number: number, json: json, vectors: vectors, columns: columns)
  }
}

/// What the worker answers, beside columns.
struct Answer: Decodable {
  struct Failure: Decodable {
    let code: String
    let detail: String
  }

  var error: Failure?
  var count: Int?
  var texts: [String]?
  var isIndexed: Bool?
  /// LanceDB's version, in the greeting.
  var lancedb: String?
  /// Python's version, in the greeting.
  var python: String?

  /// Reads a frame's JSON.
  init(_ frame: Frame) throws {
    do {
      self = try JSONDecoder().decode(Answer.self, from: Data(frame.json))
    } catch {
      throw LociError(
        .storeEngine, "LanceDB's worker process sent an answer that is not understood.",
        underlying: error)
    }
  }
}
