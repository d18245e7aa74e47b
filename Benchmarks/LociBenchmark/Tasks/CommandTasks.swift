import Foundation
import LociCore
import LociEmbedding
import LociSQLite

/// The `loci` command as a whole process.
enum CommandTasks {
  /// Makes a store of many short records with vectors in the default model's space.
  static func records(in folder: URL, count: Int) async throws -> Answer {
    let space = try await ModelLibrary().resolve().space
    let database = try await SQLiteDatabase.open(at: store(in: folder))
    let namespace = try Namespace("bench")
    let workload = Workload(dimension: space.dimension)
    var words = WordSource(seed: workload.seed)
    let start = ContinuousClock.now
    try await database.vectors.ensure(space)
    for page in stride(from: 0, to: count, by: 5000) {
      let records = try (page..<min(page + 5000, count)).map { number in
        try Record(
          id: RecordID("\(number)"), namespace: namespace, text: words.text(tokens: 20),
          createdAt: Date())
      }
      try await database.records.apply(
        records.map { .upsert($0) }, in: namespace, actor: nil, at: Date())
      let entries = try records.enumerated().map { offset, record in
        let vector = try UnitVector(normalizing: workload.passage(page + offset))
        return VectorEntry(of: record, vector: vector)
      }
      try await database.vectors.upsert(entries, in: space)
    }
    var answer = Answer()
    answer["build_s"] = Times.milliseconds(since: start) / 1000
    return answer
  }

  /// The time of `loci recall` from start to answer.
  static func cold(in folder: URL, runs: Int) throws -> Answer {
    let recall = command(
      in: folder, ["recall", "river light and music at night", "--min-similarity", "none"])
    _ = try recall.output()  // brings the files into the page cache
    var times = Times()
    for _ in 0..<runs {
      let output = try times.measure { try recall.output() }
      guard !output.isEmpty else { throw Failure("loci recall found nothing.") }
    }
    var answer = Answer()
    answer["cold_ms"] = times.median
    answer["peak_mb"] = Memory.peakOfChildren()
    return answer
  }

  /// The time and peak memory of `loci ingest` of one text file.
  static func ingest(in folder: URL, bytes: Int) throws -> Answer {
    var words = WordSource(seed: Workload().seed)
    let file = folder.appending(path: "book.txt")
    try Data(words.document(bytes: bytes).utf8).write(to: file)
    var times = Times()
    _ = try times.measure { try command(in: folder, ["ingest", file.path]).output() }
    var answer = Answer()
    answer["seconds"] = times.median / 1000
    answer["peak_mb"] = Memory.peakOfChildren()
    return answer
  }

  static func store(in folder: URL) -> URL { folder.appending(path: "memory.sqlite") }

  private static func command(in folder: URL, _ arguments: [String]) -> Participant {
    Participant(
      executable: Programs.loci,
      arguments: arguments + ["--store", store(in: folder).path, "--namespace", "bench"])
  }
}
