public import Foundation

/// The approximate index that ``LanceVectorStore/rebuildIndex(in:)`` builds.
public enum LanceIndexKind: String, Hashable, Sendable, CaseIterable {
  /// Inverted lists of one-bit codes: quick to build, small.
  case ivfRQ = "ivf_rq"
  /// Inverted lists of graphs over 8-bit codes: quick to search, slower to build.
  case ivfHNSWSQ = "ivf_hnsw_sq"
  /// Inverted lists of product-quantised codes: slow to build.
  case ivfPQ = "ivf_pq"
}

/// Where a LanceDB store is, and how it is run.
public struct LanceSettings: Hashable, Sendable {
  /// A folder's path, or an object store's address such as `s3://bucket/prefix`.
  public var location: String
  /// The folder that holds LanceDB's Python packages and `python3`, as `Scripts/setup lancedb`
  /// makes it: `engines/lancedb/0.40.0`.
  public var engine: URL
  /// What ``LanceVectorStore/rebuildIndex(in:)`` builds.
  public var index: LanceIndexKind
  /// What the object store needs (endpoint, region, keys), in LanceDB's words. The `AWS_*`
  /// variables of the environment count as well.
  public var storageOptions: [String: String]
  /// How long a call may take; building an index and compacting may take 120 times as long.
  public var requestTimeout: Duration
  /// How long versions of a table that were replaced stay readable for searches under way, in this
  /// process and others. Compacting gives back the room of older ones only.
  public var oldVersionsKept: Duration

  /// Makes settings.
  public init(
    location: String, engine: URL, index: LanceIndexKind = .ivfRQ,
    storageOptions: [String: String] = [:], requestTimeout: Duration = .seconds(30),
    oldVersionsKept: Duration = .seconds(60)
  ) {
    self.location = location
    self.engine = engine
    self.index = index
    self.storageOptions = storageOptions
    self.requestTimeout = requestTimeout
    self.oldVersionsKept = oldVersionsKept
  }

  /// Whether the location is a folder of this machine.
  var isLocal: Bool { !location.contains("://") }
}
