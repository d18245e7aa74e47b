import Foundation
import Loci
package import LociJSON
import LociWire

/// Where data and messages go: data to stdout, everything else to stderr.
///
/// Whatever is printed is made safe here, as the last step; see ``Printable``.
package struct Console: Sendable {
  /// Whether data is printed as JSON.
  package let isJSON: Bool
  /// Whether progress and notes are left out.
  package let isQuiet: Bool
  /// Whether stderr is a terminal, so that a progress line can be redrawn.
  package let redrawsProgress: Bool
  /// The columns of the terminal, 4 at least; 120 where stdout is none.
  package let width: Int
  /// The columns of running text: those of the terminal, at most 100; 80 where stdout is none.
  package let proseWidth: Int
  /// Whether stdout is a terminal.
  package let isTerminal: Bool
  private let isStyled: Bool

  /// Looks at the streams and the environment.
  package init(isJSON: Bool, isQuiet: Bool, environment: [String: String]) {
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    isTerminal = isatty(STDOUT_FILENO) == 1
    isStyled = Self.isStyled(STDOUT_FILENO, environment)
    redrawsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    let named = environment["COLUMNS"].flatMap(Numeral.integer).map { max(4, $0) } ?? 80
    let columns = isTerminal ? Self.terminalWidth(STDOUT_FILENO) ?? named : nil
    width = columns ?? 120
    proseWidth = min(100, columns ?? 80)
  }

  /// The columns of a terminal, 4 at least; nil where the stream is none or does not know.
  private static func terminalWidth(_ stream: Int32) -> Int? {
    var size = winsize()
    let isKnown = unsafe ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? max(4, Int(size.ws_col)) : nil
  }

  /// Whether a stream may be styled: `NO_COLOR` and `TERM=dumb` forbid it, `CLICOLOR_FORCE` asks
  /// for it; else it is styled on a terminal.
  private static func isStyled(_ stream: Int32, _ environment: [String: String]) -> Bool {
    guard (environment["NO_COLOR"] ?? "").isEmpty, environment["TERM"] != "dumb" else {
      return false
    }
    return isatty(stream) == 1 || !["", "0"].contains(environment["CLICOLOR_FORCE"] ?? "")
  }

  /// Prints data and a line break.
  ///
  /// - Throws: ``ClosedPipe`` where nobody reads any more.
  package func print(_ text: String) throws { try write(text + "\n") }

  /// Prints the text without a line break.
  package func write(_ text: String) throws {
    try Self.send(Printable.rendered(text, isStyled: isStyled), to: STDOUT_FILENO)
  }

  /// Prints a value as JSON where that was asked for, else as text.
  package func show(_ json: @autoclosure () -> JSON, _ text: @autoclosure () -> String) throws {
    try print(isJSON ? json().document : fitted(text()))
  }

  /// Prints one item of a stream, as a line of JSON or as text.
  package func showItem(_ json: @autoclosure () -> JSON, _ text: @autoclosure () -> String) throws {
    try print(isJSON ? json().line : fitted(text()))
  }

  private func fitted(_ text: String) -> String {
    isTerminal ? Wrap.whole(text, width: width) : text
  }

  /// Says something on stderr, unless `--quiet`.
  package func note(_ text: String) { if !isQuiet { Self.report(text) } }

  /// Says something on stderr, always.
  package static func report(_ text: String) {
    let width = terminalWidth(STDERR_FILENO)
    say(width.map { Wrap.whole(Printable.rendered(text), width: $0) } ?? text)
  }

  /// Tells an error on stderr.
  static func report(_ error: ErrorReport, asJSON: Bool, environment: [String: String]) {
    guard !asJSON else { return say(error.json.line) }
    let isStyled = Self.isStyled(STDERR_FILENO, environment)
    let width = terminalWidth(STDERR_FILENO) ?? .max
    let text = Wrap.lines(of: error.text, width: width, breaksWords: false).joined(separator: "\n")
    let (name, rest) = (text.prefix { $0 != ":" }, text.drop { $0 != ":" })
    say(isStyled ? Style.bad.mark(name) + rest : text, isStyled: isStyled)
  }

  /// Draws a line on stderr in place of the one that was drawn before.
  func redraw(_ line: String) {
    let width = Self.terminalWidth(STDERR_FILENO) ?? 80
    let line = Wrap.lines(of: line, width: width - 1, limit: 1).first ?? ""
    try? Self.send("\r\u{1B}[K" + Printable.rendered(line), to: STDERR_FILENO)
  }

  private static func say(_ text: String, isStyled: Bool = false) {
    try? send(Printable.rendered(text + "\n", isStyled: isStyled), to: STDERR_FILENO)
  }

  /// Asks a question whose answer is no unless somebody at a terminal says yes.
  package func asks(_ question: String) -> Bool {
    guard !isJSON, !isQuiet, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      return false
    }
    try? Self.send(Printable.rendered(question + " [y/N] "), to: STDERR_FILENO)
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }

  /// A text in bold, where stdout may be styled.
  package func bold(_ text: String) -> String { styled(text, .bold) }

  /// A text in a fainter colour, where stdout may be styled.
  package func faint(_ text: String) -> String { styled(text, .faint) }

  /// A text in a style, where stdout may be styled.
  func styled(_ text: String, _ style: Style) -> String {
    isStyled ? style.mark(text) : Printable.name(text)
  }

  /// Writes every byte, or throws.
  private static func send(_ text: String, to descriptor: Int32) throws {
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
          let problem = errno
          throw LociError(
            FileError.code(problem, .writing),
            "The output can't be written: \(FileError.reason(problem)).",
            remedy: "Check where the output goes.")
        }
      }
    }
  }
}

/// Nobody reads the output any more; the command ends without a word.
package struct ClosedPipe: Error {}
