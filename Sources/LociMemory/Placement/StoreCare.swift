/// What a store can say and do about itself, besides keeping records.
package protocol StoreCare: Sendable {
  /// Where it is: a path or an address without secrets.
  var location: String { get }
  /// The engine's name and version.
  var engine: String { get async throws }
  /// How many bytes it takes, where that is known.
  var byteCount: Int64? { get async throws }
  /// What a full check finds wrong; empty where all is well.
  func problems() async throws -> [String]
  /// Makes the index of words anew where it is not as the records are.
  func repairWords() async throws
  /// Leaves no byte of what was deleted or replaced; see ``VectorStore/scrub()``.
  func scrub() async throws -> [String]
  /// Brings up to date what the engine knows of the contents, and merges the index of words, in
  /// small steps: nobody waits for it.
  func optimize() async throws
  /// The ending of a backup's name, such as `sqlite`.
  var backupEnding: String { get }
  /// Copies everything, as of one moment, into a file that is there and empty.
  func backUp(to path: String) async throws
}
