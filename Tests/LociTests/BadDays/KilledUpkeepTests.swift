import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

@Suite("Upkeep that is killed") struct KilledUpkeepTests {
  private static let episodeCount = 6
  private static let turnCount = 70

  private func open(_ store: URL) async throws -> Memory {
    let database = try await SQLiteDatabase.open(at: store)
    return Memory(records: database.records, vectors: database.vectors) { BagOfWordsEmbedder() }
  }

  @Test(
    "It goes on with the next run: every episode is whole, and is put away in the end",
    .timeLimit(.minutes(5)))
  func killed() async throws {
    let folder = try TemporaryFolder()
    let store = folder.file("memory.sqlite")
    let memory = try await open(store)
    let ada = try memory.namespace("writer")
    for number in 0..<Self.episodeCount {
      let id = try RecordID("episode-\(number)")
      try await ada.episodes.begin("Episode \(number)", id: id)
      try await ada.episodes.add(
        (0..<Self.turnCount).map { NewTurn("said \($0)") }, to: id)
    }
    await memory.close()
    var runs = 0
    // Each run is killed a little later, until one comes to its end.
    while true {
      let process = try UpkeepProcess(store, days: 200, in: folder)
      try await process.waitForFirstWord()
      let patience = ContinuousClock.now + .milliseconds(60 * runs)
      while process.isRunning, ContinuousClock.now < patience {
        try await Task.sleep(for: .milliseconds(1))
      }
      let finished = process.kill()
      runs += 1
      let memory = try await open(store)
      let ada = try memory.namespace("writer")
      #expect(try await ada.verify().isWhole)
      #expect(
        try await ada.count(where: Filter(statuses: nil))
          == Self.episodeCount * (Self.turnCount + 1))
      let archived = try await ada.episodes.list(.archived)
      for episode in archived {
        var active = Filter()
        active.whole = episode.id
        #expect(try await ada.count(where: active) == 0)
      }
      if finished {
        #expect(archived.count == Self.episodeCount)
        break
      }
    }
    #expect(runs > 1, "No run was killed.")
  }
}

/// A second process that does upkeep, by a clock that is ahead, until it is done or killed.
private final class UpkeepProcess {
  private let process = Process()
  private let output: URL

  init(_ store: URL, days: Int, in folder: TemporaryFolder) throws {
    let bundle = try #require(Bundle.main.executableURL)
    process.executableURL = bundle.deletingLastPathComponent().appending(path: "LociTestWriter")
    process.arguments = ["upkeep", store.path, String(days)]
    output = folder.file("upkeep.log")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
  }

  var isRunning: Bool { process.isRunning }

  /// Waits until it has begun.
  func waitForFirstWord() async throws {
    while try Data(contentsOf: output).isEmpty, process.isRunning {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// kill −9, and wait until it is gone; returns whether it had come to its end before.
  func kill() -> Bool {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .exit && process.terminationStatus == 0
  }
}
