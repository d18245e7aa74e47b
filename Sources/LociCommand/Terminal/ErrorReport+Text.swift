package import LociWire

extension ErrorReport {
  /// Reads an error of the command, which may be one of its usage.
  package init(ofCommand error: any Error) {
    guard let error = error as? UsageError else {
      self.init(error)
      return
    }
    self.init(code: "usage", message: error.message, remedy: error.remedy)
  }

  /// What goes to stderr where JSON was not asked for.
  package var text: String { "loci: " + sentence }

  /// The message and the remedy on one line.
  package var sentence: String {
    Printable.message([message, remedy ?? ""].joined(separator: " "))
  }
}
