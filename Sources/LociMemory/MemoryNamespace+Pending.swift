import LociCore

extension MemoryNamespace {
  /// What was remembered, or an error for the first of it that could not be embedded.
  func checked(_ remembered: [Remembered]) throws -> [Remembered] {
    guard !allowsPending else { return remembered }
    for one in remembered { _ = try checked(one) }
    return remembered
  }

  /// What was remembered, or an error where it could not be embedded.
  func checked(_ remembered: Remembered) throws -> Remembered {
    guard !allowsPending, case .pending(let reason) = remembered.projection else {
      return remembered
    }
    let cause = reason as? LociError ?? LociError(.engine, "\(reason)")
    throw LociError(
      cause.code, "The text is stored, but not found by meaning yet: \(cause.message)",
      remedy: [cause.remedy, "Then `loci backfill` or backfill() makes up for it."]
        .compactMap(\.self).joined(separator: " "),
      underlying: reason)
  }
}
