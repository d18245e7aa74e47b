import Loci

extension Console {
  /// Shows what became of a text: the id on stdout, on stderr what is left to do.
  func show(_ remembered: Remembered) throws {
    var state = "embedded"
    var reason: String?
    switch remembered.projection {
    case .embedded(isTruncated: true):
      state = "truncated"
      note("The text is longer than the model reads: its end is found by words only.")
    case .embedded(isTruncated: false), .unchanged: break
    case .pending(let error):
      state = "pending"
      let report = ErrorReport(error)
      reason = report.message
      note("Stored, but not found by meaning yet. " + report.sentence)
      note("`loci backfill` makes up for it.")
    case .unreadable:
      state = "unreadable"
      note("The model knows next to none of the text's words: it is found by words only.")
    }
    try show(
      [
        "record": remembered.record.json, "projection": .string(state),
        "reason": JSON(reason, JSON.string),
      ],
      remembered.record.id.text)
  }
}
