import LociCore

/// Those sources of a folder that are gone, each with what it held, to tell which of the new files
/// they are by now: a file that was moved or renamed keeps its records and their vectors.
struct MovedSources {
  private struct Gone {
    let uri: String
    let hashes: Set<ContentHash>
    var isFound = false
  }

  private var gone: [Gone] = []
  private var holders: [ContentHash: [Int]] = [:]

  /// So many sources are looked at for one chunk: a text that more of them hold tells little.
  private static let mostHolders = 100

  /// Adds a source that is gone.
  mutating func add(_ uri: String, holding records: [Record]) {
    let hashes = Set(records.map(\.contentHash))
    for hash in hashes { holders[hash, default: []].append(gone.count) }
    gone.append(Gone(uri: uri, hashes: hashes))
  }

  /// The source that a new file with these chunks was; nil where none of those that are left holds
  /// the larger part of them. Each is found once.
  ///
  /// - Complexity: O(chunks).
  mutating func source(of uri: String, holding chunks: [Chunk]) -> String? {
    guard !gone.isEmpty else { return nil }
    let hashes = Set(chunks.map { ContentHash(of: $0.text) })
    var shared: [Int: Int] = [:]
    for hash in hashes {
      while let last = holders[hash]?.last, gone[last].isFound { holders[hash]?.removeLast() }
      for index in (holders[hash] ?? []).suffix(Self.mostHolders) where !gone[index].isFound {
        shared[index, default: 0] += 1
      }
    }
    let alike = shared.filter { index, count in
      count * 2 > max(hashes.count, gone[index].hashes.count)
    }
    let best = alike.max { left, right in
      if left.value != right.value { return left.value < right.value }
      let ends = [left.key, right.key].map { Self.sharedEnd(uri, gone[$0].uri) }
      return ends[0] != ends[1] ? ends[0] < ends[1] : left.key > right.key
    }
    guard let best else { return nil }
    gone[best.key].isFound = true
    return gone[best.key].uri
  }

  /// How many bytes two paths have in common at their end: of equal files, the one of the same
  /// name is meant.
  private static func sharedEnd(_ left: String, _ right: String) -> Int {
    zip(left.utf8.reversed(), right.utf8.reversed()).prefix { $0 == $1 }.count
  }
}
