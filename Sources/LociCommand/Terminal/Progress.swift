import Synchronization

/// A line on stderr that tells how far a long work is: redrawn on a terminal, else a line now and
/// then.
package final class Progress: Sendable {
  private let console: Console
  private let interval: Duration
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// Makes progress that is shown at most ten times a second, or every five seconds where stderr
  /// is no terminal.
  package init(_ console: Console) {
    self.console = console
    interval = console.redrawsProgress ? .milliseconds(100) : .seconds(5)
    // In a log, only work that is long is worth a line.
    if !console.redrawsProgress { lastShown.withLock { $0 = .now } }
  }

  /// Shows a state; states that follow too fast are left out.
  package func show(_ text: @autoclosure () -> String) {
    guard !console.isQuiet, isDue() else { return }
    let line = Printable.message(text())
    if console.redrawsProgress {
      console.redraw(line)
    } else {
      Console.report(line)
    }
  }

  /// Shows how many of how many are done.
  package func show(_ label: String, _ done: Int, of total: Int?) {
    show(total.map { "\(label): \(done) of \($0)" } ?? "\(label): \(done)")
  }

  /// Takes the line off the terminal.
  package func end() {
    let wasShown = lastShown.withLock { last in
      defer { last = nil }
      return last != nil
    }
    if wasShown, console.redrawsProgress { console.redraw("") }
  }

  private func isDue() -> Bool {
    lastShown.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < interval { return false }
      last = now
      return true
    }
  }
}
