import LociWire

/// Which Loci this is.
enum Version {
  static let number = "0.1.0"

  static let verb = Verb("version", "show the version", action: { try show(on: $0.console) })

  static func show(on console: Console) throws {
    try console.show(VersionAnswer(number).json, "loci \(number)")
  }
}
