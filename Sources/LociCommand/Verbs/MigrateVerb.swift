import Foundation
import Loci
import LociJSON
import LociWire

/// The verb that changes where vectors are, and which model makes them.
enum MigrateVerb {
  static let verb = Verb(
    "migrate", "move vectors to another backend or model, and back",
    details: """
      Copies while the memory stays in use: searches go on on the old side, and writes reach both.
      Both sides are compared before the new one takes over; the old one stays for the way back. A
      run that was cut off goes on where it stopped.

        loci migrate --to lancedb
        loci migrate --model BAAI/bge-small-en-v1.5
        loci migrate --rollback

      The memory remembers where its vectors are, so leave embeddings.vector_backend,
      embeddings.vector_path and embeddings.model out of the configuration, or change them
      afterwards. Records move by this verb only, never because a setting differs.

      Where the other side is gone, `loci migrate --abandon` lets the local store serve again
      without it. What was written there since is missing then.
      """,
    flags: [
      .choice(
        "to", Self.targets,
        "The backend to move to. \(Self.stores.joined(separator: " and ")) take records and "
          + "vectors, the others vectors."),
      .toggle(
        "vectors-only",
        "With --to \(Self.both.joined(separator: " or ")): leave the records where they are."),
      .toggle("dry-run", "Only tell what would be moved."),
      .toggle(
        "rollback", "Go back to where the vectors were before, or give up an unfinished move."),
      .toggle("abandon", "Go back to the local store without asking the other side."),
    ],
    action: run)

  private static func run(_ session: Session) async throws {
    let (backend, model) = (session.arguments.value("to"), session.arguments.value("model"))
    let goesBack = session.arguments.has("rollback")
    let abandons = session.arguments.has("abandon")
    guard [goesBack, abandons, backend != nil || model != nil].count(where: { $0 }) == 1 else {
      throw UsageError(
        goesBack || abandons ? "--rollback and --abandon stand alone." : "Where to?",
        remedy: "Give --to BACKEND, --model NAME, --rollback, or --abandon.")
    }
    var configuration = try session.configuration()
    // Here the option names the target, not what to work with.
    if configuration.origin(of: "embeddings.model") == .explicit { configuration.model = nil }
    if abandons {
      let report = try await Memory.abandonOtherSide(configuration)
      return try session.console.show(report.json, report.text)
    }
    let store = backend.flatMap(StoreBackend.init)
    let movesRecords = store != nil && !session.arguments.has("vectors-only")
    if movesRecords { try requireNotPinned(elsewhere: store, configuration) }
    let memory =
      movesRecords || goesBack
      ? try await session.memoryToMove(configuration) : try await session.memory(configuration)
    let progress = Progress(session.console)
    defer { progress.end() }
    let show: @Sendable (MigrationProgress) -> Void = { progress.show($0.text) }
    let answer: (json: JSON, text: String)
    if goesBack {
      let report = try await memory.rollBack(progress: show)
      answer = (report.json, report.text(on: session.console))
    } else if let store, movesRecords {
      guard model == nil else {
        throw UsageError(
          "A move of records takes no --model.", remedy: "Change the model before or afterwards.")
      }
      let report = try await memory.migrate(
        to: store, isDryRun: session.arguments.has("dry-run"), progress: show)
      answer = (report.json, report.text)
    } else {
      let report = try await memory.migrate(
        to: try await target(backend, model, in: memory),
        isDryRun: session.arguments.has("dry-run"), progress: show)
      answer = (report.json, report.text(on: session.console))
    }
    progress.end()
    try session.console.show(answer.json, answer.text)
  }

  /// Records that move away from what a setting names could not be opened afterwards.
  private static func requireNotPinned(
    elsewhere store: StoreBackend?, _ configuration: Configuration
  ) throws {
    guard let pinned = configuration.storeBackend, pinned != store else { return }
    throw LociError(
      .invalidConfiguration,
      "\(configuration.origin(of: "store.backend")) pins the records to \(pinned.rawValue).",
      remedy: "Leave store.backend out: a memory remembers where its records are.")
  }

  /// Where records can go.
  private static let stores = StoreBackend.allCases.map(\.rawValue)
  /// Where vectors can go.
  private static let vectors = VectorBackend.allCases.map(\.rawValue)
  /// Where vectors can go with the records and without.
  private static let both = stores.filter(vectors.contains)
  /// What takes records alone with their own vectors comes first.
  private static let targets = stores.filter { !vectors.contains($0) } + vectors

  private static func target(
    _ backend: String?, _ model: String?, in memory: Memory
  ) async throws -> VectorSide {
    var side = try await memory.servingSide
    if let backend, backend != side.backend { (side.backend, side.location) = (backend, nil) }
    if let model {
      // The name is kept, and must mean the same in any working folder.
      side.model = model.isModelPath ? URL(filePath: model).standardizedFileURL.path : model
    }
    return side
  }
}
