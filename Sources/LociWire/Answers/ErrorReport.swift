import LociCore
package import LociJSON

/// How an error is told: what was wrong and what to do about it.
package struct ErrorReport: Hashable, Sendable {
  /// The stable name of the kind of failure.
  package let code: String
  /// What was wrong.
  package let message: String
  /// What to do about it.
  package let remedy: String?

  /// Makes a report.
  package init(code: String, message: String, remedy: String?) {
    (self.code, self.message, self.remedy) = (code, message, remedy)
  }

  /// Reads an error.
  package init(_ error: any Error) {
    guard let error = error as? LociError else {
      self.init(code: "unexpected", message: "\(error)", remedy: nil)
      return
    }
    self.init(code: error.code.rawValue, message: error.message, remedy: error.remedy)
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
