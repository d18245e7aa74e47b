import Loci
import LociWire

/// The verb that deletes vectors which nobody searches.
enum PruneVerb {
  static let verb = Verb(
    "models prune", PruneOperation.summary,
    details: """
      The vectors of the model in use stay, and those of a second model that is configured. Going
      back to another one embeds everything anew. `loci compact` gives the room back.
      """,
    flags: Flag.of(PruneOperation.self), action: run)

  private static func run(_ session: Session) async throws {
    var prune = PruneOperation()
    try session.arguments.read(into: &prune)
    let pruned = try await prune.run(in: session.memory(session.configuration()))
    let verb = prune.isDryRun ? "would be deleted" : "deleted"
    for space in pruned {
      try session.console.showItem(
        space.json, "\(space.space.model): \(Count.of(space.count, "vector")) \(verb)")
    }
    if pruned.isEmpty { session.console.note("There are no vectors of other models.") }
  }
}
