import LociCore

/// A small JSON value.
package enum JSONValue {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

/// A JSON value and where it stands in the file, so that an error can say what is missing.
struct JSONField {
  let value: JSONValue
  /// The keys to it, parted by dots; empty for the whole file.
  let path: String

  /// The member of an object, or nil where it is absent or null.
  func optional(_ key: String) -> JSONField? {
    guard case .object(let members) = value, let member = members[key] else { return nil }
    if case .null = member { return nil }
    return JSONField(value: member, path: pathTo(key))
  }

  private func pathTo(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The member of an object.
  func required(_ key: String) throws(LociError) -> JSONField {
    guard let member = optional(key) else {
      throw JSONReader.corrupt("tokenizer.json has no \(pathTo(key)).")
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
    guard case .number(let number) = value, let integer = Int32(exactly: number), integer >= 0
    else { throw mismatch("a whole number") }
    return integer
  }

  func elements() throws(LociError) -> [JSONField] {
    guard case .array(let values) = value else { throw mismatch("an array") }
    return values.enumerated().map { JSONField(value: $1, path: "\(path)[\($0)]") }
  }

  private func mismatch(_ expected: String) -> LociError {
    JSONReader.corrupt("\(path) in tokenizer.json is not \(expected).")
  }
}
