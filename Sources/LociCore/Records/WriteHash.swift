/// The SHA-256 over what a shared record says, who says it and for whom: what a store writes into
/// the record's metadata whenever it writes the record, whatever its caller gives there.
///
/// Each field is preceded by its length in bytes and a colon, so that no two can run into each
/// other: id, text, category (empty where there is none), importance, author (empty where there is
/// none), audience, and the time of creation in milliseconds since 1970.
package enum WriteHash {
  /// Where it stands in the metadata.
  package static let key = "write_hash"

  /// The hash in hexadecimal.
  package static func text(of record: Record) -> String {
    Hexadecimal.text(SHA256.digest(fields: fields(of: record)))
  }

  fileprivate static func fields(of record: Record) -> [String] {
    [
      record.id.text, record.text, record.category?.name ?? "", "\(record.importance)",
      record.author ?? "", record.audience.rawValue, "\(record.createdAt.millisecondsSince1970)",
    ]
  }

  /// Whether a shared record is what was written; true for any other one.
  package static func holds(for record: Record) -> Bool {
    !record.isShared || record.metadata.value(ofExactly: key) == .string(text(of: record))
  }
}

extension Record {
  /// The SHA-256 in hexadecimal over the fields of a write hash joined without separators, as
  /// Boternity made it: for comparing with what was written there. Different records may have the
  /// same one, since where a field ends is not in it; no store relies on it.
  public var joinedWriteHash: String {
    Hexadecimal.text(SHA256.digest(Array(WriteHash.fields(of: self).joined().utf8)))
  }

  /// Whether it is a memory that its author shares with others.
  package var isShared: Bool { namespace == .shared && collection == .shared }

  /// The record as a store writes it.
  package var withWriteHash: Record {
    guard isShared else { return self }
    var record = self
    record.metadata[WriteHash.key] = .string(WriteHash.text(of: self))
    return record
  }
}
