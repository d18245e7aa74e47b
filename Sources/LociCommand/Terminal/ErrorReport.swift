import Loci

/// How an error is told: what was wrong and what to do about it.
package struct ErrorReport: Hashable, Sendable {
  /// The stable name of the kind of failure.
  package let code: String
  /// What was wrong.
  package let message: String
  /// What to do about it.
  package let remedy: String?

  /// Reads an error.
  package init(_ error: any Error) {
    switch error {
    case let error as UsageError:
      (code, message, remedy) = ("usage", error.message, error.remedy)
    case let error as LociError:
      (code, message, remedy) = (error.code.rawValue, error.message, error.remedy)
    default: (code, message, remedy) = ("unexpected", "\(error)", nil)
    }
  }

  /// What goes to stderr where JSON was not asked for.
  package var text: String { "loci: " + sentence }

  /// The message and the remedy on one line.
  package var sentence: String {
    Printable.message([message, remedy ?? ""].joined(separator: " "))
  }

  /// The error as JSON.
  package var json: JSON {
    [
      "error": [
        "code": .string(code), "message": .string(message), "remedy": JSON(remedy, JSON.string),
      ]
    ]
  }
}
