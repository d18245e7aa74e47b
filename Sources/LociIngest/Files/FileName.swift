package import LociCore

/// Which names files and folders may have to be ingested: a source's address is printed, compared,
/// quoted in prompts and taken to other machines.
package enum FileName {
  private static let slash = UInt8(ascii: "/")

  /// Checks the last name of an absolute path.
  ///
  /// - Throws: As ``check(_:at:)``.
  package static func check(_ path: String) throws(LociError) {
    let name = path.utf8.split(separator: slash).last ?? path.utf8[...]
    try check(name: String(decoding: name, as: UTF8.self), at: path)
  }

  /// Checks a name.
  ///
  /// - Parameter path: What has the name, for the message.
  /// - Throws: ``LociError/Code/unsupported`` for a name that holds two dots in a row, a slash, a
  ///   backslash, a control character or a line separator, or one that turns the direction of text.
  package static func check(name: String, at path: String) throws(LociError) {
    guard let reason = reason(against: name) else { return }
    throw LociError(.unsupported, "The name of \(path) \(reason).", remedy: "Rename it.")
  }

  private static func reason(against name: String) -> String? {
    if name.utf8.elementsEqual(".".utf8) { return "is that of a folder's link" }
    if name.contains("..") { return "holds two dots in a row" }
    if name.utf8.contains(slash) { return "holds a slash" }
    if name.utf8.contains(UInt8(ascii: "\\")) { return "holds a backslash" }
    for scalar in name.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control: return "holds a control character"
      case .lineSeparator, .paragraphSeparator: return "holds a line separator"
      default: break
      }
      if turnsDirection(scalar) { return "holds a character that turns the direction of text" }
    }
    return nil
  }

  /// Marks that show a name as another one, such as `gpj.exe` as `exe.jpg`.
  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    0x202A...0x202E ~= scalar.value || 0x2066...0x2069 ~= scalar.value
  }
}
