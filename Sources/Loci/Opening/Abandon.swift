import Foundation
import LociCore
public import LociMemory

extension Memory {
  /// Lets the local store serve again, records and vectors, without asking the place that they were
  /// moved to: a server that is gone, or that is somebody else's.
  ///
  /// What was written there since is not here; nothing there is changed. Vectors that the store
  /// lacks are made by ``fsck(repairs:progress:)``.
  ///
  /// ```swift
  /// let report = try await Memory.abandonOtherSide(configuration)
  /// print("\(report.recordCount) records are here; gone: \(report.abandoned)")
  /// ```
  /// - Parameters:
  ///   - configuration: Names the store's file.
  ///   - surroundings: The clock.
  /// - Throws: ``LociError/Code/notFound`` where there is no such file, or nothing was moved away
  ///   from it; ``LociError/Code/busy`` where a process is moving it right now.
  public static func abandonOtherSide(
    _ configuration: Configuration = Configuration(), surroundings: Surroundings = Surroundings()
  ) async throws -> AbandonReport {
    try configuration.requireTrusted()
    guard FileManager.default.fileExists(atPath: configuration.storePath) else {
      throw LociError(
        .notFound, "There is no store at \(configuration.storePath) to go back to.",
        remedy: "Name its file with --store.")
    }
    let store = try await Opening(
      configuration: configuration, folders: Folders(), access: .writing
    ).store(StoreBackend.standard.rawValue)
    let note = PlacementNote(of: store, surroundings)
    let abandoned = try abandoned(await note.read(), own: store, now: surroundings.now())
    try await note.update { placement in
      placement = Placement(
        serving: VectorSide(backend: store.ownBackend, model: placement.serving.model))
      placement.isUnchecked = true
    }
    return AbandonReport(
      abandoned: abandoned, recordCount: try await store.records.totalCount(),
      lastChange: try await store.records.lastChange(),
      conflictingSettings: configuration.settingsThatNameAnother(than: store.ownBackend))
  }

  private static func abandoned(
    _ placement: Placement, own store: OpenStore, now: Date
  ) throws -> [String] {
    if let mover = placement.mover, mover.isAlive(at: now) { throw mover.isBusy }
    let sides = [placement.serving, placement.target].compactMap(\.self)
      .filter { $0.backend != store.ownBackend }
    let names = [placement.seal?.store].compactMap(\.self) + sides.map(\.place.description)
    guard !names.isEmpty else {
      throw LociError(
        .notFound, "Records and vectors are in \(store.care?.location ?? store.name) already.",
        remedy: "`loci status` shows where everything is.")
    }
    return names
  }
}

extension RecordStore {
  fileprivate func lastChange() async throws -> Date? {
    var last: Date?
    for namespace in try await namespaces() {
      let entry = try await audit(namespace, record: nil, limit: 1).first
      last = [last, entry?.time].compactMap(\.self).max()
    }
    return last
  }
}

extension Configuration {
  /// Settings that lead away from the store's file, and where they stand.
  fileprivate func settingsThatNameAnother(than ownBackend: String) -> [String] {
    let values = [
      ("store.backend", storeBackend.map { $0 != .standard } ?? false),
      ("embeddings.vector_backend", vectorBackend.map { $0.rawValue != ownBackend } ?? false),
    ]
    return values.filter(\.1).map { key, _ in "\(key) (\(origin(of: key)))" }
  }
}
