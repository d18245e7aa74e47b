import Foundation
import LociCore

/// Vectors where searches look for them, after the space that they belong to. Only those go along
/// that were made from the text that their record has.
struct VectorSection: ExchangeSection {
  static let kinds = [space, vector]
  private static let space = "space"
  private static let vector = "vector"
  private static let pageSize = 256

  private var space: EmbeddingSpace?
  private var bodies: [VectorBody] = []

  init() {}

  static func write(
    _ memory: Memory, _ options: ExportOptions, to writer: inout ExportWriter
  ) async throws {
    guard options.includesVectors else { return }
    let vectors = try await memory.vectors
    let namespaces = try await memory.namespaces(options)
    for space in try await vectors.spaces().sorted(by: { $0.key < $1.key }) {
      try await writer.write(Self.space, space)
      for namespace in namespaces {
        var cursor: RecordID?
        while true {
          let page = try await vectors.scan(
            namespace, in: space, after: cursor, limit: pageSize)
          guard let last = page.last else { break }
          cursor = last.id
          let ids = Set(page.map(\.id)).sorted()
          let records = try await memory.records.get(ids, namespace: namespace).keyed(by: \.id)
          for entry in page where records[entry.id]?.contentHash == entry.contentHash {
            try await writer.write(Self.vector, VectorBody(entry, in: namespace))
          }
        }
      }
    }
  }

  /// A batch has one space.
  func mayEnd(before kind: String) -> Bool { true }

  mutating func add(_ line: ExchangeLine) throws {
    if line.kind == Self.space {
      let named = try line.decode(EmbeddingSpace.self)
      do {
        space = try EmbeddingSpace(definition: named.definition())
      } catch {
        throw line.malformed("it is no space")
      }
      return
    }
    guard let space else { throw line.malformed("no space stands before it") }
    let body = try line.decode(VectorBody.self)
    guard body.vector.count == space.dimension * MemoryLayout<Float>.size, body.part >= 0,
      (try? body.unitVector()) != nil
    else { throw line.malformed("it is no vector of its space") }
    bodies.append(body)
  }

  mutating func take(
    into memory: Memory, _ rule: ConflictRule, _ report: inout ImportReport
  ) async throws {
    defer { bodies = [] }
    guard let space, !bodies.isEmpty else { return }
    for (namespace, batch) in Dictionary(grouping: bodies, by: \.namespace) {
      let ids = Set(batch.map(\.id)).sorted()
      let records = try await memory.records.get(ids, namespace: namespace).keyed(by: \.id)
      let entries = try batch.compactMap { body -> VectorEntry? in
        guard let record = records[body.id], record.contentHash.description == body.hash else {
          return nil
        }
        return VectorEntry(
          of: record, part: body.part, vector: try body.unitVector(), embeddedAt: body.embeddedAt)
      }
      report.leftOutVectorCount += batch.count - entries.count
      report.vectorCount += entries.count
      if !entries.isEmpty { try await memory.projections.take(entries, in: space) }
    }
  }
}

/// A vector as a line holds it.
private struct VectorBody: Codable {
  let namespace: Namespace
  let id: RecordID
  let part: Int
  let hash: String
  let embeddedAt: Date?
  /// The components as float32, the lowest byte first; Base64 in JSON.
  let vector: Data

  private enum CodingKeys: String, CodingKey {
    case namespace, id, part
    case hash = "content_hash"
    case embeddedAt = "embedded_at"
    case vector
  }

  init(_ entry: VectorEntry, in namespace: Namespace) {
    (self.namespace, id, part) = (namespace, entry.id, entry.part)
    hash = entry.contentHash.description
    embeddedAt = entry.embeddedAt
    var bytes: [UInt8] = []
    for component in entry.vector.components {
      let bits = component.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    vector = Data(bytes)
  }

  /// - Throws: ``LociError/Code/invalidVector``.
  func unitVector() throws -> UnitVector {
    let bytes = Array(vector)
    return try UnitVector(
      normalizing: stride(from: 0, to: bytes.count - 3, by: 4).map { start in
        Float(
          bitPattern: bytes[start..<start + 4].reversed().reduce(UInt32(0)) {
            $0 << 8 | UInt32($1)
          })
      })
  }
}
