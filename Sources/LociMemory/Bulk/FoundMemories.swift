package import LociCore

/// What one place of a file holds: something to remember, or why it can't be.
package enum FoundMemory: Sendable {
  /// Something to remember.
  case memory(NewMemory)
  /// The place, and what is wrong there; no text of the file's.
  case unusable(LociError)
}

/// Reads what a file holds, one by one.
package protocol MemoryFile {
  /// The next one; nil at the end.
  ///
  /// - Throws: Where it can't go on.
  mutating func next() throws -> FoundMemory?
}

/// The memories of a file as a sequence, without what is unusable.
package struct FoundMemories<File: MemoryFile>: AsyncSequence, AsyncIteratorProtocol {
  package typealias Element = NewMemory
  private var file: File
  private let reject: (LociError) -> Void

  /// - Parameter reject: Told of what is unusable.
  package init(_ file: File, reject: @escaping (LociError) -> Void) {
    (self.file, self.reject) = (file, reject)
  }

  package func makeAsyncIterator() -> Self { self }

  package mutating func next() async throws -> NewMemory? {
    while let found = try file.next() {
      switch found {
      case .memory(let memory): return memory
      case .unusable(let error): reject(error)
      }
    }
    return nil
  }
}
