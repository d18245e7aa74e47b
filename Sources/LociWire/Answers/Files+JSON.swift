package import LociCore
package import LociJSON
package import LociMemory

/// A page of ingested files.
package struct FilesAnswer: Sendable {
  /// The files.
  package let files: [IngestedFile]
  /// The last id of a full page, after which there may be more.
  package let next: RecordID?

  /// The page as JSON.
  package var json: JSON {
    ["files": .array(files.map(\.json)), "next": JSON(next?.text, JSON.string)]
  }
}

extension IngestedFile {
  /// The file and its versions as JSON.
  package var json: JSON {
    [
      "id": .string(id.text), "uri": .string(uri),
      "vanished_at": JSON(vanishedAt.map(WireFormat.time), JSON.string),
      "versions": .array(
        versions.map {
          [
            "number": .integer($0.number), "since": .string(WireFormat.time($0.since)),
            "bytes": .integer($0.byteCount), "hash": .string($0.contentHash.description),
            "kept": .bool($0.isKept),
          ]
        }),
    ]
  }
}
