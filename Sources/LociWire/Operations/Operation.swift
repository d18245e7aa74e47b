package import LociCore
package import LociMemory

/// Something that a namespace can be asked to do. The command, a server and MCP tools ask for it by
/// the same name, with the same parameters.
package protocol NamespaceOperation: Parameterized {
  /// What comes of it.
  associatedtype Answer: Sendable
  /// Whether it changes anything.
  static var access: StoreAccess { get }
  /// Does it; throws what the memory throws.
  func run(in namespace: MemoryNamespace) async throws -> Answer
}

extension NamespaceOperation {
  /// The record's id that the operation can't do without.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` where none was given.
  static func required(_ id: RecordID?) throws(LociError) -> RecordID {
    guard let id else { throw LociError(.invalidArgument, "\(name) needs a record's id.") }
    return id
  }
}

/// Something that a whole memory can be asked to do.
package protocol MemoryOperation: Parameterized {
  /// What comes of it.
  associatedtype Answer: Sendable
  /// Does it; throws what the memory throws.
  func run(in memory: Memory) async throws -> Answer
}
