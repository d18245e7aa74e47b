import Foundation
import Loci
import LociSQLite
import LociTestKit

/// Writes to a memory until it is killed, and says on its standard output what was acknowledged:
/// `add ID` and `erase ID`, a line each, after the call returned.
///
/// Usage: LociTestWriter FILE PREFIX SEED COUNT [FOLDER], or LociTestWriter upkeep FILE DAYS, which
/// does upkeep of episodes by a clock that is so many days ahead.
///
/// With a folder, that is where the memory's vectors are to lie.
@main
struct LociTestWriter {
  static func main() async throws {
    let words = CommandLine.arguments
    if ["make", "examine"].contains(words.dropFirst().first) {
      return try await Examiner.run(Array(words.dropFirst()))
    }
    if words.count == 4, words[1] == "upkeep", let days = Double(words[3]) {
      return try await keepUp(URL(filePath: words[2]), days)
    }
    guard 5...6 ~= words.count, let seed = UInt64(words[3]), let count = Int(words[4]) else {
      FileHandle.standardError.write(
        Data("usage: LociTestWriter FILE PREFIX SEED COUNT [FOLDER]\n".utf8))
      exit(2)
    }
    let memory = try await WrittenMemory.open(
      URL(filePath: words[1]), vectorsIn: words.count == 6 ? words[5] : nil)
    try await write(
      to: memory.namespace("writer"), prefix: words[2], count: count,
      generator: SeededGenerator(seed: seed))
  }

  private static func write(
    to namespace: MemoryNamespace, prefix: String, count: Int, generator: SeededGenerator
  ) async throws {
    var generator = generator
    var living: [RecordID] = []
    for index in 0..<count {
      let id = try RecordID("\(prefix)-\(index)")
      if let draft = WrittenText.draft(of: id.text) {
        try await namespace.remember(draft, id: id)
      }
      try await namespace.remember(WrittenText.text(of: id.text), id: id)
      living.append(id)
      say("add \(id)")
      if living.count > 5, Int.random(in: 0..<4, using: &generator) == 0 {
        let erased = living.remove(at: Int.random(in: 0..<living.count, using: &generator))
        say("erasing \(erased)")
        try await namespace.forget([erased])
        say("erase \(erased)")
      }
    }
  }

  private static func keepUp(_ store: URL, _ days: Double) async throws {
    var surroundings = Surroundings()
    let system = surroundings.now
    surroundings.now = { system() + days * 86_400 }
    let database = try await SQLiteDatabase.open(at: store)
    let memory = Memory(
      records: database.records, vectors: database.vectors, surroundings: surroundings
    ) { BagOfWordsEmbedder() }
    try await memory.upkeep(UpkeepRules(steps: [.retention, .archive, .decay])) {
      say("\($0.rawValue)")
    }
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
