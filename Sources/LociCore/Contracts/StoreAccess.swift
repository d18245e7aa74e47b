/// What a store is opened for.
public enum StoreAccess: Hashable, Sendable {
  /// To read what is there. Nothing is made: no file, no folder, no schema, no table; a missing
  /// store is ``LociError/Code/notFound``.
  ///
  /// A store of an older schema is brought up to date all the same, where it can be written; and
  /// what is written through such a store counts as in any other.
  case reading
  /// To read and to write. A missing store is made.
  case writing
}

extension LociError {
  /// A store that is to be read, and is not there.
  package static func noStore(at place: String) -> LociError {
    LociError(
      .notFound, "There is no store at \(place).",
      remedy: "Check the path; `loci remember` and `loci ingest` make a store.")
  }
}
