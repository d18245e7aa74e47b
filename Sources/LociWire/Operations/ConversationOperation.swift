package import Foundation
package import LociAgents
package import LociCore
import LociJSON
package import LociMemory

/// What was said: a line of a conversation.
package struct TurnLine: Parameterized {
  package static let name = "turn"
  package static let summary = "something that was said or done in an episode"

  /// The text.
  package var text = ""
  /// Who said it.
  package var speaker: String?
  /// When.
  package var time: Date?
  /// The record's id.
  package var id: RecordID?
  /// How much it matters.
  package var importance = 3
  /// What else is said about it.
  package var metadata = WireMetadata([:])

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("text", \.text, "What was said.", isRequired: true),
    Parameter("speaker", \.speaker, "Who said it.", kind: .text("NAME")),
    Parameter("time", \.time, "When it was said."),
    Parameter("turn", \.id, "The id of what was said; by default a new one."),
    Parameter("importance", \.importance, "How much it matters.", kind: .integer(1...5)),
    Parameter("metadata", \.metadata, "What is said about it, by key."),
  ]

  var turn: NewTurn {
    NewTurn(
      text, by: speaker, at: time, id: id, importance: importance, metadata: metadata.values)
  }

  /// Throws where no turn can be made of it.
  fileprivate func validate() throws(LociError) {
    try NewMemory(
      text, id: id, importance: importance, metadata: metadata.values
    ).validate()
  }
}

/// Takes in a conversation, one turn a line.
package struct IngestConversationOperation: NamespaceOperation {
  package static let name = "episode_ingest"
  package static let summary = "take in a conversation, one JSON object a line"
  package static let access = StoreAccess.writing

  /// The file.
  package var path = ""
  /// The episode; nil is the one that the first line names.
  package var id: RecordID?
  /// What it is about, where it is begun.
  package var description: String?
  /// The conversation's name, where it is begun.
  package var session: String?
  /// When a new segment begins, as the one who offers the operation has configured it.
  package var rules = EpisodeRules()
  /// Whether the lines come on the standard input in place of a file.
  package var readsStandardInput = false
  /// Told of each line that can't be used.
  package var reject: @Sendable (LociError) -> Void = { _ in }
  /// Told how far it is.
  package var progress: @Sendable (ConversationReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter(
      "path", \.path, "The file; each line has a text, and may have a speaker and a time.",
      isRequired: true, kind: .text("FILE")),
    Parameter(
      "id", \.id,
      "The episode, begun where it is not there; by default the one that the first "
        + "line names."),
    Parameter(
      "description", \.description,
      "What it is about, where it is begun; by default the beginning of the first line."),
    Parameter(
      "session", \.session, "The conversation's name, where the episode is begun.",
      kind: .text("NAME")),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> ConversationAnswer {
    let file = readsStandardInput ? .standard : try InputFile(path: path)
    let rejected = RejectionCount()
    let lines = ConversationLines(file) { error in
      rejected.add()
      reject(error)
    }
    let report = try await namespace.episodes(rules).add(
      from: lines, to: id, description: description, session: session, progress: progress)
    return ConversationAnswer(
      report: report, rejectedCount: rejected.value, now: namespace.memory.surroundings.now())
  }
}

/// The turns of a file, without the lines that can't be used.
private struct ConversationLines: AsyncSequence, AsyncIteratorProtocol {
  typealias Element = NewTurn
  private let lines: LineReader
  private let reject: (LociError) -> Void

  /// The most bytes of a line: no turn is longer than what a store takes at once.
  private static let maximumBytes = 16 << 20

  init(_ file: InputFile, reject: @escaping (LociError) -> Void) {
    lines = LineReader(file, maximumBytes: Self.maximumBytes)
    self.reject = reject
  }

  func makeAsyncIterator() -> Self { self }

  mutating func next() async throws -> NewTurn? {
    while let line = try lines.next() {
      do throws(LociError) {
        let json = try JSON(reading: Array(line.text.utf8), named: "It", maximumBytes: .max)
        let turn = try TurnLine(json)
        try turn.validate()
        return turn.turn
      } catch {
        reject(LociError(error.code, "Line \(line.number): \(error.message)", remedy: error.remedy))
      }
    }
    return nil
  }
}
