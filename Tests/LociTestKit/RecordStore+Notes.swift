package import LociCore

/// One note at a time, as tests look at them.
extension RecordStore {
  /// A note; nil where it was never set.
  package func note(_ name: StoreNote) async throws -> String? { try await notes()[name] }

  /// Sets a note, or removes it; `conflict` where it is not what was expected.
  package func setNote(
    _ name: StoreNote, to value: String?, replacing expected: String?
  ) async throws {
    let before = try await notes()
    var (found, new) = (before, before)
    (found[name], new[name]) = (expected, value)
    try await setNotes(new, replacing: found)
  }
}
