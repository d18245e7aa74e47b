import Foundation
import LociCore
package import LociMemory

/// Writes a copy of the store.
package struct BackupOperation: MemoryOperation {
  package static let name = "backup"
  package static let summary = "copy the store, as of one moment, while it stays in use"

  /// The folder.
  package var folder = ""
  /// How many are kept in it.
  package var kept = Memory.backupsKept

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("folder", \.folder, "The folder of backups.", isRequired: true, kind: .text("PATH")),
    Parameter(
      "keep", \.kept, "How many backups are kept; older ones are removed.",
      kind: .integer(1...10_000)),
  ]

  package func run(in memory: Memory) async throws -> BackupReport {
    try await memory.backUp(to: URL(filePath: folder), keeping: kept)
  }
}
