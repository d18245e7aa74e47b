import Foundation
import Loci
import LociWire

extension Console {
  /// Shows what became of a text: the id on stdout, on stderr what is left to do.
  func show(_ remembered: Remembered) throws {
    noteWhatIsLeft(remembered)
    try show(remembered.json, remembered.record.id.text)
  }

  /// The same, and on stderr the record that says the same, if one was found.
  func show(_ answer: RememberAnswer) throws {
    if let duplicate = answer.once?.duplicate, let action = answer.once?.action {
      let measure =
        duplicate.similarity.map {
          " at similarity \(Format.number(Double($0.value), decimals: 3))"
        }
        ?? ""
      note(
        Printable.message(
          "\(action.rawValue.capitalized): \(duplicate.record.id) says the same\(measure)."))
    }
    noteWhatIsLeft(answer.remembered)
    try show(answer.json, answer.remembered.record.id.text)
  }

  /// The new record's id on stdout.
  func show(_ supersession: Supersession) throws {
    noteWhatIsLeft(supersession.new)
    try show(supersession.json, supersession.new.record.id.text)
  }

  private func noteWhatIsLeft(_ remembered: Remembered) {
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
  }
}
