public import LociCore

/// What a record replaced, and what replaced it, as `supersedes` and `superseded_by` in their
/// metadata say: an id, or a list of ids.
public struct Lineage: Sendable {
  /// The record that was asked for.
  public let record: Record
  /// What it replaced, and what that replaced, the nearest first.
  public let earlier: [Record]
  /// What replaced it, and what replaced that, the nearest first.
  public let later: [Record]
}

extension Record {
  /// The records that this one replaced.
  public var supersededIDs: [RecordID] { ids(SupersessionKey.supersedes) }

  /// The records that replaced this one.
  public var successorIDs: [RecordID] { ids(SupersessionKey.supersededBy) }

  private func ids(_ key: String) -> [RecordID] {
    (metadata.value(ofExactly: key)?.elements ?? []).compactMap { value in
      if case .string(let text) = value { try? RecordID(text) } else { nil }
    }
  }
}

/// The names of the links in metadata; recall reads them, too.
enum SupersessionKey {
  static let supersedes = "supersedes"
  static let supersededBy = "superseded_by"
}
