import Foundation
import LociCore
import LociJSON

/// Reads the lines of an export, and sees that each is what was written.
struct ExportReader {
  /// No line may be longer. A text of 64 MiB may have six times as many bytes in JSON.
  private static let maximumLineBytes = 512 << 20

  private let lines: LineReader
  private var sums = LineSums()
  /// The number of the last line that was read.
  private(set) var number = 0

  init(_ file: InputFile) {
    lines = LineReader(file, maximumBytes: Self.maximumLineBytes)
  }

  /// The next line; nil at the end of the file.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number where it is not what was written.
  mutating func next() throws -> ExchangeLine? {
    guard let line = try lines.next() else { return nil }
    number = line.number
    let bytes = Array(line.text.utf8)
    let tail = Array(",\"sum\":\"".utf8)
    let tailStart = bytes.count - tail.count - LineSums.digits - 2
    guard tailStart > 0, bytes[tailStart...].starts(with: tail), bytes.suffix(2) == Self.close
    else {
      throw malformed(
        number == 1 ? "it is no export of Loci's" : "it does not end with its sum")
    }
    let written = bytes[(tailStart + tail.count)...].prefix(LineSums.digits)
    let body = Array(bytes[..<tailStart]) + [UInt8(ascii: "}")]
    guard sums.next(body).utf8.elementsEqual(written) else {
      throw malformed("its sum is another one: it, or a line before it, was changed or is missing")
    }
    guard let kind = Self.kind(of: body) else { throw malformed("it is of no kind") }
    return ExchangeLine(number: number, kind: kind, bytes: Data(body))
  }

  /// The error of the line that was read last.
  func malformed(_ reason: String) -> LociError {
    ExchangeLine(number: number, kind: "", bytes: Data()).malformed(reason)
  }

  private static let close = ArraySlice("\"}".utf8)

  /// The name of the first member: lower-case letters and low lines.
  private static func kind(of body: [UInt8]) -> String? {
    guard body.starts(with: "{\"".utf8) else { return nil }
    let name = body.dropFirst(2).prefix { 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_") }
    guard (1...32).contains(name.count),
      body[name.endIndex...].starts(with: "\":".utf8)
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }
}
