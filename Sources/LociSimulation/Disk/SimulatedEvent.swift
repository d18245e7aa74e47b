/// An operation of a simulated store that came to its end. The events of two runs from one seed are
/// equal.
public struct SimulatedEvent: Hashable, Sendable, CustomStringConvertible {
  /// When it ended, in milliseconds of the simulated clock since 1970.
  public let milliseconds: Int64
  /// The store's name.
  public let store: String
  /// What was asked.
  public let operation: SimulatedOperation
  /// What went wrong.
  public let fault: Fault?
  /// How much of it was done, 0…1.
  public let share: Double

  /// The event in a line, without anybody's text.
  public var description: String {
    let line = "\(milliseconds) \(store) \(operation.rawValue)"
    return fault.map { "\(line): \($0), \(Int(share * 100)) % done" } ?? line
  }
}
