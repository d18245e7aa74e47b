import Loci
import LociWire

/// The verb that keeps a memory in order.
enum UpkeepVerb {
  static let verb = Verb(
    UpkeepOperation.name, UpkeepOperation.summary,
    details: """
      The store is examined first, and a damaged one is not backed up. Of episodes alone: those that
      nobody used for upkeep.retention_days are erased, those that nobody used for
      upkeep.archive_days are put away, and those that say the same are united.
      Then all that lacks a vector is embedded, the store is tidied, and a backup is written to
      backup.path. It may run beside everything else; a run that was cut off goes on. Exit status 1
      where another one is at it, 3 where a step failed.

      With upkeep.automatic, it runs by itself when a memory is opened and the last run is over a
      day old.

        loci upkeep --dry-run
        loci upkeep --steps embedding --steps backup
      """,
    flags: Flag.of(UpkeepOperation.self), action: run)

  private static func run(_ session: Session) async throws {
    var configuration = try session.configuration()
    // This is the one run that was asked for.
    configuration.upkeepIsAutomatic = false
    var upkeep = UpkeepOperation()
    upkeep.rules = configuration.upkeepRules
    try session.arguments.read(into: &upkeep)
    let memory = try await session.memory(
      configuration, access: upkeep.isDryRun ? .reading : .writing)
    let progress = Progress(session.console)
    defer { progress.end() }
    upkeep.progress = { progress.show($0.text) }
    let report = try await upkeep.run(in: memory)
    progress.end()
    try session.console.show(report.json, report.text)
    if !report.isComplete { throw PartlyDone() }
  }
}
