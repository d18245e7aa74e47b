import LociAgents
package import LociCore
package import LociJSON
package import LociMemory

/// Shows the value of a key.
package struct GetKeyOperation: NamespaceOperation {
  package static let name = "kv_get"
  package static let summary = "show the JSON value of a key"
  package static let access = StoreAccess.reading

  /// The key.
  package var key = ""

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("key", \.key, "The key.", isRequired: true, kind: .text("KEY"))
  ]

  /// Returns JSON on one line.
  package func run(in namespace: MemoryNamespace) async throws -> String {
    guard let value = try await namespace.keyValues.json(key) else {
      throw LociError(
        .notFound, "There is no such key in \(namespace.namespace).",
        remedy: "`loci kv list` shows the keys; `--namespace` looks elsewhere.")
    }
    return value
  }
}

/// Sets the value of a key.
package struct SetKeyOperation: NamespaceOperation {
  package static let name = "kv_set"
  package static let summary = "set a key to a JSON value"
  package static let access = StoreAccess.writing

  /// The key.
  package var key = ""
  /// A JSON document.
  package var value = ""
  /// What the value must be; nil is whatever it is.
  package var expected: String?
  /// Whether there must be none.
  package var isNew = false

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("key", \.key, "The key.", isRequired: true, kind: .text("KEY")),
    Parameter("value", \.value, "A JSON document.", isRequired: true, kind: .text("JSON")),
    Parameter(
      "expect", \.expected, "Only where this is the value, written on one line.",
      kind: .text("JSON")),
    Parameter("if_absent", \.isNew, "Only where there is no such key."),
  ]

  package func check() throws(LociError) {
    guard expected == nil || !isNew else {
      throw LociError(
        .invalidArgument, "expect and if_absent can't both hold.", remedy: "Give one of them.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws {
    try await namespace.keyValues.setJSON(
      key, to: value, expecting: isNew ? .absent : expected.map { .value($0) } ?? .anything)
  }
}

/// Lists keys and their values.
package struct ListKeysOperation: NamespaceOperation {
  package static let name = "kv_list"
  package static let summary = "list keys and their values"
  package static let access = StoreAccess.reading

  /// The most keys.
  package var limit = 100
  /// Where to go on.
  package var after: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("limit", \.limit, "The most keys; 100 by default.", kind: .integer(1...1_000_000)),
    Parameter("after", \.after, "Go on after this key.", kind: .text("KEY")),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> [KeyValue] {
    try await namespace.keyValues.list(after: after, limit: limit)
  }
}

/// Takes away a key.
package struct DeleteKeyOperation: NamespaceOperation {
  package static let name = "kv_delete"
  package static let summary = "take a key and its value away"
  package static let access = StoreAccess.writing

  /// The key.
  package var key = ""
  /// What the value must be; nil is whatever it is.
  package var expected: String?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("key", \.key, "The key.", isRequired: true, kind: .text("KEY")),
    Parameter(
      "expect", \.expected, "Only where this is the value, written on one line.",
      kind: .text("JSON")),
  ]

  /// Whether there was one.
  package func run(in namespace: MemoryNamespace) async throws -> Bool {
    try await namespace.keyValues.delete(
      key, expecting: expected.map { .value($0) } ?? .anything)
  }
}

extension KeyValue {
  /// The key and its value as JSON.
  package var json: JSON {
    [
      "key": .string(name.key), "value": (try? JSON(reading: value)) ?? .string(value),
      "updated_at": .string(WireFormat.time(updatedAt)),
    ]
  }
}

extension JSON {
  /// Reads a value that was kept by its key.
  fileprivate init(reading text: String) throws(LociError) {
    try self.init(reading: Array(text.utf8), maximumBytes: KeyValue.maximumSize)
  }
}
