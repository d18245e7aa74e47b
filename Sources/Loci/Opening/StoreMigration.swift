import Foundation
import LociCore
public import LociMemory

extension Memory {
  /// Moves everything to another store: records, their audit log, and their vectors, which that
  /// store keeps itself.
  ///
  /// It copies while the memory stays in use, then lets writers wait for the moment in which both
  /// stores are compared byte for byte, and only then the new one serves. Other processes follow. A
  /// move that was cut off goes on when it is started again; until then the old store serves.
  ///
  /// ```swift
  /// let report = try await memory.migrate(to: .postgres)
  /// print("\(report.recordCount) records are in \(report.to) now")
  /// ```
  /// - Parameters:
  ///   - store: Where to.
  ///   - isDryRun: Only counts what would be copied.
  ///   - progress: Called after each page.
  /// - Throws: ``LociError/Code/conflict`` where that store holds records of its own or differs
  ///   after copying, ``LociError/Code/busy`` where another process is moving this memory, and what
  ///   opening the store throws. Then the old one goes on serving.
  @discardableResult
  public func migrate(
    to store: StoreBackend, isDryRun: Bool = false,
    progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
  ) async throws -> RecordMoveReport {
    try await migrate(toStore: store.rawValue, isDryRun: isDryRun, progress: progress)
  }

  /// Makes sure that the records are where the configuration says. A setting never moves them: it
  /// may be a mistake, or somebody else's.
  ///
  /// - Throws: ``LociError/Code/conflict`` where they are elsewhere.
  func requireRecordsWhere(_ configuration: Configuration) async throws {
    let found = try await whereRecordsAre(configuration)
    guard let wanted = configuration.storeBackend?.rawValue, wanted != found else { return }
    throw LociError(
      .conflict,
      "This memory's records are in \(found), and \(configuration.origin(of: "store.backend")) "
        + "says \(wanted); settings move no records.",
      remedy: "`loci migrate --to \(wanted)` moves them; or leave store.backend out. Where "
        + "\(found) is gone for good, `loci migrate --abandon` goes back to the file.")
  }

  /// Begins with the store that holds the records, whatever the configuration says.
  func serveRecordsWhereTheyAre(_ configuration: Configuration) async throws {
    let found = try await whereRecordsAre(configuration)
    await stores?.serve(found)
  }

  /// The name of the store that holds the records. Where nothing is configured, the memory's own
  /// word counts.
  private func whereRecordsAre(_ configuration: Configuration) async throws -> String {
    guard let stores else { return "" }
    let start = try await stores.current()
    let note = PlacementNote(of: start, surroundings)
    let placement = try await note.read()
    if let seal = placement.seal {
      if configuration.storeBackend != nil, seal.state != .moving { return seal.store }
      try await stores.follow()
      return try await stores.current().name
    }
    // A new server store beside a file that was used until now.
    if let configured = configuration.storeBackend, configured != .standard,
      FileManager.default.fileExists(atPath: configuration.storePath),
      placement == note.untouched, try await namespaces().isEmpty
    {
      let file = try await stores.store(StoreBackend.standard.rawValue)
      let isUsed = try await !file.records.namespaces().isEmpty
      let isHere = try await PlacementNote(of: file, surroundings).read().seal == nil
      if isHere, isUsed { return file.name }
    }
    return start.name
  }
}
