import LociMemory
import LociSimulation
import LociTestKit

/// A way to move, and what it is called in the journal.
private enum Move: Sendable, CustomStringConvertible {
  case vectors(VectorSide)
  case records(String)
  case back

  /// What it did; nil where only an unfinished move was given up.
  func perform(on memory: Memory) async throws -> Outcome? {
    switch self {
    case .vectors(let side): return .vectors(try await memory.migrate(to: side))
    case .records(let store): return .records(try await memory.migrate(toStore: store))
    case .back:
      switch try await memory.rollBack() {
      case .givenUp: return nil
      case .vectors(let report): return .vectors(report)
      case .records(let report): return .records(report)
      }
    }
  }

  enum Outcome {
    case vectors(MigrationReport)
    case records(RecordMoveReport)
  }

  var description: String {
    switch self {
    case .vectors(let side): "move the vectors to \(side)"
    case .records(let store): "move everything to \(store)"
    case .back: "roll back"
    }
  }
}

/// Everything that a move of records must keep as it is.
private struct Contents: Equatable {
  var records: [Record] = []
  var versions: [RecordVersion] = []
  var log: [LoggedChange] = []
}

extension Simulation {
  /// Moves vectors to another backend or model, or everything to another store, or back.
  mutating func move() async throws {
    guard scenario.reach != .fixed else { return try await fsck() }
    if generator.happens(0.1) { return try await rehearse() }
    let (move, memory) = (try await drawMove(), memory)
    let before = try await (calmly { try await memory.servingSide }, contents())
    journal.note("\(move)")
    let outcome = try await attempt { try await move.perform(on: memory) } ?? nil
    guard disk.crashCount == life else { return model.embedded = [] }
    let side = try await calmly { try await memory.servingSide }
    journal.note("  \(side) serves")
    guard try await contents() == before.1 else {
      throw Violation("records or their log changed by moving")
    }
    switch outcome {
    case .vectors(let report) where report.from != report.to:
      try await checkAgreement(pendingCount: report.changes.pending)
    case nil where side != before.0: model.embedded = []
    case .vectors, .records, nil: break
    }
  }

  /// Moves while others write and ask, and now and then dies on the way.
  mutating func moveAmidWrites() async throws {
    guard scenario.reach != .fixed else { return try await writeAtOnce() }
    let (move, memory) = (try await drawMove(), memory)
    journal.note("\(move), meanwhile:")
    async let moved: Void = Self.perform(move, on: memory)
    try await writeAtOnce()
    try await moved
    if !scenario.isCalm || disk.crashCount != life { model.embedded = [] }
  }

  private static func perform(_ move: Move, on memory: Memory) async throws {
    do {
      _ = try await move.perform(on: memory)
    } catch is LociError {
      // As may be where stores or models fail.
    } catch {
      throw Violation("a move threw \(error), which is no LociError")
    }
  }

  /// The configuration names a backend or a location, or none any more.
  mutating func toggle() async throws {
    let backends = [nil] + (try await reachableBackends()).map(Optional.some)
    let wanted = Pin(
      backend: backends.randomElement(using: &generator) ?? nil,
      location: Self.locations.randomElement(using: &generator) ?? nil)
    guard scenario.reach == .vectors, wanted != pinned else { return try await fsck() }
    pinned = wanted
    journal.note("toggle to \(wanted)")
    // What can't be brought over now is found by words until it is.
    if !scenario.rules.isEmpty { model.embedded = [] }
    waitForDeadMovers()
    try await reopen()
  }

  /// Where nothing fails, everything can be moved anywhere, twice, and comes back as it was.
  mutating func moveThereAndBack() async throws {
    let home = try await memory.servingSide
    let before = (try await servedVectors(), try await contents())
    for backend in try await reachableBackends() where backend != home.backend {
      try await moveCalmly(.vectors(VectorSide(backend: backend, model: home.model)))
    }
    if let model = Self.models.first(where: { $0 != home.model }) {
      try await moveCalmly(.vectors(VectorSide(backend: home.backend, model: model)))
    }
    try await moveCalmly(.vectors(home))
    if scenario.reach == .records {
      let store = try await storeName()
      for next in Self.stores.filter({ $0 != store }) + [store] {
        try await moveCalmly(.records(next))
      }
    }
    guard try await contents() == before.1 else { throw Violation("records changed by moving") }
    guard try await servedVectors() == before.0 else {
      throw Violation("vectors changed by moving away and back")
    }
  }

  private mutating func moveCalmly(_ move: Move) async throws {
    journal.note("settle: \(move)")
    do {
      _ = try await move.perform(on: memory)
    } catch let error as LociError where error.code == .conflict {
      // A move to another side was cut off; it is given up.
      _ = try await memory.rollBack()
      _ = try await move.perform(on: memory)
    }
    if case .vectors(let side) = move, try await memory.servingSide != side {
      throw Violation("\(side) does not serve after a move")
    }
    try await checkRecords()
    try await checkAgreement(pendingCount: 0)
  }

  private mutating func rehearse() async throws {
    let move = try await drawMove()
    journal.note("\(move), dry run")
    let before = (try await allVectors(), try await contents())
    let memory = memory
    switch move {
    case .vectors(let side):
      _ = try await attempt { try await memory.migrate(to: side, isDryRun: true) }
    case .records(let store):
      _ = try await attempt { try await memory.migrate(toStore: store, isDryRun: true) }
    case .back: break
    }
    guard try await (allVectors(), contents()) == before else {
      throw Violation("a dry run changed something")
    }
  }

  private mutating func drawMove() async throws -> Move {
    if generator.happens(0.2) { return .back }
    if scenario.reach == .records && generator.happens(0.6) {
      return .records(Self.stores.randomElement(using: &generator) ?? Self.stores[0])
    }
    let backends = try await reachableBackends()
    let backend = backends.randomElement(using: &generator) ?? backends[0]
    let location = Self.locations.randomElement(using: &generator) ?? nil
    return .vectors(
      VectorSide(
        backend: backend, location: backend == Self.backends[2] ? location : nil,
        model: generator.happens(0.7)
          ? Self.models[0] : Self.models.randomElement(using: &generator) ?? Self.models[0]))
  }

  private func contents() async throws -> Contents {
    try await calmly {
      let records = try await records()
      var contents = Contents(log: try await records.auditLog(after: 0, limit: 100_000))
      for namespace in namespaces {
        let found = try await records.list(
          where: Scope(namespace: namespace, statuses: nil), after: nil, limit: 10_000)
        contents.records += found
        contents.versions += try await records.versions(of: found.map(\.id), in: namespace)
      }
      return contents
    }
  }

  /// Without their times: a side that served before kept vectors that were made at another one.
  private func servedVectors() async throws -> [VectorEntry] {
    let (vectors, embedder) = try await serving()
    var entries = try await entries(of: vectors, in: embedder.space)
    for index in entries.indices { entries[index].embeddedAt = nil }
    return entries
  }

  private func allVectors() async throws -> [VectorEntry] {
    try await calmly {
      var all: [VectorEntry] = []
      for vectors in Self.backends.flatMap({ backend in
        Self.locations.map { vectors(of: backend, in: $0) }
      }) {
        for space in try await vectors.spaces() { all += try await entries(of: vectors, in: space) }
      }
      return all
    }
  }

  private func entries(
    of vectors: SimulatedVectorStore, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    var entries: [VectorEntry] = []
    for namespace in namespaces {
      entries += try await vectors.scan(namespace, in: space, after: nil, limit: 10_000)
    }
    return entries
  }

  /// A mover that died is believed to live until its lease is over.
  func waitForDeadMovers() { clock.advance(milliseconds: 60_000) }
}
