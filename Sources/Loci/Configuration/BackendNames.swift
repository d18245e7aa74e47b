/// Where records are kept, by its name in settings and notes. Those that there are stand with what
/// Loci knows of them, a file each, such as ``sqlite`` and ``postgres``.
public struct StoreBackend: Hashable, Sendable {
  /// The name, such as `sqlite`.
  public let rawValue: String

  init(_ name: String) { rawValue = name }
}

/// Where vectors are searched, by its name in settings and notes. Those that there are stand with
/// what Loci knows of them, a file each, such as ``native`` and ``lancedb``.
public struct VectorBackend: Hashable, Sendable {
  /// The name, such as `sqlite-vec`.
  public let rawValue: String

  init(_ name: String) { rawValue = name }
}
