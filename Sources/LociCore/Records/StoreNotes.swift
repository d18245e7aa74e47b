/// The name of a small value that a record store keeps beside its records.
public struct StoreNote: Hashable, Sendable {
  /// The name; 1 to 64 ASCII letters.
  public let name: String

  private init(_ name: String) { self.name = name }

  /// Where vectors are, and where they are moving to.
  public static let placement = StoreNote("placement")
  /// Where the records have moved to. While it is set, the store takes no change.
  public static let seal = StoreNote("seal")
  /// What was done of upkeep, and who is at it.
  public static let upkeep = StoreNote("upkeep")

  /// Every note.
  public static let all = [placement, seal, upkeep]

  /// The note of a name; nil for one that a newer Loci may know.
  package static func named(_ name: String) -> StoreNote? { all.first { $0.name == name } }
}

/// The notes of a record store: read together and changed together, since they speak of each other.
public struct StoreNotes: Hashable, Sendable {
  private var texts: [StoreNote: ExactText] = [:]

  /// No notes, as beside a new store.
  public init() {}

  /// A note's text; nil where it was never set.
  public subscript(name: StoreNote) -> String? {
    get { texts[name]?.text }
    set { texts[name] = newValue.map(ExactText.init) }
  }

  /// The notes in which these are not the other ones.
  package func changed(from other: StoreNotes) -> [StoreNote] {
    StoreNote.all.filter { texts[$0] != other.texts[$0] }
  }

  /// Throws ``LociError/Code/conflict`` where the notes are not what their writer takes them for.
  package func require(toBe expected: StoreNotes) throws(LociError) {
    guard let name = changed(from: expected).first?.name else { return }
    throw LociError(
      .conflict, "The store's note \"\(name)\" was changed by somebody else meanwhile.",
      remedy: "Try again.")
  }

  /// Throws ``LociError/Code/moved`` where a store's ``StoreNote/seal`` is set.
  package static func requireUnsealed(_ seal: String?) throws(LociError) {
    guard let seal else { return }
    throw LociError(
      .moved, "The records have moved to \(seal); this store takes no changes any more.",
      remedy: "Set store.backend to \(seal), or move back with `loci migrate --rollback`.")
  }
}
