import Foundation
import LociCore

/// The default: how well a record fits the question, whatever its age, access or importance.
///
///     own   = 0.7 · cosine + 0.3 · words
///     score = own + 0.4 · the best own of its whole
///
/// Hits are ordered by the score; their relevance is the probability that goes with it; see
/// `Calibration`. It is a sum of scores, and not of ranks: a leg that knows nothing adds nothing.
/// `words` is what the words' index says of the record, with a share of its neighbours' in its
/// whole, over the best such of the search. A record that is no part of a whole is a whole.
///
/// Where the question has joined words, such as an address or a version, and a candidate holds
/// them, how it spells them counts: each step of ``LexicalMatch/Spelling`` is worth 3 where half of
/// the question is joined words, which is more than all the rest can differ by, and .1 where it
/// names them among much else; by meaning alone, always 3, since a model knows nothing of them.
///
/// Where the question names a time, records of that time gain a little, those near it less; see
/// ``AskedTimes``. What is not so any more gives way to what is, and what another candidate has
/// replaced stands behind it, whatever else is said for it.
///
/// The constants hold on chats between people, dialogues with an assistant, and abstracts;
/// docs/quality.md says what each term gives.
public struct StandardPolicy: ScoringPolicy {
  private static let name = "standard"

  /// What the cosine counts.
  static let meaningWeight = 0.7
  /// What the words count.
  static let wordsWeight = 0.3
  /// What the best part of the own whole counts.
  static let wholeWeight = 0.4
  /// What the neighbours' words count, the one before and the one after: an answer follows its
  /// question.
  static let (beforeWeight, afterWeight) = (0.5, 0.25)
  /// Up to so many words, a text takes its neighbours' share in full; a longer one stands for
  /// itself, and takes less the longer it is.
  static let neighbouredLength = 64.0
  /// The share of the question, by its words' weights, that the best record must hold for words to
  /// count in full. Where the best one holds next to nothing, nobody knows by words.
  static let knowingCoverage = 0.5
  /// The cosine that a perfect match by words is taken to have where it can't be compared: such as
  /// a text whose vector is still to come.
  static let assumedSimilarity = 0.5
  /// The standard deviation of an unrelated question's cosines with the parts of one text, as seen
  /// on conversations.
  static let partSpread = 0.05
  /// Of a whole, what its second best piece counts, and what its words do.
  static let (secondWeight, wholeWordsWeight) = (0.3, 0.2)
  private static let wholePart = "whole"
  /// What each step of spelling counts where the question is about what is spelled, and where it
  /// only names it.
  static let (spellingStep, namedStep) = (3.0, 0.1)
  /// The share of the question's telling words from which on it is about what it spells.
  static let aboutShare = 0.5
  /// What the closer look's cosine counts, as much as the first look's own.
  static let closeWeight = 0.7

  /// Makes the policy.
  public init() {}

  /// Yes.
  public var prefersAskedTimes: Bool { true }

  /// 10.
  public var neighbouredCount: Int { 10 }
  /// 0.001: on judged data, no question that was answered had a best hit below three times that; a
  /// record that holds every word of the question, and was not read to its end by the model, has
  /// more.
  public var leastRelevance: Double { 0.001 }
  /// 0.1, where questions about something else are told apart best.
  public var likelyRelevance: Double? { 0.1 }
  /// They are.
  public var foldsCopies: Bool { true }

  /// The sum of what the policy says and the closer look's cosines, which know nothing of a
  /// record's neighbours and its whole.
  public func combined(coarse: [Double], close: [Double]) -> [Double] {
    zip(coarse, close).map { $0 + Self.closeWeight * $1 }
  }

  /// Scores every candidate. Complexity: O(n).
  public func judge(_ candidates: [Candidate], in search: SearchContext) -> [Verdict] {
    let shares = WordShares(candidates)
    let own = candidates.map { candidate in
      Self.own(candidate, words: shares.share(of: candidate), in: search)
    }
    let wholes = Self.best(own.map(\.value), of: candidates)
    let scores = zip(candidates, own).map { candidate, own in
      var parts = own.parts
      let best = candidate.record.whole.flatMap { wholes[$0] } ?? own.value
      parts.append(
        Explanation(Self.wholePart, best, of: "best part", weight: Self.wholeWeight))
      if let spelling = candidate.evidence.spelling {
        parts.append(
          Explanation(
            "spelling", Double(spelling.rawValue), of: "\(spelling)",
            weight: Self.spellingWeight(in: search)))
      }
      return Explanation("score", sumOf: parts + Self.timeParts(of: candidate, in: search))
    }
    return zip(candidates, Self.inSuccession(scores, candidates)).map { candidate, score in
      if let minimum = search.minimumSimilarity,
        !candidate.evidence.isRelevant(minimum: minimum)
      {
        return .dropped("less similar than \(minimum.value), and without the question's words")
      }
      return Self.verdict(score, .pieces(search.mode))
    }
  }

  private static func spellingWeight(in search: SearchContext) -> Double {
    let isAboutIt = search.identifierShare >= aboutShare || search.mode == .semantic
    return isAboutIt ? spellingStep : namedStep
  }

  /// The probability that goes with a score.
  private static func verdict(_ score: Explanation, _ calibration: Calibration) -> Verdict {
    let probability = calibration.probability(score.value)
    return .relevant(Relevance(probability, policy: name), score)
  }

  /// Scores wholes by their two best pieces, and by the words that all pieces hold together:
  ///
  ///     pieces = best own + 0.3 · second own
  ///     score = 0.8 · pieces + 0.2 · words / the best words · the best pieces
  ///
  /// Complexity: O(pieces).
  public func judge(wholes: [FoundWhole], in search: SearchContext) -> [Verdict] {
    let shares = wholes.map { whole in
      let own = whole.pieces.map { Self.own(of: $0.hit.explanation) }.sorted(by: >)
      let words = whole.pieces.reduce(into: LexicalMatch.Coverage()) {
        $0 = $0.union($1.candidate.evidence.coverage)
      }
      return (
        pieces: own[0] + (own.count > 1 ? Self.secondWeight * own[1] : 0), words: words.weight
      )
    }
    let best = (
      pieces: shares.lazy.map(\.pieces).max() ?? 0, words: shares.lazy.map(\.words).max() ?? 0
    )
    return zip(wholes, shares).map { whole, share in
      let words = best.words > 0 ? best.pieces * share.words / best.words : 0
      let score = Explanation(
        "score",
        sumOf: [
          Explanation(
            "pieces", share.pieces, of: "best and second", weight: 1 - Self.wholeWordsWeight),
          Explanation("words", words, of: "share of the best", weight: Self.wholeWordsWeight),
        ])
      return Self.verdict(score, .wholes(search.mode))
    }
  }

  /// A piece's score without what its whole gave it.
  private static func own(of explanation: Explanation) -> Double {
    explanation.parts.lazy.filter { $0.name != wholePart }.reduce(0) { $0 + $1.value }
  }

  /// What a candidate says by itself and with its neighbours.
  private static func own(
    _ candidate: Candidate, words: WordShares.Share, in search: SearchContext
  ) -> Explanation {
    var parts: [Explanation] = []
    if let similarity = candidate.evidence.similarity {
      let whole = Double(similarity.value)
      let part = candidate.evidence.parts.map(Self.similarity) ?? -.infinity
      parts.append(
        part > whole
          ? Explanation("meaning", part, of: "cosine of a part", weight: meaningWeight)
          : Explanation("meaning", whole, of: "cosine", weight: meaningWeight))
    } else if search.mode != .lexical {
      parts.append(
        Explanation(
          "meaning, by its words", words.own, of: "words",
          weight: meaningWeight * assumedSimilarity))
    }
    parts.append(Explanation("words", words.own, of: "share of the best", weight: wordsWeight))
    if words.neighbours > 0 {
      parts.append(
        Explanation(
          "neighbours", words.neighbours, of: "their share, by length", weight: wordsWeight))
    }
    return Explanation(name, sumOf: parts)
  }

  /// What the nearest part of a long text says: its cosine, less what the largest of so many has by
  /// chance, √(2 ln n) standard deviations.
  private static func similarity(of parts: Evidence.PartSimilarity) -> Double {
    Double(parts.nearest.value) - partSpread * (2 * log(Double(parts.count))).squareRoot()
  }

  /// The best of each whole.
  private static func best(_ values: [Double], of candidates: [Candidate]) -> [RecordID: Double] {
    zip(candidates, values).reduce(into: [:]) { best, found in
      guard let whole = found.0.record.whole else { return }
      best[whole] = max(best[whole] ?? -.infinity, found.1)
    }
  }
}

/// What candidates hold of the question's words, as shares of what the best one holds.
struct WordShares {
  struct Share {
    var own = 0.0
    /// What its neighbours add.
    var neighbours = 0.0
  }

  private let scale: Double
  private var scores: [Place: Double] = [:]

  init(_ candidates: [Candidate]) {
    let best = candidates.lazy.compactMap(\.evidence.words).max() ?? 0
    let coverage = candidates.lazy.map(\.evidence.coverage.weight).max() ?? 0
    scale = best > 0 ? min(1, coverage / StandardPolicy.knowingCoverage) / best : 0
    for candidate in candidates {
      guard let words = candidate.evidence.words, let place = candidate.record.place else {
        continue
      }
      scores[place] = max(words, scores[place] ?? 0)
    }
  }

  func share(of candidate: Candidate) -> Share {
    var share = Share(own: scale * (candidate.evidence.words ?? 0))
    guard let place = candidate.record.place else { return share }
    let before = place.moved(by: -1).flatMap { scores[$0] } ?? 0
    let after = place.moved(by: 1).flatMap { scores[$0] } ?? 0
    guard before > 0 || after > 0 else { return share }
    let length = Double(candidate.record.text.wordCount(upTo: 10_000))
    share.neighbours =
      scale * min(1, StandardPolicy.neighbouredLength / max(1, length))
      * (StandardPolicy.beforeWeight * before + StandardPolicy.afterWeight * after)
    return share
  }
}

extension String {
  /// How many words it has, parted by what is neither letter nor digit; no more than a bound are
  /// counted. Complexity: O(n).
  fileprivate func wordCount(upTo bound: Int) -> Int {
    var (count, isInWord) = (0, false)
    for scalar in unicodeScalars {
      let isWord = Segmenter.isWord(scalar)
      if isWord && !isInWord {
        count += 1
        if count == bound { return count }
      }
      isInWord = isWord
    }
    return count
  }
}

extension ScoringPolicy where Self == StandardPolicy {
  /// The default.
  public static var standard: StandardPolicy { StandardPolicy() }
}
