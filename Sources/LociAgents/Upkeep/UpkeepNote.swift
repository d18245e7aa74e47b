import Foundation
import LociCore
import LociMemory

/// What is noted of upkeep beside the records, so that every process that shares them knows.
struct UpkeepState: Hashable, Codable {
  /// Who is at it. It renews its lease as long as it lives.
  var runner: Placement.Mover?
  /// When a run began that has not come to its end; nil where none has.
  var beganAt: Date?
  /// What that run has done.
  var done: [UpkeepStep] = []
  /// When the last run that came to its end had begun.
  var lastRunAt: Date?
  /// When episodes were last compared with each other, and at which similarity.
  var consolidatedAt: Date?
  var consolidatedSimilarity: Float?

  /// A run that was cut off is gone on with for so many seconds; later everything is done anew.
  static let resumableSeconds = 86_400.0

  /// Whether a run was cut off, and not too long ago.
  func isResumable(at now: Date) -> Bool {
    guard let beganAt else { return false }
    return abs(now.timeIntervalSince(beganAt)) < Self.resumableSeconds
  }

  /// Whether the last run is over a day old. A clock that was set back makes a run due as well.
  func isDue(at now: Date) -> Bool {
    guard let lastRunAt else { return true }
    return abs(now.timeIntervalSince(lastRunAt)) >= Self.resumableSeconds
  }
}

/// Reads and changes what is noted of upkeep.
struct UpkeepNote: Sendable {
  let records: any RecordStore
  let surroundings: Surroundings

  init(_ memory: Memory) { (records, surroundings) = (memory.records, memory.surroundings) }

  func read() async throws -> UpkeepState { try Self.state(try await records.notes()) }

  /// Changes what is noted, whoever else does so meanwhile; returns it.
  @discardableResult
  func update(_ change: @Sendable (inout UpkeepState) throws -> Void) async throws -> UpkeepState {
    try await records.updateNotes(
      reading: Self.state, writing: { state, notes, _ in notes[.upkeep] = try Self.encoded(state) },
      change)
  }

  /// Who may do upkeep: one at a time.
  var lease: Lease {
    Lease(
      surroundings,
      busy: { runner in
        LociError(
          .busy, "Process \(runner.process) on \(runner.host) is doing upkeep right now.",
          remedy: "Nothing was done; it does what is to be done.")
      },
      lost: LociError(
        .conflict, "Another process took over upkeep.", remedy: "Let it finish.")
    ) { change in
      try await update { try change(&$0.runner) }
    }
  }

  /// What can't be read was written by another version, and is begun anew.
  private static func state(_ notes: StoreNotes) throws -> UpkeepState {
    guard let text = notes[.upkeep] else { return UpkeepState() }
    return (try? JSONDecoder().decode(UpkeepState.self, from: Data(text.utf8))) ?? UpkeepState()
  }

  private static func encoded(_ state: UpkeepState) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(state), as: UTF8.self)
  }
}
