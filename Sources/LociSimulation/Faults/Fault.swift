public import LociCore

/// What can go wrong in a simulated store.
public enum Fault: Hashable, Sendable {
  /// The operation throws, and nothing was done.
  case fail(LociError.Code)
  /// The operation throws `timed_out` after some time; a write may have been done or not.
  case timeOut(milliseconds: Int64)
  /// A part of a batch is written, then the operation throws. A record store, which has
  /// transactions, has done all of it or nothing. Concerns writes only.
  case tearBatch
  /// A write is done, and yet throws. Concerns writes only.
  case loseAcknowledgement
  /// The operation takes up to so long, before or after it is done.
  case delay(milliseconds: Int64)
  /// Operations that run at the same time overtake this one, before or after it is done.
  case reorder
  /// The process dies in this operation; see ``SimulatedDisk/crash()``.
  case crash

  /// Whether the fault can happen to an operation.
  public func concerns(_ operation: SimulatedOperation) -> Bool {
    switch self {
    case .tearBatch, .loseAcknowledgement: operation.isWrite
    case .fail, .timeOut, .delay, .reorder, .crash: true
    }
  }
}

/// When a fault happens.
public struct FaultRule: Hashable, Sendable {
  /// What goes wrong.
  public var fault: Fault
  /// In which operations; nil means in all that it concerns.
  public var operations: Set<SimulatedOperation>?
  /// How often, 0…1.
  public var probability: Double
  /// The most times; nil means any number.
  public var maximumCount: Int?

  /// Makes a rule.
  public init(
    _ fault: Fault, in operations: Set<SimulatedOperation>? = nil, probability: Double = 1,
    maximumCount: Int? = nil
  ) {
    self.fault = fault
    self.operations = operations
    self.probability = probability
    self.maximumCount = maximumCount
  }

  /// Whether the rule is about an operation.
  public func concerns(_ operation: SimulatedOperation) -> Bool {
    fault.concerns(operation) && operations?.contains(operation) ?? true
  }
}

/// All that goes wrong in a run: the same plan gives the same faults for the same operations.
public struct FaultPlan: Hashable, Sendable {
  /// Where the randomness starts.
  public var seed: UInt64
  /// The rules. All delays add up; of what else happens at once, the first rule counts.
  public var rules: [FaultRule]

  /// Makes a plan; without rules nothing goes wrong.
  public init(seed: UInt64 = 0, rules: [FaultRule] = []) {
    self.seed = seed
    self.rules = rules
  }
}

/// What went wrong so far: a test that injects faults looks here whether any happened.
public struct InjectionStatistics: Hashable, Sendable {
  /// How often each fault happened, by operation.
  public private(set) var counts: [Fault: [SimulatedOperation: Int]] = [:]

  /// Makes empty statistics.
  public init() {}

  /// How many faults happened.
  public var total: Int { counts.keys.reduce(0) { $0 + count(of: $1) } }

  /// How often a fault happened.
  public func count(of fault: Fault) -> Int { counts[fault]?.values.reduce(0, +) ?? 0 }

  /// How many faults happened in an operation.
  public func count(in operation: SimulatedOperation) -> Int {
    counts.values.reduce(0) { $0 + ($1[operation] ?? 0) }
  }

  /// Adds those of another run.
  public static func += (left: inout InjectionStatistics, right: InjectionStatistics) {
    for (fault, operations) in right.counts {
      left.counts[fault, default: [:]].merge(operations, uniquingKeysWith: +)
    }
  }

  mutating func add(_ fault: Fault, in operation: SimulatedOperation) {
    counts[fault, default: [:]][operation, default: 0] += 1
  }
}
