import Foundation
import Loci

/// Where data and messages go: data to stdout, everything else to stderr.
package struct Console: Sendable {
  /// Whether data is printed as JSON.
  package let isJSON: Bool
  /// Whether progress and notes are left out.
  package let isQuiet: Bool
  /// Whether stdout may be styled: it is a terminal, and neither `NO_COLOR` nor `TERM=dumb` is set.
  package let isStyled: Bool
  /// Whether stderr is a terminal, so that a progress line can be redrawn.
  package let redrawsProgress: Bool
  /// The columns of the terminal; 120 where stdout is none.
  package let width: Int

  /// Looks at the streams and the environment.
  package init(isJSON: Bool, isQuiet: Bool, environment: [String: String]) {
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    isStyled = isTerminal && !isPlain
    redrawsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    width = isTerminal ? Self.terminalWidth(environment) : 120
  }

  private static func terminalWidth(_ environment: [String: String]) -> Int {
    var size = winsize()
    let known = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return max(40, known ? Int(size.ws_col) : environment["COLUMNS"].flatMap { Int($0) } ?? 80)
  }

  /// Prints data and a line break.
  ///
  /// - Throws: ``ClosedPipe`` where nobody reads any more.
  package func print(_ text: String) throws { try Self.write(text + "\n", to: STDOUT_FILENO) }

  /// Prints the text as it is, without a line break.
  package func write(_ text: String) throws { try Self.write(text, to: STDOUT_FILENO) }

  /// Prints a value as JSON where that was asked for, else as text.
  package func show(_ json: @autoclosure () -> JSON, _ text: @autoclosure () -> String) throws {
    try print(isJSON ? json().document : text())
  }

  /// Prints one item of a stream, as a line of JSON or as text.
  package func showItem(_ json: @autoclosure () -> JSON, _ text: @autoclosure () -> String) throws {
    try print(isJSON ? json().line : text())
  }

  /// Says something on stderr, unless `--quiet`.
  package func note(_ text: String) { if !isQuiet { Self.report(text) } }

  /// Says something on stderr, always.
  package static func report(_ text: String) { try? write(text + "\n", to: STDERR_FILENO) }

  /// Asks a question whose answer is no unless somebody at a terminal says yes.
  package func asks(_ question: String) -> Bool {
    guard !isJSON, !isQuiet, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      return false
    }
    try? Self.write(question + " [y/N] ", to: STDERR_FILENO)
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }

  /// A text in bold, where stdout may be styled.
  package func bold(_ text: String) -> String { isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// A text in a fainter colour, where stdout may be styled.
  package func faint(_ text: String) -> String { isStyled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// Writes every byte, or throws.
  package static func write(_ text: String, to descriptor: Int32) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while unsafe !rest.isEmpty {
        let count = unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
          unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EPIPE {
          throw ClosedPipe()
        } else if errno != EINTR {
          let reason = unsafe String(cString: strerror(errno))
          throw LociError(
            errno == ENOSPC ? .diskFull : .io, "The output can't be written: \(reason).",
            remedy: "Check where the output goes.")
        }
      }
    }
  }
}

/// Nobody reads the output any more; the command ends without a word.
package struct ClosedPipe: Error {}
