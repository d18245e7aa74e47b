package import Foundation
package import Loci
import Synchronization

/// Vectors of one space that were made in earlier runs, in a file of their owner's alone, so that
/// measuring once more takes seconds.
///
/// It holds hashes and vectors, no texts. Each entry has a checksum: what is damaged counts as not
/// there. One process writes at a time; others read what was there when they began. Where the file
/// would grow beyond its bound, it is begun anew.
package final class EmbeddingCache: Sendable {
  /// The most bytes of the file, by default half a gibibyte: some 330,000 vectors of 384
  /// components.
  package static let standardMaximumBytes = 512 << 20

  private let dimension: Int
  private let maximumBytes: Int
  private let descriptor: Int32
  private let isWritable: Bool
  private let state: Mutex<State>

  private struct State {
    /// The entries' numbers by what was embedded.
    var places: [ContentHash: Int] = [:]
    var count = 0
  }

  /// Opens the cache of a space, and makes it where there is none.
  ///
  /// Complexity: one pass over the file.
  /// - Throws: ``LociError/Code/io``, ``LociError/Code/readOnly`` or ``LociError/Code/diskFull``
  ///   where the file can be neither made nor read.
  package init(
    _ space: EmbeddingSpace, in folder: URL,
    maximumBytes: Int = EmbeddingCache.standardMaximumBytes
  ) throws(LociError) {
    dimension = space.dimension
    self.maximumBytes = maximumBytes
    let path = folder.appending(path: space.key + ".vectors").path
    try PrivateFiles.makeFolder(folder.path)
    try PrivateFiles.makeFile(path)
    try PrivateFiles.closeToOthers(path)
    descriptor = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    state = Mutex(State())
    guard descriptor >= 0 else {
      isWritable = false
      throw Self.failure(errno)
    }
    isWritable = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    load()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// How many vectors there are.
  package var count: Int { state.withLock(\.places.count) }

  /// The embedding of what was embedded before; nil where it is not there, or damaged.
  package func embedding(of hash: ContentHash) -> Embedding? {
    guard let place = state.withLock({ $0.places[hash] }) else { return nil }
    let bytes = read(at: CachedEmbedding.offset(of: place, dimension), entrySize)
    return CachedEmbedding(bytes, dimension: dimension).flatMap { entry in
      entry.hash == hash ? entry.embedding : nil
    }
  }

  /// Keeps embeddings by what they are of. What can't be written is made again another time.
  package func add(_ embeddings: [(hash: ContentHash, embedding: Embedding)]) {
    guard isWritable, !embeddings.isEmpty else { return }
    state.withLock { state in
      let bytes = embeddings.flatMap {
        CachedEmbedding(hash: $0.hash, embedding: $0.embedding).bytes
      }
      let end = CachedEmbedding.offset(of: state.count, dimension)
      if end + bytes.count > maximumBytes {
        guard CachedEmbedding.offset(of: 0, dimension) + bytes.count <= maximumBytes, begin()
        else { return }
        state = State()
      }
      guard write(bytes, at: CachedEmbedding.offset(of: state.count, dimension)) else { return }
      for (hash, _) in embeddings {
        state.places[hash] = state.count
        state.count += 1
      }
    }
  }

  // MARK: The file

  private var entrySize: Int { CachedEmbedding.size(dimension) }

  private func load() {
    let header = CachedEmbedding.header(dimension)
    guard read(at: 0, header.count) == header else {
      _ = isWritable && begin()
      return
    }
    state.withLock { state in
      let entriesARead = max(1, (1 << 20) / entrySize)
      while true {
        let bytes = read(
          at: CachedEmbedding.offset(of: state.count, dimension), entriesARead * entrySize)
        for entry in 0..<bytes.count / entrySize {
          let start = entry * entrySize
          if let hash = try? ContentHash(bytes: Array(bytes[start..<start + 32])) {
            state.places[hash] = state.count
          }
          state.count += 1
        }
        if bytes.count < entriesARead * entrySize { break }
      }
    }
  }

  /// Empties the file, but for what says what it is.
  private func begin() -> Bool {
    ftruncate(descriptor, 0) == 0 && write(CachedEmbedding.header(dimension), at: 0)
  }

  /// What is there of so many bytes.
  private func read(at offset: Int, _ size: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      while initialized < size {
        let count = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: initialized), size - initialized,
          off_t(offset + initialized))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        initialized += count
      }
    }
  }

  private func write(_ bytes: [UInt8], at offset: Int) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < bytes.count {
        let count = unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done,
          off_t(offset + done))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }

  private static func failure(_ code: Int32) -> LociError {
    LociError(
      FileError.code(code, .writing), "The cache of embeddings can't be opened.",
      remedy: "Use --no-cache.", detail: FileError.reason(code))
  }
}
