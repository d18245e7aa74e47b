import LociSimulation

/// What can move in a run.
enum Reach: CaseIterable {
  /// Nothing: the memory was made of parts.
  case fixed
  /// Vectors, between backends and models.
  case vectors
  /// Vectors, and records with them between two stores.
  case records
}

/// What a run is made of, drawn from its seed.
struct Scenario: CustomStringConvertible {
  /// Whether vectors lie in the records' own store, as in one SQLite file.
  let sharesTransactions: Bool
  /// What can move.
  let reach: Reach
  let rules: [FaultRule]
  let embedderFailureProbability: Double
  let stepCount: Int

  /// Whether nothing fails but for crashes.
  var isCalm: Bool { rules.isEmpty && embedderFailureProbability == 0 }

  init(using generator: inout SeededGenerator) {
    sharesTransactions = generator.happens(0.35)
    reach = Reach.allCases.randomElement(using: &generator) ?? .fixed
    // Some runs are calm, so that what only goes wrong without faults is seen as well.
    let storminess: Double = [0, 0.3, 1, 3].randomElement(using: &generator) ?? 1
    rules = Self.kinds.compactMap { kind in
      guard generator.happens(0.6), storminess > 0 else { return nil }
      return FaultRule(
        kind.fault, in: kind.operations,
        probability: kind.probability * storminess * .random(in: 0.5...1.5, using: &generator),
        maximumCount: kind.fault == .crash ? 4 : nil)
    }
    embedderFailureProbability = [0.0, 0, 0.05, 0.3].randomElement(using: &generator) ?? 0
    stepCount = Int.random(in: 15...45, using: &generator)
  }

  private static let vectorWrites: Set<SimulatedOperation> = [.upsertVectors, .deleteVectors]

  private static let kinds: [FaultRule] = [
    FaultRule(.fail(.storeEngine), probability: 0.02),
    FaultRule(.fail(.busy), in: [.applyRecords, .takeOverRecords], probability: 0.04),
    FaultRule(.fail(.network), in: vectorWrites, probability: 0.08),
    FaultRule(.timeOut(milliseconds: 500), probability: 0.02),
    FaultRule(.tearBatch, probability: 0.04),
    FaultRule(.loseAcknowledgement, probability: 0.03),
    FaultRule(.delay(milliseconds: 100), probability: 0.1),
    FaultRule(.reorder, probability: 0.15),
    FaultRule(.crash, probability: 0.01),
  ]

  /// The kinds of faults that runs draw from.
  static var faults: [Fault] { kinds.map(\.fault) }

  var description: String {
    let faults = rules.map { "\($0.fault) \(($0.probability * 1000).rounded() / 10) %" }
    return
      "\(sharesTransactions ? "one store" : "two stores"), \(reach), "
      + "\(stepCount) steps, model fails "
      + "\(embedderFailureProbability * 100) %, \(faults.joined(separator: ", "))"
  }
}
