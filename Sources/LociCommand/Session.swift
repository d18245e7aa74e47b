import Foundation
import Loci

/// What a verb works with: what was asked, where answers go, and the memory.
package struct Session: Sendable {
  let arguments: Arguments
  let console: Console
  let environment: [String: String]

  func memory(store: URL? = nil) async throws -> Memory {
    throw LociError(.unsupported, "TODO")
  }

  func namespace() async throws -> MemoryNamespace {
    try await memory().namespace("default")
  }

  func embedder() async throws -> any Embedder { try await memory().embedder }

  /// The mode that was asked for.
  func mode() throws -> RecallMode {
    arguments.value("mode").flatMap(RecallMode.init) ?? .hybrid
  }

  /// The text of an argument; `-` stands for what comes on the standard input.
  func text(_ argument: String) throws -> String {
    argument == "-" ? try InputFile.standard.text() : argument
  }

  /// The id in an argument, by default the first.
  func recordID(_ text: String? = nil) throws -> RecordID {
    do {
      return try RecordID(text ?? arguments.positionals[0])
    } catch {
      throw UsageError(error.message, remedy: "`loci list` shows the ids.")
    }
  }

  /// Shows what became of a text.
  func show(_ remembered: Remembered) throws {
    var state = "embedded"
    var reason: String?
    switch remembered.projection {
    case .embedded(let isTruncated):
      if isTruncated {
        state = "truncated"
        console.note("The text is longer than the model reads; its end is found by words only.")
      }
    case .unchanged: break
    case .pending(let error):
      state = "pending"
      let report = ErrorReport(error)
      reason = report.message
      console.note("Stored, but not yet found by meaning: " + report.text(asJSON: false))
      console.note("`loci backfill` makes up for it.")
    }
    try console.show(
      [
        "record": remembered.record.json, "projection": .string(state),
        "reason": JSON(reason, JSON.string),
      ],
      remembered.record.id.text)
  }
}
struct TodoTokenizer {
  func ids(of: String) -> [Int32] { [] }
  struct E { var ids: [Int32] = [] }
  func encode(_ s: String, maximumTokens: Int) -> E { E() }
}
extension Session { func tokenizer() async throws -> TodoTokenizer { TodoTokenizer() } }
