import LociCore

/// Folds hits that say nearly the same into the best of them, which names the others.
///
/// A memory holds many copies: a file in two folders, a fact that was remembered again. Each of
/// them would take a place in the answer and say nothing new.
struct Copies {
  /// How many of its copies a hit names.
  static let maximumNamed = 20
  /// Among how many of the best hits those are looked for that are not the same word by word.
  static let maximumCompared = 100

  private var hits: [Recall.Hit] = []
  private var places: [UInt64: Int] = [:]
  private var compared: [(text: ComparableText, place: Int)] = []

  /// The hits without copies of better ones, in their order.
  ///
  /// Complexity: O(text) for the same words; O(k²) comparisons of the k = ``maximumCompared`` best
  /// where they are long.
  static func folded(_ hits: [Recall.Hit]) -> [Recall.Hit] {
    var copies = Copies()
    for hit in hits { copies.append(hit) }
    return copies.hits
  }

  private mutating func append(_ hit: Recall.Hit) {
    guard let text = hit.comparableText else { return hits.append(hit) }
    if let place = place(of: text) {
      hits[place].take(hit)
    } else {
      places[text.key] = hits.count
      if compared.count < Self.maximumCompared { compared.append((text, hits.count)) }
      hits.append(hit)
    }
  }

  private func place(of text: ComparableText) -> Int? {
    places[text.key] ?? compared.first { $0.text.isNearlySame(as: text) }?.place
  }
}

extension Recall.Hit {
  /// What it says; nil for the whole of a piece, of which more is to be said than the piece.
  fileprivate var comparableText: ComparableText? {
    whole == nil || whole == record.id ? ComparableText(record.text) : nil
  }

  fileprivate mutating func take(_ copy: Recall.Hit) {
    copyCount += 1 + copy.copyCount
    copies += ([copy.record.id] + copy.copies).prefix(Copies.maximumNamed - copies.count)
  }
}
