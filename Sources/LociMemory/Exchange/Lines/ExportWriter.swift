import Foundation
import LociCore
import LociJSON

/// Writes the lines of an export, and lends them on in pieces.
struct ExportWriter {
  /// A piece is lent on once it has this many bytes.
  private static let pieceBytes = 1 << 16

  private let send: (Data) async throws -> Void
  private let progress: (ExportReport) -> Void
  private var piece: [UInt8] = []
  private var sums = LineSums()
  private(set) var report = ExportReport()

  init(
    progress: @escaping (ExportReport) -> Void, _ send: @escaping (Data) async throws -> Void
  ) {
    (self.progress, self.send) = (progress, send)
  }

  /// Writes a line.
  mutating func write(_ kind: String, _ body: some Encodable) async throws {
    let encoded = try ExchangeLine.encoder.encode([kind: body])
    var bytes = Self.shown(Array(encoded))
    let sum = sums.next(bytes)
    bytes.removeLast()
    piece += bytes
    piece += Array(",\"sum\":\"\(sum)\"}\n".utf8)
    report.lineCount += 1
    report.counts[kind, default: 0] += 1
    if piece.count >= Self.pieceBytes { try await flush() }
  }

  /// Lends on what waits.
  mutating func flush() async throws {
    try Task.checkCancellation()
    report.byteCount += piece.count
    try await send(Data(piece))
    piece.removeAll(keepingCapacity: true)
    progress(report)
  }

  /// JSON with what would steer a terminal escaped.
  private static func shown(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(where: { !(0x20...0x7E).contains($0) }) else { return json }
    return Array(JSON.token(String(decoding: json, as: UTF8.self)).line.utf8)
  }
}
