import LociCore
import LociMemory

/// The authors whom a bot trusts: keys on a shelf of their own in its namespace.
struct AuthorList: Sendable {
  /// The most authors; a search has all of them in its filter.
  static let maximumCount = 1000

  let memory: Memory
  let namespace: Namespace

  /// Sorted by UTF-8 bytes.
  var authors: [String] {
    get async throws {
      try await memory.records.keyValues(
        on: .trust, in: namespace, after: nil, limit: Self.maximumCount
      ).map(\.name.key)
    }
  }

  /// Returns false where the author was there already.
  func add(_ author: String) async throws -> Bool {
    let name = try KeyName(author, on: .trust, in: namespace)
    let known = try await authors
    guard !known.contains(where: { $0.utf8.elementsEqual(author.utf8) }) else { return false }
    guard known.count < Self.maximumCount else {
      throw LociError(
        .conflict, "\(known.count) authors are trusted; more are not possible.",
        remedy: "Distrust one of them.")
    }
    try await memory.records.setKeyValue(
      name, to: "true", at: memory.surroundings.now(), expecting: .anything)
    return true
  }

  /// Returns false where the author was not there.
  func remove(_ author: String) async throws -> Bool {
    let name = try KeyName(author, on: .trust, in: namespace)
    guard try await memory.records.keyValue(name) != nil else { return false }
    try await memory.records.setKeyValue(
      name, to: nil, at: memory.surroundings.now(), expecting: .anything)
    return true
  }
}
