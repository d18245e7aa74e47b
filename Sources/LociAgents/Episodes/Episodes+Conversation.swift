public import LociCore
import LociMemory

/// What became of a conversation, or has so far.
public struct ConversationReport: Sendable {
  /// The episode; nil where nothing was said.
  public internal(set) var episode: Episode?
  /// The turns that were added.
  public internal(set) var addedCount = 0
  /// The turns that were there already.
  public internal(set) var unchangedCount = 0
  /// How many are found by words alone until a backfill, because they could not be embedded.
  public internal(set) var pendingCount = 0
}

extension Episodes {
  /// Takes in a conversation as it comes, in bounded memory and small transactions.
  ///
  /// A run that was cut off goes on when it is started again, and a conversation that has grown is
  /// taken in from where it has: turns that are there already are passed over. A turn without an id
  /// gets one of what it says, who says it and when, so that the same said by the same at the same
  /// time is one turn; where no time is told, its place among the turns counts in its stead. The
  /// episode's id is made of the first turn, unless one is named.
  ///
  /// ```swift
  /// let said = AsyncStream { stream in
  ///   for line in page.split(separator: "\n") { stream.yield(NewTurn(String(line), by: "alice")) }
  ///   stream.finish()
  /// }
  /// let report = try await ada.episodes.add(from: said, description: "Planning the journey")
  /// print(report.addedCount, "added,", report.unchangedCount, "were there")
  /// ```
  /// - Parameters:
  ///   - turns: What was said, in order.
  ///   - id: The episode; begun where it is not there. Nil: the one that the first turn names.
  ///   - description: What it is about, where it is begun; nil takes the beginning of the first
  ///     turn.
  ///   - session: The conversation's name, where the episode is begun.
  ///   - progress: Called after each transaction.
  /// - Throws: As ``add(_:to:)``, and what `turns` throws; what was added before stays.
  @discardableResult
  public func add<Turns: AsyncSequence>(
    from turns: Turns, to id: RecordID? = nil, description: String? = nil, session: String? = nil,
    progress: @Sendable (ConversationReport) -> Void = { _ in }
  ) async throws -> ConversationReport where Turns.Element == NewTurn {
    var report = ConversationReport()
    var (batch, bytes, place, last) = ([NewTurn](), 0, 0, Record?.none)
    var target = id
    var iterator = turns.makeAsyncIterator()
    var next = try await iterator.next()
    while let turn = next {
      let episode: RecordID
      if let target {
        episode = target
      } else {
        episode = try Self.conversationID(beginningWith: turn)
        target = episode
      }
      if place == 0, try await get(episode) == nil {
        report.episode = try await begin(
          description ?? Self.excerpt(turn.text), id: episode, session: session, at: turn.time)
      }
      var named = turn
      if named.id == nil { named.id = try Self.turnID(of: turn, in: episode, place: place) }
      batch.append(named)
      bytes += turn.text.utf8.count
      place += 1
      next = try await iterator.next()
      guard batch.count == Self.recordsATransaction || bytes >= Self.batchBytes || next == nil
      else { continue }
      try Task.checkCancellation()
      let (added, end) = try await add(batch, to: episode, after: last)
      (batch, bytes, last) = ([], 0, end)
      report.episode = added.episode
      report.addedCount += added.turns.count
      report.unchangedCount += added.unchangedCount
      report.pendingCount += added.pendingCount
      progress(report)
    }
    return report
  }

  /// A transaction ends at so many bytes of text, too.
  private static var batchBytes: Int { 1 << 20 }
  /// So many characters of the first turn describe a conversation of which nothing is said.
  private static var excerptLength: Int { 200 }

  private static func excerpt(_ text: String) -> String {
    let trimmed = text.drop { $0.isWhitespace }
    return trimmed.count <= excerptLength
      ? String(trimmed) : String(trimmed.prefix(excerptLength)) + "…"
  }

  private static func conversationID(
    beginningWith turn: NewTurn
  ) throws(LociError) -> RecordID {
    try RecordID("episode-" + hash([turn.speaker ?? "", turn.text, moment(turn) ?? ""]))
  }

  private static func turnID(
    of turn: NewTurn, in episode: RecordID, place: Int
  ) throws(LociError) -> RecordID {
    try RecordID(
      "turn-" + hash([episode.text, turn.speaker ?? "", turn.text, moment(turn) ?? "#\(place)"]))
  }

  private static func moment(_ turn: NewTurn) -> String? {
    turn.time.map { String($0.millisecondsSince1970) }
  }

  private static func hash(_ fields: [String]) -> String {
    Hexadecimal.text(SHA256.digest(fields: fields).prefix(16))
  }
}
