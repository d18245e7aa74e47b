import Loci
import LociSimulation

extension Simulation {
  /// Moves the vectors to another backend or model, or back, or only says what that would do.
  mutating func move() async throws {
    guard scenario.canMove else { return try await fsck() }
    let side = drawSide()
    let memory = memory
    let before = try await calmly { try await memory.servingSide }
    var report: MigrationReport?
    switch Int.random(in: 0..<10, using: &generator) {
    case 0:
      journal.note("migrate to \(side), dry run")
      return try await rehearse(to: side)
    case 1...2:
      journal.note("roll back")
      if case .vectors(let moved)? = try await attempt({ try await memory.rollBack() }) {
        report = moved
      }
    default:
      journal.note("migrate to \(side)")
      report = try await attempt { try await memory.migrate(to: side) }
    }
    try await settleMove(from: before, report)
  }

  /// Moves while others write and ask, and now and then dies on the way.
  mutating func moveAmidWrites() async throws {
    guard scenario.canMove else { return try await writeAtOnce() }
    let side = drawSide()
    let memory = memory
    journal.note("migrate to \(side), meanwhile:")
    async let moved: Void = Self.migrate(memory, to: side)
    try await writeAtOnce()
    try await moved
    model.embedded = []
  }

  private static func migrate(_ memory: Memory, to side: VectorSide) async throws {
    do {
      try await memory.migrate(to: side)
    } catch is LociError {
      // As may be where stores or models fail.
    } catch {
      throw Violation("a move threw \(error), which is no LociError")
    }
  }

  /// The configuration names a backend, or none any more.
  mutating func toggle() async throws {
    let wanted = ([nil] + Self.backends.map(Optional.some)).randomElement(using: &generator)
    guard scenario.canMove, let wanted, wanted != pinnedBackend else { return try await fsck() }
    pinnedBackend = wanted
    journal.note("toggle to \(wanted ?? "whatever the memory says")")
    // What can't be brought over now is found by words until it is.
    if !scenario.rules.isEmpty { model.embedded = [] }
    waitForDeadMovers()
    try await reopen()
  }

  /// Where nothing fails, everything can be moved anywhere, twice, and comes back as it was.
  mutating func moveThereAndBack() async throws {
    let home = try await memory.servingSide
    let before = try await servedVectors()
    for backend in Self.backends where backend != home.backend {
      try await moveTo(VectorSide(backend: backend, model: home.model))
    }
    if let model = Self.models.first(where: { $0 != home.model }) {
      try await moveTo(VectorSide(backend: home.backend, model: model))
    }
    try await moveTo(home)
    guard try await servedVectors() == before else {
      throw Violation("records or vectors changed by moving away and back")
    }
  }

  private mutating func moveTo(_ side: VectorSide) async throws {
    journal.note("settle: migrate to \(side)")
    let report: MigrationReport
    do {
      report = try await memory.migrate(to: side)
    } catch let error as LociError where error.code == .conflict {
      // A move to another side was cut off; it is given up.
      _ = try await memory.rollBack()
      report = try await memory.migrate(to: side)
    }
    guard report.changes.pending == 0, try await memory.servingSide == side else {
      throw Violation("\(report) without a fault")
    }
    try await checkAgreement(pendingCount: 0)
    try await recall()
  }

  private mutating func rehearse(to side: VectorSide) async throws {
    let before = try await allVectors()
    let memory = memory
    _ = try await attempt { try await memory.migrate(to: side, isDryRun: true) }
    guard try await allVectors() == before else { throw Violation("a dry run changed vectors") }
  }

  private func servedVectors() async throws -> [VectorEntry] {
    let (vectors, embedder) = try await serving()
    return try await entries(of: vectors, in: embedder.space)
  }

  private func allVectors() async throws -> [VectorEntry] {
    try await calmly {
      var all: [VectorEntry] = []
      for backend in Self.backends {
        let vectors = vectors(of: backend)
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

  private mutating func settleMove(
    from before: VectorSide, _ report: MigrationReport?
  ) async throws {
    guard disk.crashCount == life else { return model.embedded = [] }
    let after = try await calmly { try await memory.servingSide }
    journal.note("  \(after) serves")
    guard let report else {
      if after != before { model.embedded = [] }
      return
    }
    // A side that served already is left as it is.
    guard report.from != report.to else { return }
    try await checkAgreement(pendingCount: report.changes.pending)
  }

  private mutating func drawSide() -> VectorSide {
    VectorSide(
      backend: Self.backends.randomElement(using: &generator) ?? Self.backends[0],
      model: generator.happens(0.7)
        ? Self.models[0] : Self.models.randomElement(using: &generator) ?? Self.models[0])
  }

  /// A mover that died is believed to live until its lease is over.
  func waitForDeadMovers() { clock.advance(milliseconds: 60_000) }
}
