import LociCore

/// What a plan says about one operation.
struct Injection {
  /// The simulated time before the operation is done; nil where it is done at once.
  var waitBefore: Int64?
  /// The simulated time before it is answered.
  var waitAfter: Int64?
  /// What goes wrong besides waiting.
  var fault: Fault?
  /// How much of a write is done, 0…1.
  var share = 1.0
}

/// Draws from a plan what goes wrong, and counts it.
struct FaultInjector {
  private let rules: [FaultRule]
  private var generator: SeededGenerator
  private var ruleCounts: [Int]
  private(set) var statistics = InjectionStatistics()
  /// While it is off, nothing goes wrong.
  var isOn = true

  init(_ plan: FaultPlan) {
    rules = plan.rules
    generator = SeededGenerator(seed: plan.seed)
    ruleCounts = plan.rules.map { _ in 0 }
  }

  /// What happens in an operation.
  mutating func draw(for operation: SimulatedOperation) -> Injection {
    var injection = Injection()
    guard isOn else { return injection }
    for (index, rule) in rules.enumerated() where rule.concerns(operation) {
      guard ruleCounts[index] < rule.maximumCount ?? .max, generator.happens(rule.probability)
      else { continue }
      if add(rule.fault, to: &injection, operation) {
        ruleCounts[index] += 1
        statistics.add(rule.fault, in: operation)
      }
    }
    return injection
  }

  /// How much of an unfinished write was done when the process died, or its connection, 0…1.
  mutating func shareOfUnfinished(_ operation: SimulatedOperation) -> Double {
    guard operation.canBeTorn else { return generator.happens(0.5) ? 1 : 0 }
    return Double.random(in: 0...1, using: &generator).rounded(toNearest: 4)
  }

  private mutating func add(
    _ fault: Fault, to injection: inout Injection, _ operation: SimulatedOperation
  ) -> Bool {
    switch fault {
    case .delay(let milliseconds):
      wait(.random(in: 0...max(0, milliseconds), using: &generator), &injection)
      return true
    case .reorder:
      wait(0, &injection)
      return true
    case .fail, .timeOut, .tearBatch, .loseAcknowledgement, .crash:
      guard injection.fault == nil else { return false }
      injection.fault = fault
      injection.share = share(of: operation, under: fault)
      if case .timeOut(let milliseconds) = fault { injection.waitAfter = milliseconds }
      return true
    }
  }

  private mutating func wait(_ milliseconds: Int64, _ injection: inout Injection) {
    if generator.happens(0.5) {
      injection.waitBefore = (injection.waitBefore ?? 0) + milliseconds
    } else {
      injection.waitAfter = (injection.waitAfter ?? 0) + milliseconds
    }
  }

  private mutating func share(of operation: SimulatedOperation, under fault: Fault) -> Double {
    switch fault {
    case .fail: 0
    case .timeOut, .tearBatch, .crash: shareOfUnfinished(operation)
    case .loseAcknowledgement, .delay, .reorder: 1
    }
  }
}

extension Double {
  /// Rounded to a multiple of 1/n, so that nothing and everything happen as well.
  fileprivate func rounded(toNearest n: Double) -> Double { (self * n).rounded() / n }
}
