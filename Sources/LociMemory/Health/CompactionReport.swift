/// What compacting a memory gave back.
public struct CompactionReport: Hashable, Sendable {
  /// The bytes that the store of the records took before, where that is known.
  public let byteCountBefore: Int64?
  /// The bytes that it takes now, where that is known.
  public let byteCountAfter: Int64?
}
