public import Foundation
public import LociCore

/// A file, or another source, as it was ingested: its address, and what it said at which time.
public struct IngestedFile: Identifiable, Hashable, Sendable {
  /// What its chunks have as ``Record/whole``; it stays where the file is moved.
  public let id: RecordID
  /// Its address, as in ``Record/Source/uri``.
  public internal(set) var uri: String
  /// What it said, oldest first; the last is what its chunks are of.
  public internal(set) var versions: [FileVersion]
  /// Since when it has been gone from its folder; nil while it is there.
  public internal(set) var vanishedAt: Date?
}

/// What a file said from some time on.
public struct FileVersion: Hashable, Sendable {
  /// Its place among the file's versions, from 1 on; those before it may be gone.
  public let number: Int
  /// The SHA-256 of its text.
  public let contentHash: ContentHash
  /// The UTF-8 bytes of its text.
  public let byteCount: Int
  /// When it was ingested, in whole milliseconds.
  public let since: Date
  /// Where its text is; nil where it is not kept.
  var place: Place?

  /// Whether the text can be had.
  public var isKept: Bool { place != nil }

  struct Place: Hashable, Sendable, Codable {
    /// What the keys of its parts have in common.
    let name: String
    let parts: Int
  }
}

/// How much is kept of what files said earlier.
public struct FileLimits: Hashable, Sendable {
  /// The most earlier versions of a file whose texts are kept beside the present one; 0 keeps no
  /// texts.
  public var versions: Int
  /// The most bytes of texts that are kept of a file; the oldest go first.
  public var bytes: Int

  /// Makes limits.
  public init(versions: Int = Self.defaultVersions, bytes: Int = Self.defaultBytes) {
    (self.versions, self.bytes) = (versions, bytes)
  }

  /// Ten earlier versions.
  public static let defaultVersions = 10
  /// 64 MiB.
  public static let defaultBytes = 64 << 20

  /// Whether a text is kept.
  func keeps(_ byteCount: Int) -> Bool { versions > 0 && byteCount <= bytes }
}

extension IngestedFile {
  /// The id of a file that chunks are parts of: the first 32 hexadecimal digits of the SHA-256 of
  /// namespace and address.
  ///
  /// - Parameter occurrence: Another one for each file that was first seen at the address, since
  ///   those that moved away keep theirs.
  static func id(
    _ namespace: Namespace, _ uri: String, occurrence: Int = 0
  ) throws(LociError) -> RecordID {
    let fields = [namespace.name, uri] + (occurrence == 0 ? [] : [String(occurrence)])
    return try RecordID(Hexadecimal.text(SHA256.digest(fields: fields).prefix(16)))
  }

  /// Leaves out the oldest versions beyond the limits, and returns where their texts are.
  mutating func prune(to limits: FileLimits) -> [FileVersion.Place] {
    var dropped = versions.dropLast(1 + limits.versions)
    versions.removeFirst(dropped.count)
    var room = limits.bytes
    for index in versions.indices.reversed() {
      guard versions[index].isKept else { continue }
      room -= versions[index].byteCount
      guard room < 0, index + 1 < versions.count else { continue }
      dropped += versions[...index]
      versions.removeSubrange(...index)
      break
    }
    return dropped.compactMap(\.place)
  }
}

/// How a file lies under its key.
struct FileNote: Codable {
  let uri: String
  let vanishedAt: Int64?
  let versions: [Version]

  struct Version: Codable {
    let number: Int
    /// 64 hexadecimal digits.
    let hash: String
    let bytes: Int
    let since: Int64
    let place: FileVersion.Place?
  }

  private enum CodingKeys: String, CodingKey {
    case uri, versions
    case vanishedAt = "vanished_at"
  }

  init(_ file: IngestedFile) {
    uri = file.uri
    vanishedAt = file.vanishedAt?.millisecondsSince1970
    versions = file.versions.map {
      Version(
        number: $0.number, hash: $0.contentHash.description, bytes: $0.byteCount,
        since: $0.since.millisecondsSince1970, place: $0.place)
    }
  }

  /// The note on one line; the same file is always the same text.
  var line: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// Reads what is kept under a key.
  ///
  /// - Throws: ``LociError/Code/corrupt`` for what is no note.
  static func file(_ value: KeyValue) throws -> IngestedFile {
    guard let note = try? JSONDecoder().decode(Self.self, from: Data(value.value.utf8)) else {
      throw LociError(
        .corrupt, "What is kept of an ingested file can't be read.",
        remedy: "Forget the file, and ingest it again.")
    }
    return IngestedFile(
      id: try RecordID(value.name.key), uri: note.uri,
      versions: try note.versions.map {
        FileVersion(
          number: $0.number,
          contentHash: try ContentHash(bytes: Hexadecimal.bytes($0.hash) ?? []),
          byteCount: $0.bytes,
          since: Date(millisecondsSince1970: $0.since), place: $0.place)
      }, vanishedAt: note.vanishedAt.map(Date.init(millisecondsSince1970:)))
  }
}
