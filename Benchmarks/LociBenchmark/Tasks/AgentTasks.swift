import Foundation
import Loci
import LociCore

/// What bots do beside remembering and recalling: looking for duplicates, sharing, verifying.
/// Vectors come from a workload and not from a model, whose time would hide the rest.
enum AgentTasks {
  private static let authors = 1000
  private static let trusted = 100

  /// Stores texts one by one among many, plainly and after a look for duplicates, in turns.
  static func duplicates(in folder: URL, count: Int) async throws -> Answer {
    let memory = try await open(in: folder)
    var words = WordSource(seed: Workload().seed)
    var bot = try memory.bot("ada")
    bot.rules.duplicates.resolution = .store
    try await fill(bot.memories, count, from: &words)
    var (plain, checked) = (Times(), Times())
    for round in 0..<min(300, count) {
      let texts = [words.text(tokens: 20) + " \(round)", words.text(tokens: 20) + " x\(round)"]
      try await plain.measure { _ = try await bot.memories.remember(texts[0], category: .fact) }
      try await checked.measure { _ = try await bot.remember(texts[1], category: .fact) }
    }
    var answer = Answer()
    (answer["plain_ms"], answer["checked_ms"]) = (plain.median, checked.median)
    return answer
  }

  /// Recalls among a bot's own memories and as many that others share, and among all of these in
  /// one namespace, in turns.
  static func sharing(in folder: URL, count: Int) async throws -> Answer {
    let memory = try await open(in: folder)
    var words = WordSource(seed: Workload().seed)
    let (ada, all) = (try memory.bot("ada"), try memory.namespace("all"))
    let texts = (0..<count).map { "\($0): " + words.text(tokens: 20) }
    let audiences: [Record.Audience] = [.everyone, .trusting, .author]
    let shared = texts[(count / 2)...].enumerated().map { number, text in
      var memory = NewMemory(text, collection: .shared, author: "author\(number % authors)")
      memory.audience = audiences[number / authors % audiences.count]
      return memory
    }
    try await store(texts.map { NewMemory($0) }, in: all)
    try await store(texts[..<(count / 2)].map { NewMemory($0, author: "ada") }, in: ada.memories)
    try await store(shared, in: memory[.shared])
    for number in 0..<trusted { try await ada.trust("author\(number * 7 % authors)") }
    var (plain, both) = (Times(), Times())
    for round in 0..<(count < 10_000 ? 20 : 200) {
      let question = words.text(tokens: 9)
      let found = try await plain.measure { try await all.recall(question, leastRelevance: 0) }
      let united = try await both.measure { try await ada.recall(question, leastRelevance: 0) }
      if round == 0, found.hits.isEmpty || united.hits.isEmpty {
        throw Failure("A recall found nothing.")
      }
    }
    var answer = Answer()
    (answer["plain_ms"], answer["shared_ms"]) = (plain.median, both.median)
    return answer
  }

  /// Verifies a namespace's audit log, alone and with all records beside it.
  static func verify(in folder: URL, count: Int) async throws -> Answer {
    let memory = try await open(in: folder)
    var words = WordSource(seed: Workload().seed)
    let namespace = try memory.namespace("bench")
    try await fill(namespace, count, from: &words)
    let one = try await namespace.list(limit: 1).map(\.id)
    var (chain, whole) = (Times(), Times())
    for _ in 0..<3 {
      let lines = try await chain.measure { try await namespace.verify(record: one.first) }
      let report = try await whole.measure { try await namespace.verify() }
      guard lines.isWhole, report.isWhole, report.lineCount == count else {
        throw Failure("The log is not whole.")
      }
    }
    var answer = Answer()
    answer["lines_per_second"] = Double(count) / (chain.median / 1000)
    answer["with_records_per_second"] = Double(count) / (whole.median / 1000)
    return answer
  }

  /// Processes that write to one store at once, some of them sharing, some forgetting; then what
  /// must hold is looked at.
  static func crowd(in folder: URL, processes: Int, writes: Int) async throws -> Answer {
    _ = try await open(in: folder).namespaces()
    var times = Times()
    try times.measure {
      let running = try (0..<processes).map { number in
        let process = Process()
        process.executableURL = Programs.benchmark
        process.arguments = ["task", "crowd-member", folder.path, "\(number)", "\(writes)"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
      }
      for process in running {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure("A writer failed.") }
      }
    }
    let memory = try await open(in: folder)
    let crowd = try memory.namespace("bot:crowd")
    let kept = try await crowd.count()
    let expected = processes * (writes - writes / 10)
    guard kept == expected else { throw Failure("\(kept) of \(expected) records are there.") }
    let bot = try memory.bot("crowd")
    let shared = try await memory[.shared].count(where: Filter(statuses: nil))
    let tries = processes * (writes / 10)
    guard shared == min(bot.rules.maximumShared, tries) else {
      throw Failure("\(shared) records are shared; the cap is \(bot.rules.maximumShared).")
    }
    for namespace in [crowd, memory[.shared]] {
      guard try await namespace.verify().isWhole else { throw Failure("A chain is broken.") }
    }
    var answer = Answer()
    answer["seconds"] = times.median / 1000
    answer["shared"] = Double(shared)
    return answer
  }

  /// One of the crowd: of ten memories it forgets one and shares one.
  static func member(in folder: URL, number: Int, writes: Int) async throws -> Answer {
    let memory = try await open(in: folder)
    let bot = try memory.bot("crowd")
    for write in 0..<writes {
      let id = try RecordID("\(number)-\(write)")
      try await bot.memories.remember(NewMemory("fact \(write) of \(number)", id: id))
      if write % 10 == 3 { try await bot.memories.forget([id]) }
      guard write % 10 == 7 else { continue }
      do {
        try await bot.share(id)
      } catch let error as LociError where error.code == .conflict {
        continue  // As many are shared as may be.
      }
    }
    await memory.close()
    return Answer()
  }

  // MARK: Stores

  private static func open(in folder: URL) async throws -> Loci.Memory {
    var configuration = Configuration()
    configuration.storePath = CommandTasks.store(in: folder).path
    configuration.isOffline = true
    return try await Loci.Memory.open(
      configuration, embedder: WorkloadEmbedder(), environment: [:])
  }

  private static func fill(
    _ namespace: MemoryNamespace, _ count: Int, from words: inout WordSource
  ) async throws {
    let memories = (0..<count).map { NewMemory("\($0): " + words.text(tokens: 20)) }
    try await store(memories, in: namespace)
  }

  private static func store(_ memories: [NewMemory], in namespace: MemoryNamespace) async throws {
    for start in stride(from: 0, to: memories.count, by: 2000) {
      _ = try await namespace.remember(
        Array(memories[start..<min(start + 2000, memories.count)]))
    }
  }
}

/// Gives each text a vector of the workload, so that texts are as near to each other as texts on
/// a number of subjects are.
private struct WorkloadEmbedder: Embedder {
  private let workload = Workload()

  let space = EmbeddingSpace(
    provider: "benchmark", model: "workload", revision: "1", dimension: SearchData.dimension,
    pooling: .mean, maximumTokens: 256)

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    try texts.map { text in
      let place = text.utf8.reduce(UInt64(5381)) { ($0 &* 33) ^ UInt64($1) } >> 2
      let vector = role == .query ? workload.query(Int(place)) : workload.passage(Int(place))
      return Embedding(
        vector: try UnitVector(normalizing: vector), tokenCount: 20, isTruncated: false)
    }
  }

  func tokenCount(of text: String) throws -> Int { 20 }
}
