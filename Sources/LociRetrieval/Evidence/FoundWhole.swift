public import LociCore

/// A whole, such as a file or an episode, of which pieces were found.
public struct FoundWhole: Sendable {
  /// The whole; for a record that is no part of one, the record itself.
  public let id: RecordID
  /// Its best piece.
  public let best: Recall.Hit
  /// Its pieces that are relevant, best first, with what the legs say of them.
  public private(set) var pieces: [(candidate: Candidate, hit: Recall.Hit)]

  /// Puts judged candidates together by their wholes, in the order of the best piece.
  /// Complexity: O(n).
  static func wholes(of pieces: [(candidate: Candidate, hit: Recall.Hit)]) -> [FoundWhole] {
    var wholes: [FoundWhole] = []
    var places: [RecordID: Int] = [:]
    for piece in pieces {
      let id = piece.hit.record.whole ?? piece.hit.record.id
      if let place = places[id] {
        wholes[place].pieces.append(piece)
      } else {
        places[id] = wholes.count
        wholes.append(FoundWhole(id: id, best: piece.hit, pieces: [piece]))
      }
    }
    return wholes
  }
}
