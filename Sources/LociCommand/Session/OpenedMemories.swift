import Loci
import Synchronization

/// The memories that a verb opened.
final class OpenedMemories: Sendable {
  private let memories = Mutex<[Memory]>([])

  func add(_ memory: Memory) { memories.withLock { $0.append(memory) } }

  /// Closes them; they may be used afterwards all the same.
  func close() async {
    for memory in memories.withLock({ $0 }) { await memory.close() }
  }

  /// Throws ``LociError/Code/corrupt`` where they left out damaged records.
  func requireWhole() async throws {
    var damaged: Set<DamagedRecord> = []
    for memory in memories.withLock({ $0 }) {
      damaged.formUnion((try? await memory.damagedRecords) ?? [])
    }
    guard !damaged.isEmpty else { return }
    let shown = damaged.sorted().prefix(10).map { "\($0.id) in \($0.namespace)" }
    let rest = damaged.count > shown.count ? ", and \(damaged.count - shown.count) more" : ""
    throw LociError(
      .corrupt,
      "Records that are damaged, not what was written, were left out: "
        + "\(shown.joined(separator: ", "))\(rest).",
      remedy: "Restore the store from a backup; or ingest their files again, remember them anew, "
        + "or forget them. `loci doctor` looks for more.")
  }
}
