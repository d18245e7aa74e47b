import Foundation
package import LociCore

/// Reads a file that is one JSON array, element by element, in bounded memory: such a file may be
/// larger than the machine's memory.
package final class JSONArrayReader {
  private let file: InputFile
  private let maximumBytes: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1
  private var elementLine = 1
  private var state = State.start

  private enum State { case start, first, next, end }

  /// Opens a file.
  ///
  /// - Parameter maximumBytes: The longest element allowed; a longer one throws.
  package init(path: String, maximumBytes: Int = 64 << 20) throws(LociError) {
    file = try InputFile(path: path)
    self.maximumBytes = maximumBytes
  }

  /// Decodes the next element; nil at the end.
  ///
  /// - Returns: The element, and the line that it begins in, from 1.
  /// - Throws: ``LociError/Code/corrupt`` with the line, and without any text.
  package func next<Element: Decodable>(
    as type: Element.Type
  ) throws -> (element: Element, line: Int)? {
    guard let bytes = try nextBytes() else { return nil }
    do {
      return (try JSONDecoder().decode(type, from: Data(bytes)), elementLine)
    } catch let error as DecodingError {
      throw malformed(elementLine, error.reason)
    }
  }

  /// Reads the next element, whatever it is; nil at the end. Nothing of a broken one is shown.
  ///
  /// - Returns: The element, and the line that it begins in, from 1.
  /// - Throws: ``LociError/Code/corrupt`` with the line.
  package func nextValue() throws -> (value: JSON, line: Int)? {
    guard let bytes = try nextBytes() else { return nil }
    do {
      let value = try JSON(
        reading: bytes, maximumBytes: maximumBytes, maximumDepth: JSONReader.greatestDepth)
      return (value, elementLine)
    } catch {
      throw malformed(elementLine, "it is not valid JSON, or has a key twice")
    }
  }

  /// The error of an element that can't be used; it shows its line, never its text.
  package func malformed(_ line: Int, _ reason: String) -> LociError {
    LociError(
      .corrupt,
      "The element that begins in line \(line) of \(file.name) can't be used: "
        + "\(reason).",
      remedy: "Correct it and run it again.")
  }

  // MARK: Elements

  private func nextBytes() throws -> [UInt8]? {
    switch state {
    case .end: return nil
    case .start:
      try skipByteOrderMark()
      try expect("[", "it is no JSON array")
      state = .first
      return try nextBytes()
    case .first, .next:
      let byte = try significant()
      if byte == UInt8(ascii: "]") { return try finish() }
      if state == .next {
        guard byte == UInt8(ascii: ",") else { throw broken("a comma is missing") }
        position += 1
        _ = try significant()
      }
      state = .next
      return try element()
    }
  }

  private func finish() throws -> [UInt8]? {
    position += 1
    state = .end
    while let byte = try peek() {
      guard Self.isSpace(byte) else { throw broken("something follows the array's end") }
      advance(byte)
    }
    return nil
  }

  /// The bytes of one object or array, to the bracket that closes it.
  private func element() throws -> [UInt8] {
    elementLine = line
    var (depth, isInString, isEscaped) = (0, false, false)
    var bytes: [UInt8] = []
    repeat {
      guard let byte = try peek() else { throw malformed(elementLine, "the file ends within it") }
      guard depth > 0 || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else {
        throw broken("it is no object")
      }
      bytes.append(byte)
      guard bytes.count <= maximumBytes else {
        throw malformed(elementLine, "it is longer than \(maximumBytes >> 20) MiB")
      }
      advance(byte)
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
    } while depth > 0
    return bytes
  }

  // MARK: Bytes

  private func significant() throws -> UInt8 {
    while let byte = try peek() {
      guard Self.isSpace(byte) else { return byte }
      advance(byte)
    }
    throw broken("the file ends before the array does")
  }

  private func expect(_ wanted: Unicode.Scalar, _ problem: String) throws {
    guard try peek() != nil, try significant() == UInt8(ascii: wanted) else {
      throw broken(problem)
    }
    position += 1
  }

  private func skipByteOrderMark() throws {
    guard try peek() == 0xEF, buffer.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    position = 3
  }

  private func peek() throws -> UInt8? {
    if position == buffer.count {
      buffer = try file.read(upTo: 1 << 16)
      position = 0
    }
    return position < buffer.count ? buffer[position] : nil
  }

  private func advance(_ byte: UInt8) {
    position += 1
    if byte == UInt8(ascii: "\n") { line += 1 }
  }

  private func broken(_ problem: String) -> LociError {
    LociError(
      .corrupt, "Line \(line) of \(file.name) can't be used: \(problem).",
      remedy: "Give a file that is one JSON array of objects.")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09].contains(byte) }
}
