public import Foundation

/// An earlier text of a record, kept when a change put another one in its place.
public struct RecordVersion: Hashable, Sendable, Codable {
  /// The record's namespace.
  public let namespace: Namespace
  /// The record's id.
  public let id: RecordID
  /// Its place among the record's versions, from 1 on.
  public let number: Int
  /// The text.
  public let text: String
  /// Since when the text was known, in whole milliseconds: since the version before ended, else
  /// since the record was known.
  public let knownFrom: Date
  /// When the text was replaced, in whole milliseconds; not before ``knownFrom``.
  public let knownUntil: Date
  /// Who replaced it, where that was said.
  public let actor: String?

  /// Makes a version.
  public init(
    namespace: Namespace, id: RecordID, number: Int, text: String, knownFrom: Date,
    knownUntil: Date, actor: String?
  ) {
    self.namespace = namespace
    self.id = id
    self.number = number
    self.text = text
    self.knownFrom = knownFrom.wholeMilliseconds
    self.knownUntil = knownUntil.wholeMilliseconds
    self.actor = actor
  }
}

extension RecordVersion {
  /// What a change leaves of a record's text, the same in every store; nil where the text stays as
  /// it is.
  ///
  /// - Parameters:
  ///   - last: The newest version that there is.
  ///   - actor: Who makes the change.
  package init?(
    of old: Record, replacedBy new: Record, after last: RecordVersion?, actor: String?,
    at time: Date
  ) {
    guard old.contentHash != new.contentHash else { return nil }
    // A clock may go backwards, or a record say that it is known from a later time.
    let start = last?.knownUntil ?? min(old.knownFrom ?? old.createdAt, time)
    self.init(
      namespace: old.namespace, id: old.id, number: (last?.number ?? 0) + 1, text: old.text,
      knownFrom: start, knownUntil: max(start, time), actor: actor)
  }

  /// The SHA-256 over every field, byte for byte.
  package var fingerprint: [UInt8] {
    SHA256.digest(fields: [
      namespace.name, id.text, "\(number)", text, "\(knownFrom.millisecondsSince1970)",
      "\(knownUntil.millisecondsSince1970)", actor.map { "+" + $0 } ?? "-",
    ])
  }
}
