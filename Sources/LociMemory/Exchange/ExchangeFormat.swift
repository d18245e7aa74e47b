import LociCore

/// What an export is made of; docs/formats/export.md says it for others.
enum ExchangeFormat {
  /// The version that is written, and the only one that is read.
  static let version = 1
  /// What comes between the first line and the last, in this order.
  static let sections: [any ExchangeSection.Type] = [
    RecordSection.self, KeyValueSection.self, AuditSection.self, VectorSection.self,
  ]
  /// The kind of the first line.
  static let head = "export"
  /// The kind of the last line.
  static let end = "end"

  /// The first line: what an export is, and how much of a memory.
  struct Head: Codable {
    let version: Int
    let namespaces: [Namespace]?
    let vectors: Bool?

    init(_ options: ExportOptions) {
      version = ExchangeFormat.version
      namespaces = options.namespaces?.sorted()
      vectors = options.includesVectors
    }
  }

  /// The last line: without it an export was cut short.
  struct End: Codable {
    /// The lines before it.
    let lines: Int
  }
}
