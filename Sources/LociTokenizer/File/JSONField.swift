import LociCore
import LociJSON

/// A JSON value and where it stands in the file, so that an error can say what is missing.
struct JSONField {
  private let value: JSON
  /// The keys to it, parted by dots; empty for the whole file.
  let path: String
  // An object's members, found without looking through all of them.
  private let members: [String: JSON]

  init(_ value: JSON, path: String) {
    (self.value, self.path) = (value, path)
    if case .object(let pairs) = value {
      members = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    } else {
      members = [:]
    }
  }

  /// An object.
  init(members: [String: JSON], path: String) {
    (value, self.path, self.members) = (.object([]), path, members)
  }

  /// The member of an object, or nil where it is absent or null.
  func optional(_ key: String) -> JSONField? {
    guard let member = members[key] else { return nil }
    if case .null = member { return nil }
    return JSONField(member, path: pathTo(key))
  }

  private func pathTo(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The member of an object.
  func required(_ key: String) throws(LociError) -> JSONField {
    guard let member = optional(key) else {
      throw TokenizerFile.corrupt("tokenizer.json has no \(pathTo(key)).")
    }
    return member
  }

  func bool() throws(LociError) -> Bool {
    guard case .bool(let bool) = value else { throw mismatch("true or false") }
    return bool
  }

  func string() throws(LociError) -> String {
    guard case .string(let string) = value else { throw mismatch("a string") }
    return string
  }

  func integer() throws(LociError) -> Int32 {
    guard let integer = value.double.flatMap(Int32.init(exactly:)), integer >= 0 else {
      throw mismatch("a whole number")
    }
    return integer
  }

  func elements() throws(LociError) -> [JSONField] {
    guard case .array(let values) = value else { throw mismatch("an array") }
    return values.enumerated().map { JSONField($1, path: "\(path)[\($0)]") }
  }

  private func mismatch(_ expected: String) -> LociError {
    TokenizerFile.corrupt("\(path) in tokenizer.json is not \(expected).")
  }
}
