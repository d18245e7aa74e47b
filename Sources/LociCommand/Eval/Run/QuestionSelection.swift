import Loci

/// Which questions are asked: what constants were fitted to is measured apart from the rest.
package struct QuestionSelection: Sendable {
  /// Numbers that are odd, or even.
  package enum Parity: String, Sendable, CaseIterable {
    /// 1, 3, 5…
    case odd
    /// 2, 4, 6…
    case even
  }

  /// The names of collections that are left out.
  package var leftOut: Set<String> = []
  /// The names of the only collections that are asked; empty is all.
  package var only: Set<String> = []
  /// Which numbers; nil is all.
  package var parity: Parity?

  /// Makes a selection of all questions.
  package init() {}

  /// Whether a collection is a part of it.
  func keeps(_ collection: JudgedCollection) -> Bool {
    !leftOut.contains(collection.name) && (only.isEmpty || only.contains(collection.name))
  }

  /// The questions of a collection that are asked. A question's number is its id, or where that is
  /// no number, its place in the collection from 1.
  func questions(of collection: JudgedCollection) -> [JudgedCollection.Question] {
    guard let parity else { return collection.questions }
    return collection.questions.enumerated().filter { place, question in
      let number = Numeral.integer(question.id) ?? place + 1
      return number.isMultiple(of: 2) == (parity == .even)
    }.map(\.element)
  }
}
