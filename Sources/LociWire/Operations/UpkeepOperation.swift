package import LociAgents
import LociCore
package import LociMemory

/// Keeps a memory in order.
package struct UpkeepOperation: MemoryOperation {
  package static let name = "upkeep"
  package static let summary = "erase, put away and unite old episodes, embed, tidy and back up"

  /// Whether nothing is changed.
  package var isDryRun = false
  /// The steps; empty means all.
  package var steps: [UpkeepStep] = []
  /// After which time what is done, as the one who offers the operation has configured it.
  package var rules = UpkeepRules()
  /// Told of each step before it begins.
  package var progress: @Sendable (UpkeepStep) -> Void = { _ in }

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("dry_run", \.isDryRun, "Only tell what would be done."),
    Parameter("steps", \.steps, "Only these; all of them by default."),
  ]

  package func run(in memory: Memory) async throws -> UpkeepReport {
    var rules = rules
    if !steps.isEmpty { rules.steps = Set(steps) }
    return try await memory.upkeep(rules, isDryRun: isDryRun, progress: progress)
  }
}

extension UpkeepStep: ChoiceValue {}
