package import LociCore

extension RecordStore {
  /// Changes what some notes say, whoever else changes notes meanwhile; returns what they say then.
  ///
  /// - Parameters:
  ///   - read: What the notes say.
  ///   - write: Writes it into them, over what they said before.
  ///   - change: Called again where somebody else was faster; what it throws ends the attempt.
  package func updateNotes<State: Equatable>(
    reading read: (StoreNotes) throws -> State,
    writing write: (State, inout StoreNotes, _ before: State) throws -> Void,
    _ change: (inout State) throws -> Void
  ) async throws -> State {
    while true {
      try Task.checkCancellation()
      let notes = try await notes()
      let before = try read(notes)
      var state = before
      try change(&state)
      if state == before { return state }
      var new = notes
      try write(state, &new, before)
      do {
        try await setNotes(new, replacing: notes)
        return state
      } catch let error as LociError where error.code == .conflict {
        continue
      }
    }
  }
}
