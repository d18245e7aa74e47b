public import LociCore

/// What goes into an export.
public struct ExportOptions: Hashable, Sendable {
  /// Only these namespaces; nil for all of them.
  public var namespaces: Set<Namespace>?
  /// Whether vectors go along, so that whoever takes the export in embeds nothing.
  public var includesVectors: Bool

  /// Makes options; by default everything but vectors.
  ///
  /// ```swift
  /// let options = ExportOptions(includesVectors: true)
  /// ```
  public init(namespaces: Set<Namespace>? = nil, includesVectors: Bool = false) {
    self.namespaces = namespaces
    self.includesVectors = includesVectors
  }
}

/// What an export holds so far.
public struct ExportReport: Hashable, Sendable {
  /// Its lines.
  public internal(set) var lineCount = 0
  /// Its lines by kind, such as `record`.
  public internal(set) var counts: [String: Int] = [:]
  /// Its bytes.
  public internal(set) var byteCount = 0
}
