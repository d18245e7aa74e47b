package import LociCore

/// Looks at what a memory needs besides its parts: files of its own, engines.
package protocol Examiner: Sendable {
  /// What is found.
  func checks(of open: OpenParts) async -> [HealthCheck]
  /// Puts right what it can, before vectors are repaired.
  func repair() throws
}

/// The parts of a memory that an ``Examiner`` may ask.
package struct OpenParts: Sendable {
  /// The name of the backend that serves; nil where that can't be told.
  package let backend: String?
  /// The vectors that live in the store of the records.
  package let own: (any VectorStore)?
  /// The vectors that are searched, opened when they are asked for.
  package let serving: @Sendable () async throws -> any VectorStore

  package init(
    backend: String?, own: (any VectorStore)?,
    serving: @escaping @Sendable () async throws -> any VectorStore
  ) {
    self.backend = backend
    self.own = own
    self.serving = serving
  }
}
