/// The text that the writing test process stores under an id, so that a reader can tell whether it
/// is whole.
package enum WrittenText {
  /// What is written first of a text, where it is written in two steps: every third one is.
  package static func draft(of id: String) -> String? {
    let number = id.split(separator: "-").last.flatMap { Int($0) } ?? 0
    return number.isMultiple(of: 3) ? "draft of \(id)" : nil
  }

  /// Some hundred words that depend on the id.
  package static func text(of id: String) -> String {
    var generator = SeededGenerator(seed: UInt64(id.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let words = (0..<150).map { _ in
      String(UInt32.random(in: 0...9999, using: &generator), radix: 36)
    }
    return "note \(id) " + words.joined(separator: " ")
  }
}
