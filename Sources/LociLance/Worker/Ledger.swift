/// Which requests are under way and which wait for room. A value: it decides, its owner acts.
package struct Ledger<Caller> {
  /// What to do with a new request.
  package enum Decision: Equatable {
    case send
    case wait
    case refuse
    case closed
  }

  private let maximumUnderWay: Int
  private let maximumWaiting: Int
  private var underWay: [UInt64: Caller] = [:]
  private var waiting: [UInt64: Caller] = [:]
  private var order: [UInt64] = []
  private(set) package var isOpen = true

  /// Makes an empty ledger.
  package init(maximumUnderWay: Int, maximumWaiting: Int) {
    self.maximumUnderWay = maximumUnderWay
    self.maximumWaiting = maximumWaiting
  }

  /// Takes a request in, unless there are too many. One that is urgent finds room always.
  package mutating func submit(
    _ number: UInt64, _ caller: Caller, isUrgent: Bool = false
  ) -> Decision {
    guard isOpen else { return .closed }
    if isUrgent || underWay.count < maximumUnderWay {
      underWay[number] = caller
      return .send
    }
    guard waiting.count < maximumWaiting else { return .refuse }
    waiting[number] = caller
    order.append(number)
    return .wait
  }

  /// Takes out a request that was answered or given up, and moves the next one up.
  ///
  /// - Returns: Who asked, or nil where it is long gone, and who is to be sent next.
  package mutating func finish(_ number: UInt64) -> (caller: Caller?, next: Caller?) {
    if let caller = waiting.removeValue(forKey: number) {
      order.removeAll { $0 == number }
      return (caller, nil)
    }
    guard let caller = underWay.removeValue(forKey: number) else { return (nil, nil) }
    guard !order.isEmpty, underWay.count < maximumUnderWay else { return (caller, nil) }
    let next = order.removeFirst()
    let moved = waiting.removeValue(forKey: next)
    underWay[next] = moved
    return (caller, moved)
  }

  /// Takes out everybody, for good.
  package mutating func close() -> [Caller] {
    isOpen = false
    defer { (underWay, waiting, order) = ([:], [:], []) }
    return Array(underWay.values) + Array(waiting.values)
  }
}
