package import LociCore

/// A line of a file.
package struct Line: Hashable, Sendable {
  /// Its number, from 1.
  package let number: Int
  /// Its text, without the line break.
  package let text: String

  /// Makes a line.
  package init(number: Int, text: String) {
    self.number = number
    self.text = text
  }
}

/// Reads a file line by line in bounded memory.
package final class LineReader {
  /// The file.
  package let file: InputFile
  private let maximumBytes: Int
  private var buffer: [UInt8] = []
  private var start = 0
  // Where the search for the next line break goes on: what lies before holds none.
  private var searched = 0
  private var isAtEnd = false
  private var number = 0
  private var failure: (any Error)?

  /// Makes a reader.
  ///
  /// - Parameter maximumBytes: The longest line allowed; a longer one throws.
  package init(_ file: InputFile, maximumBytes: Int = 64 << 20) {
    self.file = file
    self.maximumBytes = maximumBytes
  }

  /// The next line that is not blank; nil at the end.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number where it is not UTF-8 or too long.
  package func next() throws -> Line? {
    while let bytes = try nextBytes() {
      number += 1
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw malformed(number, "it is not valid UTF-8")
      }
      let line = number == 1 && text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
      if line.contains(where: { !$0.isWhitespace }) { return Line(number: number, text: line) }
    }
    return nil
  }

  /// The lines that are there without waiting for more, at least one unless the file has ended.
  ///
  /// So a slow writer gets an answer to each line, and a fast one gets batches. A bad line is
  /// thrown once the lines before it have been returned.
  /// - Parameters:
  ///   - limit: The most lines.
  ///   - bytes: No further line once the lines hold this many bytes.
  package func nextWindow(limit: Int, bytes: Int = 8 << 20) throws -> [Line] {
    if let failure { throw failure }
    var lines: [Line] = []
    var size = 0
    do {
      while lines.count < limit, size < bytes, lines.isEmpty || hasLine || file.isReady {
        guard let line = try next() else { break }
        lines.append(line)
        size += line.text.utf8.count
      }
    } catch {
      guard !lines.isEmpty else { throw error }
      failure = error
    }
    return lines
  }

  /// The error of a line that can't be understood; it shows the line's number, never its text.
  package func malformed(_ number: Int, _ reason: String) -> LociError {
    LociError(
      .corrupt, "Line \(number) of \(file.name) can't be used: \(reason).",
      remedy: "Correct that line and run it again.")
  }

  private var hasLine: Bool { isAtEnd || lineBreak() != nil }

  private func lineBreak() -> Int? {
    let found = buffer[searched...].firstIndex(of: UInt8(ascii: "\n"))
    searched = found ?? buffer.count
    return found
  }

  private func nextBytes() throws -> ArraySlice<UInt8>? {
    while true {
      if let end = lineBreak() {
        defer { start = end + 1; searched = start }
        return trimmed(buffer[start..<end])
      }
      guard !isAtEnd else {
        defer { start = buffer.count }
        return start < buffer.count ? trimmed(buffer[start...]) : nil
      }
      guard buffer.count - start <= maximumBytes else {
        throw malformed(number + 1, "it is longer than \(maximumBytes >> 20) MiB")
      }
      buffer.removeSubrange(..<start)
      (start, searched) = (0, searched - start)
      let more = try file.read(upTo: 1 << 16)
      isAtEnd = more.isEmpty
      buffer += more
    }
  }

  private func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension InputFile {
  /// All of it.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where it holds more than `limit` bytes.
  package func bytes(upTo limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let more = try read(upTo: 1 << 16)
      if more.isEmpty { return bytes }
      bytes += more
      guard bytes.count <= limit else {
        throw LociError(
          .corrupt, "There are more than \(limit >> 20) MiB on \(name).",
          remedy: "Write it to a file and use `loci ingest`.")
      }
    }
  }

  /// All of it as text.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where it is not UTF-8 or holds more than 64 MiB.
  package func text() throws -> String {
    guard let text = String(validating: try bytes(upTo: 64 << 20), as: UTF8.self) else {
      throw LociError(
        .corrupt, "What came on \(name) is not valid UTF-8.", remedy: "Convert it to UTF-8 first.")
    }
    return text
  }
}
