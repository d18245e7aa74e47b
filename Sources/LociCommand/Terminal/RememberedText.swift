import Loci
import LociWire

extension Console {
  /// Shows what became of a text: the id on stdout, on stderr what is left to do.
  func show(_ remembered: Remembered) throws {
    switch remembered.projection {
    case .embedded(isTruncated: true):
      note("The text is longer than the model reads: its end is found by words only.")
    case .embedded(isTruncated: false), .unchanged: break
    case .pending(let error):
      Self.report("Stored, but not found by meaning yet. " + ErrorReport(error).sentence)
      Self.report("`loci backfill` makes up for it.")
    case .unreadable:
      note("The model knows next to none of the text's words: it is found by words only.")
    }
    try show(remembered.json, remembered.record.id.text)
  }
}
