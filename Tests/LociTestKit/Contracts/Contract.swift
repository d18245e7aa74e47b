import LociCore

/// One promise of a protocol, to be tested on every implementation.
///
/// A test target runs a whole suite in one parameterised test:
///
///     @Test("The vector store keeps its contract", arguments: VectorStoreContract.all)
///     func contract(_ promise: Promise<any VectorStore>) async throws {
///       let folder = try TemporaryFolder()
///       try await promise.check { try await MyStore(at: folder.url) }
///     }
package struct Promise<Store>: Sendable, CustomStringConvertible {
  /// Opens the same storage; a second call is a restart, or a second handle.
  package typealias Opener = @Sendable () async throws -> Store

  /// The promise as a sentence.
  package let description: String
  /// Throws ``BrokenPromise`` where the store does not keep it. The storage must be empty at first.
  package let check: @Sendable (Opener) async throws -> Void

  init(_ description: String, _ check: @escaping @Sendable (Opener) async throws -> Void) {
    self.description = description
    self.check = check
  }
}

/// What a store did, and what it had promised.
package struct BrokenPromise: Error, CustomStringConvertible {
  package let description: String
}

/// Throws where two values differ.
func expect<T: Equatable>(
  _ actual: T, _ expected: T, _ what: String, file: String = #fileID, line: Int = #line
) throws {
  guard actual != expected else { return }
  throw BrokenPromise(description: "\(what): \(actual) instead of \(expected) (\(file):\(line))")
}

/// Throws unless the work throws an error of the code.
func expect(
  _ code: LociError.Code, file: String = #fileID, line: Int = #line,
  from work: () async throws -> Void
) async throws {
  do {
    try await work()
  } catch let error as LociError where error.code == code {
    return
  } catch {
    throw BrokenPromise(description: "\(error) instead of \(code) (\(file):\(line))")
  }
  throw BrokenPromise(description: "no error instead of \(code) (\(file):\(line))")
}
