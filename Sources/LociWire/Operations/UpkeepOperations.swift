package import LociCore
package import LociMemory

/// Tells what a memory holds.
package struct StatusOperation: MemoryOperation {
  package static let name = "status"
  package static let summary = "show what the memory holds"
  package static let parameters: [Parameter<Self>] = []

  package init() {}

  package func run(in memory: Memory) async throws -> MemoryStatus { try await memory.status() }
}

/// Compares records and vectors.
package struct FsckOperation: MemoryOperation {
  package static let name = "fsck"
  package static let summary = "compare records and vectors, and repair what disagrees"

  /// Whether anything is changed.
  package var repairs = false
  /// Told how far it is.
  package var progress: @Sendable (ReconciliationReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("repair", \.repairs, "Repair what is found, embedding what has no vector.")
  ]

  package func run(in memory: Memory) async throws -> [FsckReport] {
    try await memory.fsck(repairs: repairs, progress: progress)
  }
}

/// Embeds the records that lack a vector.
package struct BackfillOperation: MemoryOperation {
  package static let name = "backfill"
  package static let summary = "embed the records that lack a vector"

  /// Only this namespace; nil means all.
  package var namespace: Namespace?
  /// Told how far it is.
  package var progress: @Sendable (BackfillReport) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("namespace", \.namespace, "Only this namespace; all of them by default.")
  ]

  package func run(in memory: Memory) async throws -> BackfillReport {
    guard let namespace else { return try await memory.backfill(progress: progress) }
    return try await memory[namespace].backfill(progress: progress)
  }
}

/// Gives back the room that deleted records took.
package struct CompactOperation: MemoryOperation {
  package static let name = "compact"
  package static let summary = "give back the room that deleted records took"
  package static let parameters: [Parameter<Self>] = []

  package init() {}

  package func run(in memory: Memory) async throws -> CompactionReport {
    try await memory.compact()
  }
}

/// Deletes the vectors of models that are not used any more.
package struct PruneOperation: MemoryOperation {
  package static let name = "prune"
  package static let summary = "delete the vectors of models that are not used any more"

  /// Whether nothing is changed.
  package var isDryRun = false

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("dry_run", \.isDryRun, "Only tell what would be deleted.")
  ]

  package func run(in memory: Memory) async throws -> [PrunedSpace] {
    try await memory.pruneVectors(isDryRun: isDryRun)
  }
}
